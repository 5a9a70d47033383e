"""A transfer is taken back by one other, and that is final. Cases: V10."""

import pytest

from given import a_subscriber, balance, charged, later, moved, the_clock_says, utc
from netledger.ledger import check
from netledger.ledger.errors import ReversalNotReversible, TransferUnknown
from netledger.ledger.models import Reversal, Transfer
from netledger.ledger.queries import find_transfer
from netledger.ledger.services import reverse_transfer
from together import at_once


@pytest.mark.django_db
@pytest.mark.parametrize("delta", ["500.00", "-500.00"])
def test_by_its_exact_opposite(delta: str) -> None:
    subscriber = a_subscriber()
    the_clock_says(utc(2026, 11, 10, 12))
    original = find_transfer(moved(subscriber, delta).transfer_id)
    assert original is not None
    later(days=3)

    taken_back = reverse_transfer(transfer_id=original.id)

    reversing = Transfer.objects.get(pk=taken_back.reversing_id)
    assert (reversing.kind, reversing.amount) == ("reversal", 500)
    assert (reversing.debit_id, reversing.credit_id) == (original.credit_id, original.debit_id)
    assert (reversing.purpose, reversing.happened_at) == (f"reversal of {original.id}", utc(2026, 11, 13, 12))
    assert balance(subscriber) == taken_back.balance_after == 0


@pytest.mark.django_db
def test_and_the_second_is_refused_to_be_taken_back() -> None:
    subscriber = a_subscriber()
    taken_back = reverse_transfer(transfer_id=charged(subscriber, "30.00").transfer_id)
    assert taken_back.reversing_id is not None

    with pytest.raises(ReversalNotReversible) as refused:
        reverse_transfer(transfer_id=taken_back.reversing_id)

    assert refused.value.operation_id == taken_back.reversing_id
    assert balance(subscriber) == -30 + 30


@pytest.mark.django_db
def test_unless_there_is_none() -> None:
    unknown = charged(a_subscriber(), "30.00").transfer_id + 1

    with pytest.raises(TransferUnknown):
        reverse_transfer(transfer_id=unknown)


@pytest.mark.usefixtures("committed_db")
def test_by_one_of_twenty_at_once() -> None:
    subscriber = a_subscriber()
    payment = moved(subscriber, "500.00")

    answers = at_once(*[lambda: reverse_transfer(transfer_id=payment.transfer_id)] * 20)

    assert sorted(answer.outcome for answer in answers) == ["already"] * 19 + ["done"]
    assert {(answer.reversing_id, answer.balance_after) for answer in answers} == {
        (Reversal.objects.get(reversed_id=payment.transfer_id).reversing_id, 500 - 500)
    }
    assert balance(subscriber) == 500 - 500
    assert list(check.differences()) == []
