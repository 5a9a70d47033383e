"""What is wrong with the one clock and the one time zone that all decisions rest on."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from netledger import sql
from netledger.installation.findings import Finding, Severity
from netledger.installation.settings import Settings
from netledger.ledger.clock import day_start

APART_MAX = timedelta(seconds=2)


class _Clock(NamedTuple):
    now_at: datetime
    zone_name: str
    last_recorded_at: datetime | None
    day_starts: list[datetime]


def findings(settings: Settings) -> Iterator[Finding]:
    """What is wrong with the clocks of this machine and of the database, and with the zone by which days begin."""
    asked_at = datetime.now(UTC)
    days = [asked_at.date() + timedelta(days=30 * months) for months in range(13)]
    clock = sql.one("ledger/clock_compared", _Clock, days=days)
    apart = max(asked_at - clock.now_at, clock.now_at - datetime.now(UTC))
    if apart > APART_MAX:
        yield Finding(
            "clock_differs",
            Severity.ERROR,
            f"Часы этой машины и базы расходятся на {apart.total_seconds():.0f} с",
            f"The clocks of this machine and of the database are {apart.total_seconds():.0f} s apart",
            "настройте на обеих синхронизацию времени (NTP)",
            "have both synchronised (NTP)",
        )
    if clock.last_recorded_at is not None and clock.last_recorded_at - clock.now_at > APART_MAX:
        last_at = f"{clock.last_recorded_at:%Y-%m-%d %H:%M:%S} UTC"
        yield Finding(
            "clock_set_back",
            Severity.ERROR,
            f"Часы базы переведены назад: последняя операция записана в {last_at}",
            f"The database's clock was set back: the last operation is of {last_at}",
            "поставьте верное время и включите синхронизацию (NTP)",
            "set the right time and have it synchronised (NTP)",
        )
    yield from _zone(settings.app.time_zone, clock, days)


def _zone(configured: str, clock: _Clock, days: list[date]) -> Iterator[Finding]:
    if clock.zone_name != configured:
        yield Finding(
            "zone_differs",
            Severity.ERROR,
            f"Сутки начинаются по {clock.zone_name}, а в настройках {configured}",
            f"Days begin by {clock.zone_name}, and the configuration says {configured}",
            "перезапустите службу; если не помогло, тикер не работает",
            "restart the service; if that does not help, the ticker does not work",
        )
    if [day_start(day) for day in days] != clock.day_starts:
        yield Finding(
            "zone_rules_differ",
            Severity.ERROR,
            f"PostgreSQL и netledger знают разные правила пояса {clock.zone_name}: сутки начнутся в разное время",
            f"PostgreSQL and netledger have different rules of {clock.zone_name}: days will begin at different moments",
            "обновите PostgreSQL и пакет tzdata",
            "update PostgreSQL and the package tzdata",
        )
