"""A period's price, spread over its days so that any cut of the period adds up to it."""

from calendar import monthrange
from datetime import date
from decimal import Decimal

from netledger.ledger.amounts import to_kopecks


def day_part(*, price: Decimal, day: int, days: int) -> Decimal:
    """What day `day` (1 to `days`) of a period of `days` days costs, in roubles.

    The difference of two cumulative roundings, half away from zero: the parts of a run of days are the
    difference at its ends, so they add up however the period is cut.
    Source: design.md, "Charging"; cases.md V01.
    """
    return to_kopecks(price * day / days) - to_kopecks(price * (day - 1) / days)


def month_day_part(*, price: Decimal, on: date) -> Decimal:
    """What that date costs of a price by the month, in roubles."""
    return day_part(price=price, day=on.day, days=monthrange(on.year, on.month)[1])


def month_run(*, price: Decimal, first: date, last: date) -> Decimal:
    """What the days of one month from the first to the last (both included) cost together, in roubles."""
    days = monthrange(first.year, first.month)[1]
    return to_kopecks(price * last.day / days) - to_kopecks(price * (first.day - 1) / days)


def period_first(day: date, *, begun_on: date) -> date:
    """The first day of the period that a day is charged in: its month's, or the subscription's own in its first month.

    A charge uses the version of the plan that is in force on it. Source: design.md, "Charging".
    """
    return max(day.replace(day=1), begun_on)


def month_end(day: date) -> date:
    """The last day of that day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])
