"""`check` holds payments against the books, and what accounts may owe against the credits in force."""

import psycopg
import pytest
from django.db import transaction

from given import a_subscriber, an_operator, later, lent, moved, paid, published, the_clock_says, utc
from netledger.installation.database import conninfo
from netledger.ledger import clock
from netledger.payments import check, tasks
from netledger.payments.models import Payment
from netledger.payments.services import Receipt
from tampering import tamper

pytestmark = pytest.mark.usefixtures("committed_db")


def _differences() -> list[str]:
    return list(check.differences())


def _payment_id(receipt: Receipt) -> int:
    return Payment.objects.get(transfer_id=receipt.operation_id).id


def _not_what_it_says(payment_id: int, receipt: Receipt) -> str:
    return f"payments: payment {payment_id} is not what operation {receipt.operation_id} says"


def _overdraft(contract_number: str, overdraft: int, right: int) -> str:
    return (
        f"payments: contract {contract_number}: overdraft {overdraft}.00, the credit in force is {right}.00"
    )


def test_and_nothing_that_ties() -> None:
    subscriber = a_subscriber()
    paid(subscriber, "1.00")
    moved(subscriber, "1.00")
    lent(subscriber, "300.00")

    assert _differences() == []


def test_a_payment_that_is_not_its_operation() -> None:
    subscriber, operator = a_subscriber(), an_operator()
    receipts = [paid(subscriber, "1.00", operator=operator) for _ in range(4)]
    amount, whose, operators, nothing = (_payment_id(receipt) for receipt in receipts)
    before = _differences()

    tamper("UPDATE payments_payment SET amount = amount + 1 WHERE id = %s", amount)
    tamper("UPDATE payments_payment SET subscriber_id = %s WHERE id = %s", a_subscriber().id, whose)
    tamper("UPDATE payments_payment SET operator_id = %s WHERE id = %s", an_operator().id, operators)
    tamper("DELETE FROM ledger_transfer WHERE id = %s", receipts[3].operation_id)

    assert before == []
    assert _differences() == [
        _not_what_it_says(payment_id, receipt)
        for payment_id, receipt in zip((amount, whose, operators, nothing), receipts, strict=True)
    ]


def test_an_operation_that_no_payment_made() -> None:
    receipt = paid(a_subscriber(), "1.00")
    tamper("DELETE FROM payments_sentidentifier WHERE payment_id = %s", _payment_id(receipt))
    tamper("DELETE FROM payments_payment WHERE transfer_id = %s", receipt.operation_id)

    assert _differences() == [_not_what_it_says(0, receipt)]


def test_an_operators_id_that_stands_twice() -> None:
    subscriber, operator = a_subscriber(), an_operator("osmp")
    paid(subscriber, "1.00", operator=operator, payment_id="777")
    other = paid(subscriber, "1.00", operator=operator, payment_id="778")
    with psycopg.connect(conninfo("owner")) as owner:
        owner.execute("ALTER TABLE payments_payment DROP CONSTRAINT payment_once_per_operator")
    tamper("UPDATE payments_payment SET operator_payment_id = '777' WHERE id = %s", _payment_id(other))

    assert _differences() == ["payments: osmp 777 stands more than once"]


def test_leave_to_owe_without_a_credit_and_a_credit_without_leave() -> None:
    without, more = a_subscriber("10245"), a_subscriber("20001")
    lent(more, "300.00")
    tamper("UPDATE ledger_account SET overdraft = 500 WHERE id = %s", without.account_id)
    tamper("UPDATE ledger_account SET overdraft = 200 WHERE id = %s", more.account_id)

    assert _differences() == [_overdraft("10245", 500, 0), _overdraft("20001", 200, 300)]


def test_a_credit_whose_day_is_over_once_the_ticker_is_late() -> None:
    with transaction.atomic():
        the_clock_says(utc(2026, 11, 10, 12))
        lent(a_subscriber("10245"), "500.00", until_on=utc(2026, 11, 11).date())
        published()
        the_clock_says(utc(2026, 11, 12))
        just_now = _differences()
        later(seconds=6)
        late = _differences()
        tasks.tick(clock.now())

        assert (just_now, late) == ([], [_overdraft("10245", 500, 0)])
        assert _differences() == []
