"""A mistake is put right by a correction or a reversal, with who and why, and what was written stays. Cases: V10."""

from decimal import Decimal

import pytest

from given import a_subscriber, an_operator, balance, charged, paid, the_clock_says, utc
from netledger.ledger.errors import AlreadyReversed, ReversalNotReversible, TransferUnknown
from netledger.ledger.models import Account, Transfer
from netledger.ledger.services import system_account_id
from netledger.payments.corrections import correct_balance, reverse_operation
from netledger.payments.errors import ReasonMissing, SumOutOfLimits
from netledger.payments.models import Remark
from netledger.payments.services import cancel_payment
from netledger.subscribers.models import Subscriber
from netledger.subscribers.services import close_subscriber

pytestmark = pytest.mark.django_db


def _correct(subscriber: Subscriber, delta: str, *, author: str = "Петрова", why: str = "перерасчёт") -> int:
    return correct_balance(
        subscriber_id=subscriber.id, delta=Decimal(delta), author=author, why=why
    ).transfer_id


def _reverse(operation_id: int, *, author: str = "Петрова", why: str = "ошибка") -> int:
    return reverse_operation(operation_id=operation_id, author=author, why=why).transfer_id


@pytest.mark.parametrize("delta", ["25.50", "-25.50", "99999999.99", "-0.01"])
def test_a_correction_moves_what_it_says(delta: str) -> None:
    the_clock_says(utc(2026, 11, 10, 12))
    subscriber = a_subscriber()

    transfer = Transfer.objects.get(pk=_correct(subscriber, delta))

    sides = (system_account_id(Account.Kind.CORRECTIONS), subscriber.account_id)
    assert (transfer.debit_id, transfer.credit_id) == (sides if Decimal(delta) > 0 else sides[::-1])
    assert (transfer.kind, transfer.amount) == ("correction", abs(Decimal(delta)))
    assert (transfer.accounting_day, transfer.happened_at) == (
        utc(2026, 11, 10).date(),
        utc(2026, 11, 10, 12),
    )
    assert balance(subscriber) == Decimal(delta)
    remark = Remark.objects.get(pk=transfer.id)
    assert (remark.author, remark.why) == ("Петрова", "перерасчёт")


@pytest.mark.parametrize("delta", ["0", "0.005", "100000000.00", "-100000000.00", "NaN", "Infinity"])
def test_a_correction_that_cannot_be_moved_is_refused(delta: str) -> None:
    subscriber = a_subscriber()

    with pytest.raises(SumOutOfLimits):
        _correct(subscriber, delta)

    assert balance(subscriber) == 0


@pytest.mark.parametrize(("author", "why"), [("", "перерасчёт"), ("Петрова", ""), (" ", "\n")])
def test_without_author_or_reason_nothing_is_put_right(author: str, why: str) -> None:
    subscriber = a_subscriber()
    charge = charged(subscriber, "30.00")

    with pytest.raises(ReasonMissing):
        _correct(subscriber, "1.00", author=author, why=why)
    with pytest.raises(ReasonMissing):
        _reverse(charge.transfer_id, author=author, why=why)

    assert balance(subscriber) == -30


def test_a_charge_or_payment_is_taken_back_once() -> None:
    subscriber = a_subscriber()
    charge = charged(subscriber, "30.00")

    reversing_id = _reverse(charge.transfer_id)
    with pytest.raises(AlreadyReversed) as refused:
        _reverse(charge.transfer_id)

    assert refused.value.facts() == {"operation_id": charge.transfer_id, "reversing_id": reversing_id}
    assert balance(subscriber) == -30 + 30
    assert list(Remark.objects.values_list("transfer_id", "why")) == [(reversing_id, "ошибка")]


def test_a_wrong_reversal_is_put_right_by_a_correction_only() -> None:
    subscriber = a_subscriber()
    reversing_id = _reverse(charged(subscriber, "30.00").transfer_id)

    with pytest.raises(ReversalNotReversible) as refused:
        _reverse(reversing_id)
    _correct(subscriber, "-30.00")

    assert refused.value.operation_id == reversing_id
    assert balance(subscriber) == -30 + 30 - 30


def test_a_payment_that_its_operator_cancelled_is_not_taken_back_again() -> None:
    subscriber, operator = a_subscriber(), an_operator()
    payment = paid(subscriber, "500.00", operator=operator, payment_id="A-1")
    cancelled = cancel_payment(
        operator_id=operator.id, operator_payment_id="A-1", sent_to=None, subscriber_id=None, amount=None
    )

    with pytest.raises(AlreadyReversed) as refused:
        _reverse(payment.operation_id)

    assert refused.value.reversing_id == cancelled.operation_id
    assert balance(subscriber) == 500 - 500


def test_an_operation_that_is_not_there_is_named() -> None:
    with pytest.raises(TransferUnknown) as refused:
        _reverse(10**15)

    assert refused.value.operation_id == 10**15


def test_a_closed_contract_can_still_be_put_right() -> None:
    subscriber = a_subscriber()
    charge = charged(subscriber, "30.00")
    close_subscriber(subscriber_id=subscriber.id)

    _reverse(charge.transfer_id)
    _correct(subscriber, "-1.00")

    assert balance(subscriber) == -30 + 30 - 1
