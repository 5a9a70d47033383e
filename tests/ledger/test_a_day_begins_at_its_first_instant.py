"""A day of the provider's is from the first instant of its local date to the first of the next. Cases: V04."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.db.utils import Error
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from given import a_subscriber, paid, the_clock_says, utc
from netledger.ledger import clock
from netledger.ledger.models import Transfer
from netledger.ledger.services import set_zone

pytestmark = pytest.mark.django_db

ZONES = [
    "Europe/Moscow",
    "Europe/London",
    "Africa/Cairo",  # clocks go forward at midnight: the day begins at 01:00
    "America/Havana",  # and back to midnight: it comes twice
    "America/Asuncion",
    "America/St_Johns",  # a minute after midnight, back into the day before
    "America/Nuuk",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Asia/Pyongyang",  # 2018: half an hour forward, to midnight
    "Asia/Tehran",
    "Australia/Lord_Howe",  # by half an hour
    "Antarctica/Casey",  # 2010: back by three hours, over midnight
    "Antarctica/Vostok",  # 2023: back by two hours, to midnight
    "Pacific/Apia",  # 2011: no 30 December at all
    "Pacific/Kiritimati",
]
YEARS = (date(2005, 1, 1), date(2035, 12, 31))
LOOKED_AT_EVERY = timedelta(minutes=5)


@cache
def _days_of_change(zone: str) -> list[date]:
    """The dates on which the zone's clocks are set, and those beside them."""
    days = [YEARS[0] + timedelta(days=number) for number in range((YEARS[1] - YEARS[0]).days)]
    noons = [datetime.combine(day, time(12), tzinfo=UTC).astimezone(ZoneInfo(zone)) for day in days]
    changes = [after.date() for before, after in pairwise(noons) if before.utcoffset() != after.utcoffset()]
    return [day + timedelta(days=beside) for day in changes for beside in (-1, 0, 1)] or days[:1]


@st.composite
def _zones_and_days(draw: st.DrawFn) -> tuple[str, date]:
    zone = draw(st.sampled_from(ZONES))
    return zone, draw(st.one_of(st.sampled_from(_days_of_change(zone)), st.dates(*YEARS)))


def _instants_around(day: date) -> Iterator[datetime]:
    """Every moment that may begin a date somewhere on earth, in order."""
    moment = datetime.combine(day, time.min, tzinfo=UTC) - timedelta(hours=27)
    for _ in range(54 * 12):
        yield moment
        moment += LOOKED_AT_EVERY


def _first_instant(zone: str, day: date) -> datetime:
    """Walked up to: where a date is left out, the first instant of the next."""
    return next(moment for moment in _instants_around(day) if moment.astimezone(ZoneInfo(zone)).date() >= day)


def _asked(expression: str, *parameters: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {expression}", parameters)
        return cursor.fetchone()[0]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(zone_and_day=_zones_and_days())
def test_in_the_database_and_in_python(zone_and_day: tuple[str, date]) -> None:
    zone, day = zone_and_day
    set_zone(zone)

    first_instant = _first_instant(zone, day)

    assert _asked("ledger_day_start(%s)", day) == first_instant
    assert clock.day_start(day) == first_instant


@pytest.mark.parametrize(
    ("zone", "day", "first_instant"),
    [
        ("America/Havana", date(2026, 11, 1), utc(2026, 11, 1, 4)),
        ("Antarctica/Casey", date(2010, 3, 5), utc(2010, 3, 4, 13)),
        ("Antarctica/Vostok", date(2023, 12, 18), utc(2023, 12, 17, 17)),
        ("Pacific/Apia", date(2011, 12, 30), utc(2011, 12, 30, 10)),
    ],
)
def test_also_where_clocks_go_back_over_it(zone: str, day: date, first_instant: datetime) -> None:
    set_zone(zone)

    assert _asked("ledger_day_start(%s)", day) == first_instant
    assert clock.day_start(day) == first_instant


def test_no_day_begins_nowhere() -> None:
    assert _asked("ledger_day_start(NULL)") is None


def test_at_one_in_the_morning_where_there_is_no_midnight() -> None:
    """24 April 2026 begins in Cairo at 01:00, which is 22:00 UTC of the 23rd."""
    set_zone("Africa/Cairo")
    moments = [utc(2026, 4, 22, 22), utc(2026, 4, 23, 21, 59, 59), utc(2026, 4, 23, 22), utc(2026, 4, 24, 21)]

    starts = [clock.day_start(date(2026, 4, day)) for day in (23, 24, 25)]
    days = [clock.day_of(moment).day for moment in moments]

    assert starts == [utc(2026, 4, 22, 22), utc(2026, 4, 23, 22), utc(2026, 4, 24, 21)]
    assert days == [23, 23, 24, 25]


def test_so_each_payment_belongs_to_the_day_it_falls_in() -> None:
    set_zone("Africa/Cairo")
    subscriber = a_subscriber()
    receipts = []
    for moment in (utc(2026, 4, 23, 21, 59, 59, 999999), utc(2026, 4, 23, 22)):
        the_clock_says(moment)
        receipts.append(paid(subscriber, "10.00"))

    days = [Transfer.objects.get(pk=receipt.operation_id).accounting_day for receipt in receipts]

    assert days == [date(2026, 4, 23), date(2026, 4, 24)]


def test_a_zone_that_the_database_does_not_know_is_not_set() -> None:
    before = _asked("ledger_zone_name()")

    with pytest.raises(Error, match="Europe/Atlantis"), transaction.atomic():
        set_zone("Europe/Atlantis")

    assert _asked("ledger_zone_name()") == before
