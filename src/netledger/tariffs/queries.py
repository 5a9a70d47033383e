"""What others ask of plans."""

from datetime import date

from netledger.tariffs.models import Plan, PlanVersion


def find_plan(name: str) -> Plan | None:
    """The plan of that name."""
    return Plan.objects.filter(name=name).first()


def version_on(plan_id: int, day: date) -> PlanVersion | None:
    """The version of a plan that is in force on a day."""
    return PlanVersion.objects.filter(plan_id=plan_id, from_on__lte=day).order_by("-from_on").first()
