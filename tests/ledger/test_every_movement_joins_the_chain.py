"""Whichever way money moves, its transfer follows the one before it on the account, and the balance follows it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from given import a_subscriber, balance, charged, gained_by, moved, statement_of, the_clock_says, utc
from netledger.ledger.models import Account, Transfer
from netledger.ledger.services import (
    Movement,
    record_bulk,
    record_transfer,
    reverse_transfer,
    system_account_id,
)
from netledger.subscribers.models import Subscriber

pytestmark = pytest.mark.django_db


def _movement(subscriber: Subscriber, delta: str) -> Movement:
    return Movement(
        account_id=subscriber.account_id,
        contra_id=system_account_id(Account.Kind.REVENUE),
        delta=Decimal(delta),
        kind=Transfer.Kind.CHARGE,
        purpose="November",
        accounting_day=date(2026, 11, 3),
        happened_at=utc(2026, 11, 2, 21),
    )


def _chain_of(subscriber: Subscriber) -> list[tuple[Decimal, Decimal]]:
    """What each transfer moved, and the balance that it left, in the order of the ids."""
    return [
        (
            transfer.amount if transfer.credit_id == subscriber.account_id else -transfer.amount,
            transfer.balance_after,
        )
        for transfer in statement_of(subscriber)
    ]


def test_one_by_one() -> None:
    subscriber = a_subscriber()

    moved(subscriber, "100.00")
    charged(subscriber, "30.50")

    assert _chain_of(subscriber) == [(100, 100), (Decimal("-30.50"), 100 - Decimal("30.50"))]
    assert balance(subscriber) == 100 - Decimal("30.50")


def test_with_all_that_explains_it() -> None:
    subscriber = a_subscriber()
    the_clock_says(utc(2026, 11, 5, 9))

    recorded = record_transfer(_movement(subscriber, "-310.00"))

    transfer = Transfer.objects.get(pk=recorded.transfer_id)
    assert (transfer.debit_id, transfer.credit_id) == (
        subscriber.account_id,
        system_account_id(Account.Kind.REVENUE),
    )
    assert (transfer.amount, transfer.kind, transfer.purpose) == (310, "charge", "November")
    assert transfer.accounting_day == date(2026, 11, 3)
    assert (transfer.happened_at, transfer.recorded_at) == (utc(2026, 11, 2, 21), utc(2026, 11, 5, 9))
    assert transfer.balance_after == recorded.balance_after == -310


def test_in_bulk_as_one_by_one() -> None:
    one, other = a_subscriber(), a_subscriber()
    moved(one, "10.00")

    ids = record_bulk([_movement(one, "-3.00"), _movement(other, "-5.00"), _movement(one, "4.00")])

    assert ids == sorted(ids)
    assert len(ids) == 3
    assert _chain_of(one) == [(10, 10), (-3, 10 - 3), (4, 10 - 3 + 4)]
    assert _chain_of(other) == [(-5, -5)]
    assert (balance(one), balance(other)) == (10 - 3 + 4, -5)


def test_when_taken_back_once() -> None:
    subscriber = a_subscriber()
    charge = charged(subscriber, "30.00")
    moved(subscriber, "100.00")

    first = reverse_transfer(transfer_id=charge.transfer_id)
    again = reverse_transfer(transfer_id=charge.transfer_id)

    assert (first.outcome, first.balance_after) == ("done", -30 + 100 + 30)
    assert again == first._replace(outcome="already")
    assert _chain_of(subscriber) == [(-30, -30), (100, -30 + 100), (30, -30 + 100 + 30)]


def test_and_the_other_side_gains_what_this_one_loses() -> None:
    subscriber = a_subscriber()
    before = gained_by(system_account_id(Account.Kind.REVENUE))

    charged(subscriber, "30.00")

    assert gained_by(system_account_id(Account.Kind.REVENUE)) == before + 30


def test_and_a_movement_that_the_table_refuses_leaves_the_balance() -> None:
    subscriber = a_subscriber()
    moved(subscriber, "1.00")

    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before_it")
        with pytest.raises(Exception, match="money_moves_between_two"):
            record_transfer(_movement(subscriber, "-5.00")._replace(contra_id=subscriber.account_id))
        cursor.execute("ROLLBACK TO before_it")

    assert balance(subscriber) == 1
