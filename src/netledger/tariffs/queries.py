"""What others ask of plans."""

from datetime import date

from netledger.tariffs.models import Plan, PlanVersion, Subscription


def find_plan(name: str) -> Plan | None:
    """The plan of that name."""
    return Plan.objects.filter(name=name).first()


def version_on(plan_id: int, day: date) -> PlanVersion | None:
    """The version of a plan that is in force on a day."""
    return PlanVersion.objects.filter(plan_id=plan_id, from_on__lte=day).order_by("-from_on").first()


def versions_of(subscriber_id: int, day: date) -> dict[int, PlanVersion]:
    """Of each plan that a subscriber has, had or will have, the version that is in force on a day, by the plan's id."""
    plans = Subscription.objects.filter(subscriber_id=subscriber_id).values("plan_id")
    versions = PlanVersion.objects.select_related("speed").filter(plan_id__in=plans, from_on__lte=day)
    return {one.plan_id: one for one in versions.order_by("plan_id", "-from_on").distinct("plan_id")}


def prices_since(day: date) -> list[PlanVersion]:
    """Of every plan, by name, the version that is in force on a day and those that begin later."""
    versions = PlanVersion.objects.select_related("plan", "speed").order_by(
        "plan__name", "plan_id", "from_on"
    )
    kept: list[PlanVersion] = []
    for version in versions:
        if kept and kept[-1].plan_id == version.plan_id and version.from_on <= day:
            kept.pop()  # it was followed by this one
        kept.append(version)
    return kept


def find_subscription(subscription_id: int) -> Subscription | None:
    """A subscription with its plan and subscriber."""
    return Subscription.objects.select_related("plan", "subscriber").filter(pk=subscription_id).first()


def subscriptions_of(subscriber_id: int) -> list[Subscription]:
    """All that a subscriber has, had or will have, by the first day."""
    subscriptions = Subscription.objects.select_related("plan", "speed").filter(subscriber_id=subscriber_id)
    return list(subscriptions.order_by("from_on", "id"))
