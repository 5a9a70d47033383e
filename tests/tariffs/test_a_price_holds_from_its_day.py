"""Prices and speeds are dated versions of a plan: one follows another from a day on, and none is ever edited."""

from datetime import date
from decimal import Decimal

import pytest

from given import LONG_AGO, a_plan, a_subscriber
from netledger.charging.services import subscribe
from netledger.tariffs.errors import (
    PlanChargedAlready,
    PlanExists,
    PlanVersionExists,
    PriceOutOfLimits,
    SpeedOutOfLimits,
)
from netledger.tariffs.models import Plan, PlanVersion
from netledger.tariffs.queries import find_plan, version_on
from netledger.tariffs.services import Speeds, add_plan, add_plan_version, move_charged_through

pytestmark = pytest.mark.django_db


def _price_on(plan: Plan, day: date) -> Decimal | None:
    version = version_on(plan.id, day)
    return None if version is None else version.price


def test_until_the_day_of_the_next() -> None:
    plan = a_plan("310.00")
    add_plan_version(plan_id=plan.id, from_on=date(2026, 12, 1), price=Decimal("350.00"), speeds=Speeds())
    add_plan_version(plan_id=plan.id, from_on=date(2026, 11, 1), price=Decimal("330.00"), speeds=Speeds())

    days = [date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 1), date(2030, 1, 1)]

    assert [_price_on(plan, day) for day in days] == [310, 330, 330, 350, 350]


def test_and_not_before_its_first() -> None:
    plan = a_plan()

    assert _price_on(plan, date(2019, 12, 31)) is None
    assert _price_on(plan, LONG_AGO) == 310


def test_with_the_speed_of_its_own() -> None:
    slow, fast = Speeds(rate_in_kbps=1_000), Speeds(rate_in_kbps=100_000)
    plan = a_plan(speeds=slow)

    version = add_plan_version(plan_id=plan.id, from_on=date(2026, 11, 1), price=Decimal(310), speeds=fast)

    before = version_on(plan.id, date(2026, 10, 31))
    assert before is not None
    assert (before.speed.rate_in_kbps, version.speed.rate_in_kbps) == (1_000, 100_000)


def test_a_second_one_from_the_same_day_is_refused_and_the_first_stays() -> None:
    plan = a_plan("310.00")

    with pytest.raises(PlanVersionExists) as refused:
        add_plan_version(plan_id=plan.id, from_on=LONG_AGO, price=Decimal("999.00"), speeds=Speeds())

    assert refused.value.facts() == {"name": plan.name, "day": LONG_AGO}
    assert _price_on(plan, LONG_AGO) == 310


@pytest.mark.parametrize("price", ["-0.01", "0.005", "100000000.00", "NaN", "Infinity"])
def test_a_price_that_cannot_be_charged_is_refused(price: str) -> None:
    plan = a_plan()

    with pytest.raises(PriceOutOfLimits):
        add_plan_version(plan_id=plan.id, from_on=date(2026, 11, 1), price=Decimal(price), speeds=Speeds())
    with pytest.raises(PriceOutOfLimits):
        add_plan(name="Новый", price=Decimal(price), speeds=Speeds(), from_on=LONG_AGO)

    assert find_plan("Новый") is None
    assert PlanVersion.objects.filter(plan=plan).count() == 1


def test_a_plan_may_cost_nothing() -> None:
    assert _price_on(a_plan("0.00"), LONG_AGO) == 0


def test_a_plans_name_is_there_once() -> None:
    plan = add_plan(name="Домашний", price=Decimal(310), speeds=Speeds(), from_on=LONG_AGO)

    with pytest.raises(PlanExists) as refused:
        add_plan(name="Домашний", price=Decimal(1), speeds=Speeds(), from_on=LONG_AGO)

    assert refused.value.name == "Домашний"
    assert find_plan("Домашний") == plan


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rate_in_kbps", -2),
        ("ceil_out_kbps", 1_000_000_001),
        ("burst_in_bytes", -1),
        ("cburst_out_bytes", 4_294_967_296),
    ],
)
def test_a_speed_out_of_its_limits_is_refused_by_its_name(field: str, value: int) -> None:
    with pytest.raises(SpeedOutOfLimits) as refused:
        a_plan(speeds=Speeds(**{field: value}))

    assert refused.value.facts() == {"field": field, "value": value}


def test_and_a_new_one_begins_after_all_days_that_have_been_charged() -> None:
    plan = a_plan("310.00")
    subscription = subscribe(subscriber_id=a_subscriber().id, plan_id=plan.id, from_on=date(2026, 11, 1))
    move_charged_through(subscription_id=subscription.id, seen_on=None, through_on=date(2026, 11, 24))

    with pytest.raises(PlanChargedAlready) as refused:
        add_plan_version(
            plan_id=plan.id, from_on=date(2026, 11, 24), price=Decimal("620.00"), speeds=Speeds()
        )
    add_plan_version(plan_id=plan.id, from_on=date(2026, 11, 25), price=Decimal("620.00"), speeds=Speeds())

    assert refused.value.day == date(2026, 11, 24)
    assert _price_on(plan, date(2026, 11, 24)) == 310
    assert _price_on(plan, date(2026, 11, 25)) == 620
