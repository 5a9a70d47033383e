"""`check` walks the books and names each thing in them that does not tie."""

import psycopg
import pytest

from given import a_subscriber, charged, moved
from netledger.installation.database import conninfo
from netledger.ledger import check
from netledger.ledger.models import Account
from netledger.ledger.services import reverse_transfer, system_account_id
from netledger.subscribers.models import Subscriber
from tampering import tamper

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def subscriber(committed_db: None) -> Subscriber:
    """One who paid 100.00 and was charged 30.00, beside another who was left alone."""
    other, subscriber = a_subscriber(), a_subscriber()
    moved(other, "5.00")
    moved(subscriber, "100.00")
    charged(subscriber, "30.00")
    return subscriber


def _differences() -> list[str]:
    return list(check.differences())


def _broken_chain(transfer_id: int, subscriber: Subscriber, stored: int, right: int) -> str:
    return (
        f"ledger: operation {transfer_id} of account {subscriber.account_id}: "
        f"balance after it {stored}.00, by the chain {right}.00"
    )


def _broken_balance(subscriber: Subscriber, stored: int, right: int) -> str:
    return f"ledger: account {subscriber.account_id}: balance {stored}.00, its transfers add up to {right}.00"


def test_and_nothing_else(subscriber: Subscriber) -> None:
    reverse_transfer(transfer_id=charged(subscriber, "1.00").transfer_id)

    assert _differences() == []


def test_a_balance_that_is_not_the_sum(subscriber: Subscriber) -> None:
    tamper("UPDATE ledger_account SET balance = balance + 1 WHERE id = %s", subscriber.account_id)

    assert _differences() == [_broken_balance(subscriber, 100 - 30 + 1, 100 - 30)]


def test_a_balance_without_any_transfer(committed_db: None) -> None:
    rich = a_subscriber()
    tamper("UPDATE ledger_account SET balance = 5 WHERE id = %s", rich.account_id)

    assert _differences() == [_broken_balance(rich, 5, 0)]


def test_a_chain_that_is_broken(subscriber: Subscriber) -> None:
    last = charged(subscriber, "1.00").transfer_id
    tamper("UPDATE ledger_transfer SET balance_after = balance_after + 2 WHERE id = %s", last)

    assert _differences() == [_broken_chain(last, subscriber, 100 - 30 - 1 + 2, 100 - 30 - 1)]


def test_a_transfer_that_is_gone(subscriber: Subscriber) -> None:
    gone = moved(subscriber, "1.00").transfer_id
    after = moved(subscriber, "2.00").transfer_id
    tamper("DELETE FROM ledger_transfer WHERE id = %s", gone)

    assert _differences() == [
        _broken_chain(after, subscriber, 100 - 30 + 1 + 2, 100 - 30 + 2),
        _broken_balance(subscriber, 100 - 30 + 1 + 2, 100 - 30 + 2),
    ]


def test_a_reversal_of_another_sum(subscriber: Subscriber) -> None:
    charge = charged(subscriber, "10.00")
    reversing_id = reverse_transfer(transfer_id=charge.transfer_id).reversing_id
    tamper(
        "UPDATE ledger_transfer SET amount = amount - 1, balance_after = balance_after - 1 WHERE id = %s",
        reversing_id,
    )
    tamper("UPDATE ledger_account SET balance = balance - 1 WHERE id = %s", subscriber.account_id)

    assert _differences() == [
        f"ledger: operation {reversing_id} does not reverse exactly operation {charge.transfer_id}"
    ]


def test_a_reversal_without_what_it_reverses(subscriber: Subscriber) -> None:
    charge = charged(subscriber, "10.00")
    reversing_id = reverse_transfer(transfer_id=charge.transfer_id).reversing_id
    tamper("DELETE FROM ledger_reversal WHERE reversing_id = %s", reversing_id)

    assert _differences() == [f"ledger: operation {reversing_id} does not reverse exactly operation 0"]


def test_a_reversal_of_a_reversal(subscriber: Subscriber) -> None:
    charge = charged(subscriber, "10.00")
    reversing_id = reverse_transfer(transfer_id=charge.transfer_id).reversing_id
    again = charged(subscriber, "10.00").transfer_id
    tamper("UPDATE ledger_transfer SET kind = 'reversal' WHERE id = %s", again)
    tamper("INSERT INTO ledger_reversal (reversed_id, reversing_id) VALUES (%s, %s)", reversing_id, again)

    assert _differences() == [f"ledger: operation {again} does not reverse exactly operation {reversing_id}"]


def test_a_transfer_between_two_subscribers(subscriber: Subscriber) -> None:
    stranger = a_subscriber()
    wrong = moved(subscriber, "1.00").transfer_id
    tamper("UPDATE ledger_transfer SET debit_id = %s WHERE id = %s", stranger.account_id, wrong)

    assert _differences() == [f"ledger: operation {wrong} is not between a subscriber and a system account"]


def test_a_transfer_from_nowhere(subscriber: Subscriber) -> None:
    wrong = moved(subscriber, "1.00").transfer_id
    nowhere = system_account_id(Account.Kind.REVENUE) + 1_000_000
    tamper("UPDATE ledger_transfer SET debit_id = %s WHERE id = %s", nowhere, wrong)

    assert _differences() == [f"ledger: operation {wrong} is not between a subscriber and a system account"]


def test_a_guard_that_is_off_or_gone(committed_db: None) -> None:
    for table in ("ledger_transfer", "ledger_transfer_000001", "ledger_reversal"):
        guard = f"{table.removesuffix('_000001')}_is_append_only"
        for change in (f"ALTER TABLE {table} DISABLE TRIGGER {guard}", f"DROP TRIGGER {guard} ON {table}"):
            with psycopg.connect(conninfo("owner"), autocommit=True) as owner:
                owner.execute(change)
            assert f"ledger: table {table} is not guarded against change" in _differences()

    assert len(_differences()) == 3
