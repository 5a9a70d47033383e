"""What is wrong with what was lent: credits that the ticker should have ended, and has not."""

from collections.abc import Iterator
from datetime import timedelta

from netledger.installation.findings import Finding, Severity
from netledger.installation.settings import Settings
from netledger.ledger import clock
from netledger.payments.models import Credit

LATE_AFTER = timedelta(seconds=60)


def findings(_settings: Settings) -> Iterator[Finding]:
    """That credits whose last day is over still hold."""
    late_on = clock.day_of(clock.now() - LATE_AFTER)
    overdue = Credit.objects.filter(ended_at=None, until_on__lt=late_on).count()
    if overdue:
        yield Finding(
            "credits_overdue",
            Severity.ERROR,
            f"Последний день прошёл, а кредит не закончен: {overdue}",
            f"Credits whose last day is over still hold: {overdue}",
            "тикер не справляется: причина в его журнале; перезапустите службу",
            "the ticker does not do it: see its log; restart the service",
        )
