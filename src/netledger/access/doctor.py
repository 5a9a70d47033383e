"""What is wrong with access: decisions that the ticker should have looked at again, and has not."""

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from netledger import sql
from netledger.installation.findings import Finding, Severity
from netledger.installation.settings import Settings
from netledger.ledger import clock

LATE_AFTER = timedelta(seconds=60)


class _Overdue(NamedTuple):
    overdue: int


def findings(_settings: Settings) -> Iterator[Finding]:
    """That access is not as time has it."""
    found = sql.one("access/overdue", _Overdue, before=clock.now() - LATE_AFTER)
    if found.overdue:
        yield Finding(
            "access_overdue",
            Severity.ERROR,
            f"Тарифы начались или закончились, а доступ не пересмотрен: абонентов {found.overdue}",
            f"Plans began or ended, and access was not decided anew: {found.overdue} subscriber(s)",
            "тикер не справляется: причина в его журнале; перезапустите службу",
            "the ticker does not do it: see its log; restart the service",
        )
