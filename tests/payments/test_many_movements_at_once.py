"""Payments, charges, reversals and corrections of one subscriber, all at once, lose nothing. Cases: V09."""

from collections.abc import Callable
from decimal import Decimal
from queue import Queue
from random import Random

import pytest

from given import a_customer, an_operator, balance, charged, gained_by, paid
from netledger.access import check as access_check
from netledger.ledger import check as ledger_check
from netledger.ledger.models import Transfer
from netledger.payments import check as payments_check
from netledger.payments.corrections import correct_balance, reverse_operation
from together import at_once

pytestmark = pytest.mark.usefixtures("committed_db")

WORKERS = 8
GET_TIMEOUT_S = 30


def _one_by_one(calls: list[Callable[[], int]]) -> Callable[[], list[int]]:
    return lambda: [call() for call in calls]


def test_the_sum_is_right_and_everything_ties() -> None:
    customer, operator = a_customer(), an_operator()
    payments: Queue[int] = Queue()

    def pay() -> int:
        operation_id = paid(customer, "10.00", operator=operator).operation_id
        payments.put(operation_id)
        return operation_id

    def charge() -> int:
        return charged(customer, "7.00").transfer_id

    def reverse() -> int:
        operation_id = payments.get(timeout=GET_TIMEOUT_S)
        return reverse_operation(operation_id=operation_id, author="staff", why="test").transfer_id

    def correct() -> int:
        return correct_balance(
            subscriber_id=customer.id, delta=Decimal("-1.00"), author="staff", why="test"
        ).transfer_id

    work = [charge] * 100 + [reverse] * 20 + [correct] * 30 + [pay] * (200 - WORKERS)
    Random(9).shuffle(work)
    shares = [[pay, *work[number::WORKERS]] for number in range(WORKERS)]

    acknowledged = at_once(*[_one_by_one(share) for share in shares])

    ids = [operation_id for share in acknowledged for operation_id in share]
    assert balance(customer) == 200 * 10 - 100 * 7 - 20 * 10 - 30 * 1
    assert gained_by(operator.account_id) == 20 * 10 - 200 * 10
    assert sorted(ids) == list(Transfer.objects.order_by("id").values_list("id", flat=True))
    assert len(ids) == 200 + 100 + 20 + 30
    for check in (ledger_check, payments_check, access_check):
        assert list(check.differences()) == []
