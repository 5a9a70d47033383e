"""The cabinet shows the subscriber's own plan, fees and access, of the day and of no other."""

from datetime import date
from decimal import Decimal

import pytest

from given import LONG_AGO, a_connection, a_nas, a_plan, a_subscriber, published, the_clock_says, utc
from netledger.access.services import place_block
from netledger.cabinet.queries import Overview, overview_of
from netledger.charging.services import hold, subscribe, unsubscribe
from netledger.network.models import Connection
from netledger.tariffs.services import Speeds, add_plan, add_plan_version

pytestmark = pytest.mark.django_db

TODAY = date(2026, 2, 10)


@pytest.fixture
def connection() -> Connection:
    """Of a subscriber without a plan, on 10 February 2026."""
    the_clock_says(utc(2026, 2, 10, 12))
    return a_connection(a_nas(), a_subscriber())


def _seen(connection: Connection) -> Overview:
    published()
    return overview_of(connection)


def test_who_has_nothing_pays_nothing_and_is_closed(connection: Connection) -> None:
    seen = _seen(connection)

    assert (seen.tariff_plan, seen.may_pass, seen.forecast) == (None, False, None)
    assert (seen.fees.a_month, seen.fees.today, seen.fees.next_on) == (0, 0, None)


def test_fees_are_of_all_plans_of_today_and_the_plan_is_the_one_that_gives_access(
    connection: Connection,
) -> None:
    tariff, television = a_plan("600.00"), a_plan("280.00", gives_access=False)
    for plan in (tariff, television):
        subscribe(subscriber_id=connection.subscriber_id, plan_id=plan.pk, from_on=LONG_AGO)
    subscribe(subscriber_id=connection.subscriber_id, plan_id=a_plan("900.00").pk, from_on=date(2026, 2, 11))

    seen = _seen(connection)

    assert seen.tariff_plan == tariff
    assert seen.fees.a_month == 600 + 280
    # Of 28 days the tenth: round(600 · 10/28) − round(600 · 9/28), and 280/28.
    assert seen.fees.today == (Decimal("214.29") - Decimal("192.86")) + 10
    assert seen.fees.next_on == date(2026, 2, 11)


def test_a_price_of_the_middle_of_the_month_is_shown_when_it_is_charged(connection: Connection) -> None:
    plan = a_plan("280.00")
    add_plan_version(plan_id=plan.pk, price=Decimal("560.00"), speeds=Speeds(), from_on=date(2026, 2, 5))
    subscribe(subscriber_id=connection.subscriber_id, plan_id=plan.pk, from_on=LONG_AGO)

    before = _seen(connection).fees.a_month
    the_clock_says(utc(2026, 3, 1, 12))

    assert (before, _seen(connection).fees.a_month) == (280, 560)


def test_of_a_plan_by_the_month_only_its_price_is_known(connection: Connection) -> None:
    plan = add_plan(
        name="Помесячный",
        price=Decimal("500.00"),
        speeds=Speeds(),
        from_on=LONG_AGO,
        gives_access=True,
        charged_by="month",
    )
    subscribe(subscriber_id=connection.subscriber_id, plan_id=plan.pk, from_on=LONG_AGO)

    seen = _seen(connection)

    assert (seen.fees.a_month, seen.fees.today, seen.fees.next_on) == (500, None, None)
    assert (seen.forecast, seen.tariff_plan) == (None, plan)


def test_a_held_plan_costs_nothing_and_is_still_his(connection: Connection) -> None:
    plan = a_plan("280.00")
    subscription = subscribe(subscriber_id=connection.subscriber_id, plan_id=plan.pk, from_on=LONG_AGO)
    hold(subscription_id=subscription.pk)

    seen = _seen(connection)

    assert (seen.tariff_plan, seen.fees.a_month, seen.may_pass) == (plan, 0, False)


def test_nothing_is_charged_after_the_last_day(connection: Connection) -> None:
    plan = a_plan("280.00")
    subscription = subscribe(subscriber_id=connection.subscriber_id, plan_id=plan.pk, from_on=LONG_AGO)
    unsubscribe(subscription_id=subscription.pk, until_on=TODAY)

    seen = _seen(connection)

    assert (seen.fees.today, seen.fees.next_on) == (10, None)


def test_access_is_the_stored_decision(connection: Connection) -> None:
    subscribe(subscriber_id=connection.subscriber_id, plan_id=a_plan().pk, from_on=LONG_AGO)
    before = _seen(connection).may_pass
    place_block(subscriber_id=connection.subscriber_id, placed_by="staff")

    assert (before, _seen(connection).may_pass) == (True, False)
