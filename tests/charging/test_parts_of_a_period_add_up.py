"""A period's price is spread over its days so that the parts add up to it, however it is cut. Cases: V01, V02."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from given import days_between
from netledger.charging.proration import (
    day_part,
    month_day_part,
    month_end,
    month_run,
    period_first,
)

KOPECK = Decimal("0.01")

prices = st.decimals(places=2, min_value=0, max_value=Decimal("99999999.99"))
periods = st.integers(min_value=1, max_value=366)


def _cost(price: Decimal, first: int, last: int, days: int) -> Decimal:
    """What the days from the first to the last cost, each by itself."""
    return sum((day_part(price=price, day=day, days=days) for day in range(first, last + 1)), Decimal(0))


def _days_of(year: int, month: int) -> list[date]:
    return [date(year, month, 1) + timedelta(days=offset) for offset in range(monthrange(year, month)[1])]


@given(price=prices, days=periods)
def test_the_days_of_a_period_add_up_to_its_price(price: Decimal, days: int) -> None:
    assert _cost(price, 1, days, days) == price


@given(price=prices, days=periods, cut=st.data())
def test_any_run_of_days_costs_the_difference_at_its_ends(
    price: Decimal, days: int, cut: st.DataObject
) -> None:
    first = cut.draw(st.integers(min_value=1, max_value=days))
    last = cut.draw(st.integers(min_value=first, max_value=days))

    # In whole kopecks: half away from zero is the floor of twice as much and one, halved.
    kopecks = [(2 * int(price * 100) * day + days) // (2 * days) for day in (first - 1, last)]
    assert _cost(price, first, last, days) == Decimal(kopecks[1] - kopecks[0]) / 100


@given(price=prices, first=st.dates(date(2020, 1, 1), date(2040, 1, 1)), length=st.integers(0, 30))
def test_a_run_within_a_month_costs_its_days(price: Decimal, first: date, length: int) -> None:
    last = min(first + timedelta(days=length), month_end(first))

    by_days = sum(month_day_part(price=price, on=day) for day in days_between(first, last))

    assert month_run(price=price, first=first, last=last) == by_days


def test_three_tariffs_within_a_month_cost_their_thirds_of_it() -> None:
    """300.00 from 1 April, 600.00 from the 11th, 900.00 from the 21st: ten days of each."""
    april = _days_of(2026, 4)
    tens = [("300.00", 0), ("600.00", 10), ("900.00", 20)]

    costs = [month_run(price=Decimal(price), first=april[at], last=april[at + 9]) for price, at in tens]

    assert costs == [100, 200, 300]


@pytest.mark.parametrize(
    ("begun_on", "first"),
    [
        (date(2025, 5, 5), date(2026, 4, 1)),
        (date(2026, 4, 1), date(2026, 4, 1)),
        (date(2026, 4, 11), date(2026, 4, 11)),
    ],
)
def test_a_period_is_the_month_or_what_is_left_of_it_when_a_subscription_begins(
    begun_on: date, first: date
) -> None:
    assert period_first(date(2026, 4, 20), begun_on=begun_on) == first


@given(price=prices, days=periods)
def test_no_day_is_more_than_a_kopeck_from_the_even_share(price: Decimal, days: int) -> None:
    parts = [day_part(price=price, day=day, days=days) for day in range(1, days + 1)]

    assert min(parts) >= 0
    assert all(abs(part - price / days) < KOPECK for part in parts)


@pytest.mark.parametrize(("month", "small", "large"), [(1, "19.35", "19.36"), (2, "21.42", "21.43")])
def test_a_monthly_fee_by_the_day_is_the_fee(month: int, small: str, large: str) -> None:
    parts = [month_day_part(price=Decimal("600.00"), on=day) for day in _days_of(2026, month)]

    assert sum(parts) == 600
    assert set(parts) == {Decimal(small), Decimal(large)}


def test_two_neighbours_share_a_month_to_the_kopeck() -> None:
    april = _days_of(2026, 4)
    price = Decimal("100.00")

    until_the_10th = sum(month_day_part(price=price, on=day) for day in april[:10])
    from_the_11th = sum(month_day_part(price=price, on=day) for day in april[10:])

    assert (until_the_10th, from_the_11th) == (Decimal("33.33"), Decimal("66.67"))


def test_half_a_kopeck_goes_away_from_zero() -> None:
    """One kopeck over two days: round(0.005) is 0.01, so the first day takes it and the second costs nothing."""
    assert [day_part(price=KOPECK, day=day, days=2) for day in (1, 2)] == [KOPECK, 0]
