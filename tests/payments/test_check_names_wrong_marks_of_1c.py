"""`check` names each mark of 1C that is of no operation, is not there, or has another's code."""

import psycopg
import pytest

from given import a_subscriber, paid
from netledger.installation.database import conninfo
from netledger.ledger.amounts import parse_amount
from netledger.ledger.clock import today
from netledger.payments import check
from netledger.payments.onec import bring_payment, mark_operation
from netledger.subscribers.onec import confirm_to_onec
from tampering import tamper

pytestmark = pytest.mark.usefixtures("committed_db")


def brought(code: str) -> int:
    """The operation of a payment that 1C has brought."""
    return bring_payment(
        onec_code=code,
        subscriber_code="000000123",
        amount=parse_amount("5.00"),
        paid_on=today(),
        number="1",
        description="",
    ).operation_id


def test_and_nothing_else() -> None:
    ivanov = confirm_to_onec(subscriber_id=a_subscriber().pk, onec_code="000000123")
    twin, other = paid(ivanov, "1.00").operation_id, paid(ivanov, "2.00").operation_id
    mark_operation(operation_id=twin, onec_code="1")
    mark_operation(operation_id=other, onec_code="2")
    bare, fine = brought("УТ-1"), brought("УТ-2")

    before = list(check.differences())
    with psycopg.connect(conninfo("owner")) as owner:
        owner.execute("ALTER TABLE payments_onecmark DROP CONSTRAINT operation_once_per_onec_code")
    tamper("UPDATE payments_onecmark SET onec_code = '1' WHERE transfer_id = %s", other)
    tamper("DELETE FROM payments_onecmark WHERE transfer_id = %s", bare)
    tamper("INSERT INTO payments_onecmark VALUES (%s, 'ghost', now())", fine + 1000)

    assert before == []
    assert list(check.differences()) == [
        f"payments: 1C's mark of operation {operation_id} is missing, or of no operation, or another's too"
        for operation_id in (twin, other, bare, fine + 1000)
    ]
