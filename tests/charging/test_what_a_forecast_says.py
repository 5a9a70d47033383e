"""A forecast by examples that can be worked out on paper, and when there is none."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from given import a_customer, a_plan, a_subscriber, moved, the_clock_says, utc
from netledger.charging.forecast import Forecast, forecast
from netledger.charging.services import hold, subscribe, unsubscribe
from netledger.ledger.services import set_overdraft
from netledger.subscribers.models import Subscriber
from netledger.subscribers.services import close_subscriber
from netledger.tariffs.models import Plan, Subscription
from netledger.tariffs.services import Speeds, add_plan, add_plan_version, move_charged_through

pytestmark = pytest.mark.django_db

YESTERDAY, TODAY = date(2026, 3, 9), date(2026, 3, 10)
"""March has 31 days, so that 310.00 a month are 10.00 a day, and 300.00 a month are 10.00 a day in April."""


@pytest.fixture(autouse=True)
def _a_clock_that_stands() -> None:
    the_clock_says(utc(2026, 3, 10, 12))


def _charged_through_yesterday(
    balance: str, price: str = "310.00", *, from_on: date = date(2026, 1, 1)
) -> Subscription:
    subscriber = a_subscriber()
    if Decimal(balance):
        moved(subscriber, balance)
    subscription = subscribe(subscriber_id=subscriber.pk, plan_id=a_plan(price).pk, from_on=from_on)
    assert move_charged_through(subscription_id=subscription.pk, seen_on=None, through_on=YESTERDAY)
    return subscription


def _told(subscription: Subscription, lent_until_on: date | None = None) -> Forecast:
    told = forecast(subscription.subscriber_id, lent_until_on=lent_until_on)
    assert told is not None
    return told


@pytest.mark.parametrize(
    ("balance", "enough_to_on"),
    [
        ("0.00", YESTERDAY),
        ("9.99", YESTERDAY),
        ("10.00", TODAY),
        ("55.00", date(2026, 3, 14)),
        ("-0.01", date(2026, 3, 8)),
        ("-25.00", date(2026, 3, 6)),
    ],
)
def test_enough_through_the_last_day_that_is_paid_for(balance: str, enough_to_on: date) -> None:
    told = _told(_charged_through_yesterday(balance))

    assert told.enough_to_on == enough_to_on


@pytest.mark.parametrize(
    ("balance", "minimal", "recommended"),
    [("0.00", "0.00", "530.00"), ("-70.00", "70.00", "600.00"), ("600.00", "0.00", "0.00")],
)
def test_what_opens_and_what_lasts_through_the_next_month(
    balance: str, minimal: str, recommended: str
) -> None:
    """22 days of March are left at 10.00; April costs 310.00 as every month does."""
    told = _told(_charged_through_yesterday(balance))

    assert (told.minimal, told.recommended) == (Decimal(minimal), Decimal(recommended))


def test_a_new_price_counts_from_the_first_month_that_it_stands_in_from_its_first_day() -> None:
    subscription = _charged_through_yesterday("220.00")
    for from_on, price in [(date(2026, 3, 15), "900.00"), (date(2026, 4, 2), "3000.00")]:
        add_plan_version(plan_id=subscription.plan_id, from_on=from_on, price=Decimal(price), speeds=Speeds())

    told = _told(subscription)

    assert told.enough_to_on == date(2026, 3, 31)
    assert told.recommended == 900


def test_a_subscription_of_this_month_counts_the_price_of_its_first_day() -> None:
    subscriber, plan = a_subscriber(), a_plan("310.00")
    add_plan_version(plan_id=plan.pk, from_on=date(2026, 3, 5), price=Decimal("620.00"), speeds=Speeds())
    moved(subscriber, "60.00")
    subscribe(subscriber_id=subscriber.pk, plan_id=plan.pk, from_on=TODAY)

    told = forecast(subscriber.pk)

    assert told is not None
    assert told.enough_to_on == date(2026, 3, 12)


def test_a_credit_is_enough_while_it_holds_and_is_not_recommended() -> None:
    subscription = _charged_through_yesterday("5.00")
    set_overdraft(account_id=subscription.subscriber.account_id, overdraft=Decimal("100.00"))

    without_end = _told(subscription)
    until_the_12th = _told(subscription, date(2026, 3, 12))

    assert without_end.enough_to_on == date(2026, 3, 19)
    assert until_the_12th.enough_to_on == date(2026, 3, 12)
    assert without_end.recommended == until_the_12th.recommended == 525


def test_what_ends_costs_nothing_more() -> None:
    subscription = _charged_through_yesterday("50.00")
    unsubscribe(subscription_id=subscription.pk, until_on=date(2026, 3, 14))

    told = _told(subscription)

    assert told == Forecast(date(2027, 4, 14), Decimal("0.00"), Decimal("0.00"))


def test_money_that_never_was_enough_is_told_as_the_day_before_the_first() -> None:
    subscription = _charged_through_yesterday("-5000.00", from_on=date(2026, 2, 1))

    assert _told(subscription).enough_to_on == date(2026, 1, 31)


def _none_by_the_month() -> Subscriber:
    plan = add_plan(
        name="Помесячно",
        price=Decimal(300),
        speeds=Speeds(),
        from_on=TODAY,
        charged_by=Plan.ChargedBy.MONTH,
    )
    subscriber = a_customer()
    subscribe(subscriber_id=subscriber.pk, plan_id=plan.pk, from_on=TODAY)
    return subscriber


def _none_held() -> Subscriber:
    subscriber = a_customer()
    hold(subscription_id=subscriber.subscriptions.get().pk)
    return subscriber


def _none_closed() -> Subscriber:
    subscriber = a_customer()
    close_subscriber(subscriber_id=subscriber.pk)
    return subscriber


def _none_over() -> Subscriber:
    subscriber = a_customer()
    unsubscribe(subscription_id=subscriber.subscriptions.get().pk, until_on=YESTERDAY)
    return subscriber


@pytest.mark.parametrize(
    "without",
    [a_subscriber, _none_by_the_month, _none_held, _none_closed, _none_over],
    ids=lambda it: it.__name__,
)
def test_no_forecast_where_no_rule_computes_it(without: object) -> None:
    assert callable(without)

    assert forecast(without().pk) is None


def test_it_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    subscriber = a_customer("100.00")

    with django_assert_num_queries(1):
        forecast(subscriber.pk)


def test_the_last_charged_day_moves_once_from_what_was_seen() -> None:
    subscription = _charged_through_yesterday("0.00")

    moved_on = [
        move_charged_through(subscription_id=subscription.pk, seen_on=YESTERDAY, through_on=TODAY)
        for _ in range(2)
    ]

    subscription.refresh_from_db()
    assert moved_on == [True, False]
    assert subscription.charged_through_on == TODAY
