"""What operators brought today, beside the same day of the week before."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from netledger import sql
from netledger.ledger import clock

HOURS = 24
ONE_WEEK = timedelta(days=7)


class OperatorTakings(NamedTuple):
    """What one operator brought: roubles of today, and of the same day last week by the same time of day."""

    operator_code: str
    operator_name: str
    today: Decimal
    payments: int
    week_before: Decimal


class Takings(NamedTuple):
    """The money of today so far and of the same day last week, without what was taken back; roubles."""

    now_at: datetime
    today: Decimal
    payments: int
    week_before: Decimal
    """By the same time of day."""
    operators: list[OperatorTakings]
    today_by_hour: list[Decimal | None]
    """What had come by the end of each hour; None for hours to come."""
    week_before_by_hour: list[Decimal]


class _Hour(NamedTuple):
    operator_code: str
    operator_name: str
    is_today: bool
    hour: int
    sum: Decimal
    payments: int
    sum_by_then: Decimal


def takings() -> Takings:
    """The money of today, by operator and by hour."""
    zone, now_at = clock.zone(), clock.now()
    local = now_at.astimezone(zone)
    earlier = local - ONE_WEEK  # the same time by the clock on the wall
    rows = sql.rows(
        "payments/money_by_hour",
        _Hour,
        today_at=clock.day_start(local.date()),
        now_at=now_at,
        earlier_at=clock.day_start(earlier.date()),
        earlier_end_at=clock.day_end(earlier.date()),
        earlier_now_at=earlier,
        zone_name=zone.key,
    )
    ours, before = [row for row in rows if row.is_today], [row for row in rows if not row.is_today]
    return Takings(
        now_at=local,
        today=_sum(ours),
        payments=sum(row.payments for row in ours),
        week_before=sum((row.sum_by_then for row in before), Decimal(0)),
        operators=_by_operator(rows),
        today_by_hour=[
            _sum(row for row in ours if row.hour <= hour) if hour <= local.hour else None
            for hour in range(HOURS)
        ],
        week_before_by_hour=[_sum(row for row in before if row.hour <= hour) for hour in range(HOURS)],
    )


def _sum(rows: Iterable[_Hour]) -> Decimal:
    return sum((row.sum for row in rows), Decimal(0))


def _by_operator(rows: list[_Hour]) -> list[OperatorTakings]:
    """The largest sum of today first."""
    names = {row.operator_code: row.operator_name for row in rows}
    found = []
    for code, name in names.items():
        own = [row for row in rows if row.operator_code == code]
        found.append(
            OperatorTakings(
                operator_code=code,
                operator_name=name,
                today=_sum(row for row in own if row.is_today),
                payments=sum(row.payments for row in own if row.is_today),
                week_before=sum((row.sum_by_then for row in own if not row.is_today), Decimal(0)),
            )
        )
    return sorted(found, key=lambda one: (-one.today, one.operator_name))
