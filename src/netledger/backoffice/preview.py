"""What an act would do, found out by doing it and taking it back: the services say, not a second set of rules."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection, transaction

from netledger.ledger.queries import balance_of
from netledger.ledger.services import lock_account
from netledger.payments.explanation import Explanation, explain
from netledger.subscribers.models import Subscriber


class Preview(NamedTuple):
    """How a subscriber stands before an act and would stand after it, and what the act would answer; roubles."""

    balance_before: Decimal
    balance_after: Decimal
    before: Explanation
    after: Explanation
    outcome: Any


class _Undone(Exception):
    """Takes back what was only tried."""


def preview(subscriber: Subscriber, act: Callable[[], Any]) -> Preview:
    """Try an act, look, and take it back; the numbers of operations that were drawn for it are left out.

    The account is locked before the first look, so that what others do meanwhile is no part of the difference.

    Raises: what the act refuses.
    """
    try:
        with transaction.atomic():
            balance_before = lock_account(subscriber.account_id).balance
            before = explain(subscriber.id)
            outcome = act()
            _publish()
            found = Preview(
                balance_before, balance_of(subscriber.account_id), before, explain(subscriber.id), outcome
            )
            raise _Undone
    except _Undone:
        return found


def _publish() -> None:
    """Have decided now what is decided at commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
