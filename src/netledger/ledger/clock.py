"""One clock and one time zone, the provider's."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.db import connection

_KEPT: ContextVar[ZoneInfo | None] = ContextVar("kept_zone", default=None)


def now() -> datetime:
    """The moment by the database's clock, which a test can set; the only clock that decisions look at."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_now()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def zone() -> ZoneInfo:
    """The provider's time zone."""
    kept = _KEPT.get()
    if kept is not None:
        return kept
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_zone_name()")
        return _zone_named(cursor.fetchone()[0])


@contextmanager
def keeping_zone() -> Iterator[ZoneInfo]:
    """Ask for the zone once for all that is done in here: it changes at a start of the service alone."""
    kept = zone()
    before = _KEPT.set(kept)
    try:
        yield kept
    finally:
        _KEPT.reset(before)


@cache
def _zone_named(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def today() -> date:
    """The provider's date now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_today()")
        day: date = cursor.fetchone()[0]
    return day


def day_of(moment: datetime) -> date:
    """The provider's date at that moment."""
    return moment.astimezone(zone()).date()


def day_start(day: date) -> datetime:
    """The first instant of the provider's date, also where midnight does not exist, in UTC."""
    return datetime.combine(day, time.min, tzinfo=zone()).astimezone(UTC)


def day_end(day: date) -> datetime:
    """The first instant that is no longer of the provider's date, in UTC."""
    return day_start(day + timedelta(days=1))
