"""However many write at once, an account's ids are in the order of its balances, and nobody waits in a circle."""

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest
from django.db import transaction

from given import a_subscriber, balance, charged, moved, statement_of
from netledger.ledger import check
from netledger.ledger.models import Transfer
from netledger.ledger.services import Movement, lock_account, record_bulk
from netledger.subscribers.models import Subscriber
from together import at_once

pytestmark = pytest.mark.usefixtures("committed_db")

THREADS = 8


def test_in_the_order_of_their_ids() -> None:
    subscriber = a_subscriber()

    def one_after_another() -> None:
        for _ in range(20):
            moved(subscriber, "3.00")
            charged(subscriber, "1.00")

    at_once(*[one_after_another] * THREADS)

    statement = statement_of(subscriber)
    assert len(statement) == THREADS * 20 * 2
    for before, after in pairwise(statement):
        gained = after.credit_id == subscriber.account_id
        assert after.balance_after == before.balance_after + (after.amount if gained else -after.amount)
        assert after.recorded_at >= before.recorded_at
    assert balance(subscriber) == statement[-1].balance_after == THREADS * 20 * (3 - 1)


def test_in_bulk_and_one_by_one_at_once() -> None:
    one, other = a_subscriber(), a_subscriber()
    known = Transfer.objects.get(pk=moved(one, "1.00").transfer_id)
    movements = [
        Movement(
            account_id,
            known.debit_id,
            Decimal(2),
            known.kind,
            "test",
            known.accounting_day,
            known.happened_at,
        )
        for account_id in (other.account_id, one.account_id, other.account_id)
    ]

    def in_bulk() -> None:
        for _ in range(10):
            record_bulk(movements)

    def one_by_one() -> None:
        for _ in range(20):
            charged(one, "1.00")
            charged(other, "1.00")

    at_once(*[in_bulk, one_by_one] * (THREADS // 2))

    each = THREADS // 2
    assert balance(one) == 1 + each * (10 * 2 - 20 * 1)
    assert balance(other) == each * (10 * 2 * 2 - 20 * 1)
    assert list(check.differences()) == []


def _swap(one: Subscriber, other: Subscriber) -> None:
    """Money from one to the other: both accounts locked first, in the order of id."""
    with transaction.atomic():
        for account_id in sorted((one.account_id, other.account_id)):
            lock_account(account_id)
        moved(one, "-7.00")
        moved(other, "7.00")


def _swaps(subscribers: list[Subscriber], seed: int) -> Callable[[], None]:
    def run() -> None:
        random = Random(seed)
        for _ in range(25):
            _swap(*random.sample(subscribers, 2))

    return run


def test_in_opposite_directions_without_a_deadlock() -> None:
    """Balances go over 0 and back all the time, so that decisions are published at commit, too."""
    subscribers = [a_subscriber() for _ in range(3)]

    at_once(*[_swaps(subscribers, seed) for seed in range(THREADS)])

    assert sum(balance(subscriber) for subscriber in subscribers) == 0
    assert list(check.differences()) == []
