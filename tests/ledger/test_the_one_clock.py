"""One clock and one time zone: what runs inside the database asks the same ones as Python does."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from given import later, the_clock_says, utc
from netledger.ledger import clock
from netledger.ledger.services import set_zone

pytestmark = pytest.mark.django_db


def _asked(question: str, *parameters: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {question}", parameters)
        return cursor.fetchone()[0]


def test_says_the_real_moment_and_goes_on_within_a_transaction() -> None:
    first, second = clock.now(), clock.now()

    assert abs(first - datetime.now(UTC)) < timedelta(seconds=5)
    assert first < second


def test_says_what_a_test_has_set() -> None:
    the_clock_says(utc(2026, 4, 23, 21, 59))

    later(minutes=2)

    assert _asked("ledger_now()") == utc(2026, 4, 23, 22, 1)


def test_is_in_utc_until_the_providers_zone_is_set() -> None:
    before = _asked("ledger_zone_name()")
    set_zone("Asia/Yekaterinburg")

    assert before == "UTC"
    assert _asked("ledger_zone_name()") == "Asia/Yekaterinburg"


def test_begins_a_day_at_the_providers_midnight() -> None:
    set_zone("Europe/Moscow")

    the_clock_says(utc(2026, 11, 11, 20, 59, 59))
    before = _asked("ledger_today()")
    later(seconds=1)

    assert before == date(2026, 11, 11)
    assert _asked("ledger_today()") == date(2026, 11, 12)


@pytest.mark.parametrize(
    ("zone", "day", "starts_at"),
    [
        ("Europe/Moscow", date(2026, 11, 12), utc(2026, 11, 11, 21)),
        (
            "Africa/Cairo",
            date(2026, 4, 24),
            utc(2026, 4, 23, 22),
        ),  # it begins at 01:00, midnight does not exist
        (
            "America/Havana",
            date(2026, 11, 1),
            utc(2026, 11, 1, 4),
        ),  # midnight comes twice, at 04:00 and 05:00 UTC
        ("Australia/Lord_Howe", date(2026, 4, 5), utc(2026, 4, 4, 13)),  # clocks go by half an hour
    ],
)
def test_begins_a_day_at_its_first_instant(zone: str, day: date, starts_at: datetime) -> None:
    set_zone(zone)

    assert _asked("ledger_day_start(%s)", day) == starts_at
    assert clock.day_start(day) == starts_at


@st.composite
def _zones_and_days(draw: st.DrawFn) -> tuple[str, date]:
    """A zone whose clocks change, or changed, at midnight, and a day; every second time one on which they do."""
    zone = draw(st.sampled_from(["Africa/Cairo", "America/Havana", "America/Asuncion", "Asia/Beirut"]))
    any_day = st.dates(date(2016, 1, 1), date(2036, 12, 31))
    return zone, draw(st.one_of(any_day, st.sampled_from(_days_of_change(zone))))


@cache
def _days_of_change(zone: str) -> list[date]:
    days = [date(2016, 1, 1) + timedelta(days=number) for number in range(20 * 365)]
    offsets = [datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(zone)).utcoffset() for day in days]
    return [day for day, before, now in zip(days[1:], offsets, offsets[1:], strict=False) if before != now]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(zone_and_day=_zones_and_days())
def test_is_the_same_in_python_and_in_the_database(zone_and_day: tuple[str, date]) -> None:
    zone, day = zone_and_day
    set_zone(zone)

    starts_at = _asked("ledger_day_start(%s)", day)

    assert starts_at == clock.day_start(day)
    assert clock.day_of(starts_at) == day
    assert clock.day_of(starts_at - timedelta(microseconds=1)) == day - timedelta(days=1)
