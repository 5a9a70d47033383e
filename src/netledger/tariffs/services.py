"""Every write of plans and subscriptions."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import IntegrityError, transaction

from netledger import sql
from netledger.ledger import clock
from netledger.tariffs.errors import (
    PlanExists,
    PlanHasNoPrice,
    PlanRetired,
    PlanVersionExists,
    SpeedOutOfLimits,
    SubscriptionOverlaps,
)
from netledger.tariffs.models import UNSHAPED_KBPS, Plan, PlanVersion, Speed, Subscription

KBPS_MAX = 1_000_000_000
BYTES_MAX = 4_294_967_295


class Speeds(NamedTuple):
    """Limits of a line: kbit/s (-1: not shaped) and bytes."""

    rate_in_kbps: int = UNSHAPED_KBPS
    ceil_in_kbps: int = UNSHAPED_KBPS
    burst_in_bytes: int = 0
    cburst_in_bytes: int = 0
    rate_out_kbps: int = UNSHAPED_KBPS
    ceil_out_kbps: int = UNSHAPED_KBPS
    burst_out_bytes: int = 0
    cburst_out_bytes: int = 0


class _SpeedId(NamedTuple):
    id: int


@transaction.atomic
def find_or_add_speed(speeds: Speeds) -> Speed:
    """The row of these limits, made where it is new.

    Raises: SpeedOutOfLimits: names the field.
    """
    for field, value in speeds._asdict().items():
        in_kbps = field.endswith("_kbps")
        if not (UNSHAPED_KBPS if in_kbps else 0) <= value <= (KBPS_MAX if in_kbps else BYTES_MAX):
            raise SpeedOutOfLimits(field=field, value=value)
    added = sql.maybe("tariffs/find_or_add_speed", _SpeedId, **speeds._asdict())
    if added is not None:
        return Speed.objects.get(pk=added.id)
    return Speed.objects.get(**speeds._asdict())


@transaction.atomic
def add_plan(
    *,
    name: str,
    price: Decimal,
    speeds: Speeds,
    from_on: date,
    charged_by: Plan.ChargedBy = Plan.ChargedBy.DAY,
    gives_access: bool = True,
) -> Plan:
    """A new plan with its first version: roubles a month from a day on.

    Raises: PlanExists: its name is there already.
    """
    try:
        with transaction.atomic():
            plan = Plan.objects.create(name=name, gives_access=gives_access, charged_by=charged_by)
    except IntegrityError as error:
        raise PlanExists(name=name) from error
    add_plan_version(plan_id=plan.id, from_on=from_on, price=price, speeds=speeds)
    return plan


@transaction.atomic
def add_plan_version(*, plan_id: int, from_on: date, price: Decimal, speeds: Speeds) -> PlanVersion:
    """Another price (roubles a month) and speed of a plan, from a day on.

    Raises: PlanVersionExists: a version begins on that day already.
    """
    plan = Plan.objects.get(pk=plan_id)
    speed = find_or_add_speed(speeds)
    try:
        with transaction.atomic():
            return PlanVersion.objects.create(plan=plan, from_on=from_on, price=price, speed=speed)
    except IntegrityError as error:
        raise PlanVersionExists(name=plan.name, day=from_on) from error


@transaction.atomic
def retire_plan(*, plan_id: int) -> None:
    """Stop selling a plan; who has it keeps it."""
    Plan.objects.filter(pk=plan_id, retired_at=None).update(retired_at=clock.now())


@transaction.atomic
def begin_subscription(
    *, subscriber_id: int, plan_id: int, from_on: date, personal: Speeds | None = None
) -> Subscription:
    """Give a subscriber a plan from a day on, with a speed of his own where one is given.

    Raises:
        PlanRetired: it is no longer sold. PlanHasNoPrice: no version is in force on that day.
        SubscriptionOverlaps: he has it on these days already.
    """
    plan = Plan.objects.get(pk=plan_id)
    if plan.retired_at is not None:
        raise PlanRetired(name=plan.name)
    if not PlanVersion.objects.filter(plan=plan, from_on__lte=from_on).exists():
        raise PlanHasNoPrice(name=plan.name, day=from_on)
    speed = find_or_add_speed(personal) if personal is not None else None
    try:
        with transaction.atomic():
            return Subscription.objects.create(
                subscriber_id=subscriber_id, plan=plan, from_on=from_on, speed=speed
            )
    except IntegrityError as error:
        raise SubscriptionOverlaps from error


@transaction.atomic
def end_subscription(*, subscription_id: int, until_on: date) -> None:
    """Set the last day of a subscription."""
    Subscription.objects.filter(pk=subscription_id).update(until_on=until_on)


@transaction.atomic
def set_held(*, subscription_id: int, held: bool) -> None:
    """Hold a subscription, so that it gives no access, or let it go on."""
    Subscription.objects.filter(pk=subscription_id).update(held_at=clock.now() if held else None)


@transaction.atomic
def set_personal_speed(*, subscription_id: int, personal: Speeds | None) -> None:
    """Give a subscription a speed of its own, or (None) the plan's again."""
    speed = find_or_add_speed(personal) if personal is not None else None
    Subscription.objects.filter(pk=subscription_id).update(speed=speed)
