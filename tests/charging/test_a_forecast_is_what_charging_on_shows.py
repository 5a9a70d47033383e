"""How long money lasts and how much is needed is told as charging on, day by day, then shows it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from charging.charging_on import (
    TODAY,
    Drawn,
    Run,
    drawn,
    lent_on,
    made,
    that_day,
)
from given import balance, moved, paid, the_clock_says, utc
from netledger.charging.forecast import LOOKED_AT_DAYS, Forecast, forecast
from netledger.ledger.models import Account
from netledger.subscribers.models import Subscriber

pytestmark = pytest.mark.django_db

NEXT_MONTH_END = date(2027, 2, 28)
KOPECK = Decimal("0.01")
some = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _a_clock_that_stands() -> None:
    the_clock_says(utc(TODAY.year, TODAY.month, TODAY.day, 12))


def _told(subscriber: Subscriber, one: Drawn) -> Forecast:
    until_day = one.lent_until_day
    told = forecast(subscriber.pk, lent_until_on=None if until_day is None else that_day(until_day))
    assert told is not None
    return told


def _is_overdrawn(subscriber: Subscriber) -> bool:
    return Account.objects.filter(pk=subscriber.account_id, overdrawn=True).exists()


@some
@given(one=drawn)
def test_the_day_after_enough_to_is_the_first_that_goes_below(one: Drawn) -> None:
    subscriber = made(one)
    told = _told(subscriber, one)
    horizon = that_day(90)

    last_open_on = Run(subscriber, one).charge_while(
        lambda day, left: left >= -lent_on(one, day) and day < horizon
    )

    assert min(told.enough_to_on, horizon - timedelta(days=1)) == last_open_on


@some
@given(one=drawn, charged_days=st.integers(1, 60))
def test_charging_on_does_not_move_it(one: Drawn, charged_days: int) -> None:
    subscriber = made(one)
    before = _told(subscriber, one)
    assume(before.enough_to_on < that_day(LOOKED_AT_DAYS))

    run = Run(subscriber, one)
    for _ in range(charged_days):
        run.charge_next_day()

    assert _told(subscriber, one).enough_to_on == before.enough_to_on


@some
@given(one=drawn, debt=st.decimals(places=2, min_value=0, max_value=3000))
def test_the_minimal_sum_opens_and_a_kopeck_less_does_not(one: Drawn, debt: Decimal) -> None:
    subscriber = made(one)
    if debt:
        moved(subscriber, str(-debt))

    minimal = _told(subscriber, one).minimal

    assert (minimal > 0) == _is_overdrawn(subscriber)
    if minimal > KOPECK:
        paid(subscriber, str(minimal - KOPECK))
        assert _is_overdrawn(subscriber)
    if minimal:
        paid(subscriber, str(KOPECK))
    assert not _is_overdrawn(subscriber)


@some
@given(one=drawn, debt=st.decimals(places=2, min_value=0, max_value=3000))
def test_the_recommended_sum_is_spent_to_nothing_when_the_next_month_ends(one: Drawn, debt: Decimal) -> None:
    subscriber = made(one)
    if debt:
        moved(subscriber, str(-debt))
    told = _told(subscriber, one)
    if told.recommended:
        paid(subscriber, str(told.recommended))

    Run(subscriber, one).charge_while(lambda day, _left: day < NEXT_MONTH_END)

    left = balance(subscriber)
    assert left == 0 if told.recommended else left >= 0
    assert told.recommended >= told.minimal
