"""Leave to owe: granted, ended, and over when its last day is."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from netledger import sql
from netledger.ledger import clock
from netledger.ledger.amounts import is_exact
from netledger.ledger.bulk import lock_accounts, set_overdrafts
from netledger.ledger.services import set_overdraft
from netledger.payments.errors import CreditChanged, CreditOver, CreditUnknown, SumOutOfLimits
from netledger.payments.models import Credit
from netledger.payments.spoken import credit_in_words
from netledger.subscribers.models import Subscriber
from netledger.subscribers.queries import lock_subscriber

BATCH = 2000
"""So many credits end in one transaction: payments of their subscribers wait that long and no longer."""


class _DueCredit(NamedTuple):
    id: int
    account_id: int


class _Lent(NamedTuple):
    account_id: int
    amount: Decimal


class Seen(NamedTuple):
    """What whoever grants a credit saw in force; None: that there was none."""

    credit_id: int | None


@transaction.atomic
def grant_credit(
    *,
    subscriber_id: int,
    amount: Decimal,
    granted_by: str,
    until_on: date | None = None,
    seen: Seen | None = None,
) -> Credit:
    """Let a subscriber owe up to `amount` roubles, through `until_on` or without end; one before it ends.

    Args:
        seen: which credit may be ended by it; None, whichever is in force.

    Raises: SumOutOfLimits; CreditOver: the last day is in the past; CreditChanged: another than was seen is in force.
    """
    if not is_exact(amount) or amount <= 0:
        raise SumOutOfLimits(amount=amount)
    subscriber = lock_subscriber(subscriber_id)
    if until_on is not None and until_on < clock.today():
        raise CreditOver
    if seen is not None:
        _refuse_unseen(subscriber, seen)
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
    """End up to so many credits whose last day is before `today`, all at once; how many ended.

    What is due is looked at again under the accounts' locks: who granted another meanwhile has ended it.
    """
    due = sql.rows("payments/due_credits", _DueCredit, today=today, batch=BATCH)
    if not due:
        return 0
    account_ids = [credit.account_id for credit in due]
    lock_accounts(account_ids)
    ended = sql.run("payments/end_credits", credit_ids=[credit.id for credit in due], at=clock.now())
    lent = sql.rows("payments/lent_to", _Lent, account_ids=account_ids)
    set_overdrafts({row.account_id: row.amount for row in lent})
    return ended


def _refuse_unseen(subscriber: Subscriber, seen: Seen) -> None:
    in_force = Credit.objects.filter(subscriber=subscriber, ended_at=None).first()
    if in_force is not None and in_force.pk != seen.credit_id:
        raise CreditChanged(
            credit_ru=credit_in_words(in_force, "ru"), credit_en=credit_in_words(in_force, "en")
        )


def _lend(subscriber: Subscriber) -> None:
    in_force = Credit.objects.filter(subscriber=subscriber, ended_at=None).first()
    set_overdraft(account_id=subscriber.account_id, overdraft=in_force.amount if in_force else Decimal(0))
