"""Every write of plans and subscriptions."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple, Self

from django.db import transaction
from django.db.models import Max

from netledger import sql
from netledger.ledger import clock
from netledger.ledger.amounts import is_exact
from netledger.subscribers.services import checked_name
from netledger.tariffs.errors import (
    PlanChargedAlready,
    PlanExists,
    PlanHasNoPrice,
    PlanRetired,
    PlanVersionExists,
    PriceOutOfLimits,
    SpeedOutOfLimits,
    SubscriptionEndsTooEarly,
    SubscriptionOverlaps,
)
from netledger.tariffs.models import UNSHAPED_KBPS, Plan, PlanVersion, Speed, Subscription

KBPS_MAX = 1_000_000_000
BYTES_MAX = 4_294_967_295


Limits = tuple[int, int, int, int]
"""Of a line in one direction: rate, ceil, burst, cburst."""


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

    @classmethod
    def of(cls, speed: Speed | None) -> Self:
        """The limits of a row; not shaped without one."""
        return cls() if speed is None else cls(*(getattr(speed, name) for name in cls._fields))

    def changed(self, *, towards: Limits | None, away: Limits | None) -> Self:
        """With other limits to the subscriber and from him; None leaves a direction as it is."""
        return type(self)(*(self[:4] if towards is None else towards), *(self[4:] if away is None else away))


@transaction.atomic
def find_or_add_speed(speeds: Speeds) -> Speed:
    """The row of these limits, made where it is new.

    Raises: SpeedOutOfLimits: names the field.
    """
    for field, value in speeds._asdict().items():
        in_kbps = field.endswith("_kbps")
        if not (UNSHAPED_KBPS if in_kbps else 0) <= value <= (KBPS_MAX if in_kbps else BYTES_MAX):
            raise SpeedOutOfLimits(field=field, value=value)
    speed, _is_new = Speed.objects.get_or_create(**speeds._asdict())
    return speed


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

    Raises: PlanExists: its name is there already. NameMissing, TextTooLong, PriceOutOfLimits, SpeedOutOfLimits.
    """
    name = checked_name(name)
    with sql.refusing(plan_name_once=PlanExists(name=name)):
        plan = Plan.objects.create(name=name, gives_access=gives_access, charged_by=charged_by)
    add_plan_version(plan_id=plan.id, from_on=from_on, price=price, speeds=speeds)
    return plan


@transaction.atomic
def add_plan_version(*, plan_id: int, from_on: date, price: Decimal, speeds: Speeds) -> PlanVersion:
    """Another price (roubles a month) and speed of a plan, from a day on.

    Raises:
        PlanVersionExists: a version begins on that day already.
        PlanChargedAlready: that day has been charged to somebody, by the price before.
        PriceOutOfLimits, SpeedOutOfLimits.
    """
    if not is_exact(price) or price < 0:
        raise PriceOutOfLimits(price=price)
    plan = Plan.objects.get(pk=plan_id)
    charged = Subscription.objects.filter(plan=plan, charged_through_on__gte=from_on)
    charged_through_on = charged.aggregate(last_on=Max("charged_through_on"))["last_on"]
    if charged_through_on is not None:
        raise PlanChargedAlready(name=plan.name, day=charged_through_on)
    speed = find_or_add_speed(speeds)
    with sql.refusing(one_version_of_a_plan_a_day=PlanVersionExists(name=plan.name, day=from_on)):
        return PlanVersion.objects.create(plan=plan, from_on=from_on, price=price, speed=speed)


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
    with sql.refusing(a_plan_once_at_a_time=SubscriptionOverlaps()):
        return Subscription.objects.create(
            subscriber_id=subscriber_id, plan=plan, from_on=from_on, speed=speed
        )


@transaction.atomic
def end_subscription(*, subscription_id: int, until_on: date) -> None:
    """Set the last day of a subscription.

    Raises:
        SubscriptionEndsTooEarly: that is before its first day.
        SubscriptionOverlaps: it would last into days of its successor.
    """
    with sql.refusing(
        a_subscription_lasts_a_day_or_more=SubscriptionEndsTooEarly(day=until_on),
        a_plan_once_at_a_time=SubscriptionOverlaps(),
    ):
        Subscription.objects.filter(pk=subscription_id).update(until_on=until_on)


@transaction.atomic
def set_held(*, subscription_id: int, held: bool) -> None:
    """Hold a subscription, so that it gives no access, or let it go on; held again, it is held since the first time."""
    changed = Subscription.objects.filter(pk=subscription_id, held_at__isnull=held)
    changed.update(held_at=clock.now() if held else None)


@transaction.atomic
def move_charged_through(*, subscription_id: int, seen_on: date | None, through_on: date) -> bool:
    """Set the last charged day, if it is still the one that was seen; whether it was.

    To be called in the transaction that writes the charges of the days between, which a False undoes: somebody
    else has charged them.
    Source: design.md, "Charging".
    """
    unmoved = Subscription.objects.filter(pk=subscription_id, charged_through_on=seen_on)
    return bool(unmoved.update(charged_through_on=through_on))


@transaction.atomic
def set_personal_speed(*, subscription_id: int, personal: Speeds | None) -> None:
    """Give a subscription a speed of its own, or (None) the plan's again."""
    speed = find_or_add_speed(personal) if personal is not None else None
    Subscription.objects.filter(pk=subscription_id).update(speed=speed)
