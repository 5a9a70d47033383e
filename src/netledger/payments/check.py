"""What does not hold between payments, credit and the books."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from netledger import sql


class _Payment(NamedTuple):
    payment_id: int
    transfer_id: int


class _Doubled(NamedTuple):
    operator_code: str
    operator_payment_id: str


class _Mark(NamedTuple):
    transfer_id: int


class _Overdraft(NamedTuple):
    contract_number: str
    overdraft: Decimal
    right_overdraft: Decimal


def differences() -> Iterator[str]:
    """Yields a sentence for each payment without its transfer, doubled payment, wrong overdraft or mark of 1C."""
    for payment in sql.rows("payments/broken_payments", _Payment):
        yield f"payments: payment {payment.payment_id} is not what operation {payment.transfer_id} says"
    for doubled in sql.rows("payments/doubled_payments", _Doubled):
        yield f"payments: {doubled.operator_code} {doubled.operator_payment_id} stands more than once"
    for row in sql.rows("payments/broken_overdrafts", _Overdraft):
        yield (
            f"payments: contract {row.contract_number}: overdraft {row.overdraft}, "
            f"the credit in force is {row.right_overdraft:.2f}"
        )
    for mark in sql.rows("payments/broken_marks", _Mark):
        yield f"payments: 1C's mark of operation {mark.transfer_id} is missing, or of no operation, or another's too"
