"""Leave to owe: granted, ended, and over when its last day is."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from netledger import sql
from netledger.ledger import clock
from netledger.ledger.amounts import is_exact
from netledger.ledger.services import set_overdraft
from netledger.payments.errors import CreditOver, CreditUnknown, SumOutOfLimits
from netledger.payments.models import Credit
from netledger.subscribers.models import Subscriber
from netledger.subscribers.queries import lock_subscriber


class _DueCredit(NamedTuple):
    credit_id: int
    subscriber_id: int


@transaction.atomic
def grant_credit(
    *, subscriber_id: int, amount: Decimal, granted_by: str, until_on: date | None = None
) -> Credit:
    """Let a subscriber owe up to `amount` roubles, through `until_on` or without end; one before it ends.

    Raises: SumOutOfLimits; CreditOver: the last day is in the past.
    """
    if not is_exact(amount) or amount <= 0:
        raise SumOutOfLimits(amount=amount)
    subscriber = lock_subscriber(subscriber_id)
    if until_on is not None and until_on < clock.today():
        raise CreditOver
    now = clock.now()
    Credit.objects.filter(subscriber=subscriber, ended_at=None).update(ended_at=now)
    credit = Credit.objects.create(
        subscriber=subscriber, amount=amount, granted_at=now, granted_by=granted_by, until_on=until_on
    )
    _lend(subscriber)
    return credit


@transaction.atomic
def end_credit(*, subscriber_id: int) -> None:
    """Take the leave to owe away.

    Raises: CreditUnknown: there is none in force.
    """
    subscriber = lock_subscriber(subscriber_id)
    if not Credit.objects.filter(subscriber=subscriber, ended_at=None).update(ended_at=clock.now()):
        raise CreditUnknown(contract_number=subscriber.contract_number)
    _lend(subscriber)


@transaction.atomic
def end_due_credits(today: date) -> int:
    """End up to a thousand credits whose last day is before `today`; how many ended."""
    due = sql.rows("payments/due_credits", _DueCredit, today=today)
    return sum(_end_due(credit_id=row.credit_id, subscriber_id=row.subscriber_id) for row in due)


def _end_due(*, credit_id: int, subscriber_id: int) -> int:
    """Under the account's lock: whoever granted another meanwhile has ended this one."""
    subscriber = lock_subscriber(subscriber_id)
    ended = Credit.objects.filter(pk=credit_id, ended_at=None).update(ended_at=clock.now())
    _lend(subscriber)
    return ended


def _lend(subscriber: Subscriber) -> None:
    in_force = Credit.objects.filter(subscriber=subscriber, ended_at=None).first()
    set_overdraft(account_id=subscriber.account_id, overdraft=in_force.amount if in_force else Decimal(0))
