"""An operator may take a payment back, once, within its days, and hears the same whenever it asks again. Cases: V10."""

import pytest

from given import a_subscriber, an_operator, balance, charged, later, paid, the_clock_says, utc
from netledger.ledger import check
from netledger.ledger.amounts import parse_amount
from netledger.ledger.models import Transfer
from netledger.payments.corrections import reverse_operation
from netledger.payments.errors import (
    CancelledTooLate,
    PaymentCancelled,
    PaymentConflict,
    PaymentUnknown,
)
from netledger.payments.models import Operator
from netledger.payments.services import Cancellation, add_operator, cancel_payment, retire_operator
from netledger.subscribers.models import Subscriber
from netledger.subscribers.services import close_subscriber
from together import at_once

with_db = pytest.mark.django_db

NOON = utc(2026, 11, 10, 12)


def _cancel(
    operator: Operator,
    payment_id: str = "A-1",
    *,
    sent_to: str | None = None,
    subscriber: Subscriber | None = None,
    amount: str | None = None,
) -> Cancellation:
    return cancel_payment(
        operator_id=operator.id,
        operator_payment_id=payment_id,
        sent_to=sent_to,
        subscriber_id=None if subscriber is None else subscriber.id,
        amount=None if amount is None else parse_amount(amount),
    )


@pytest.fixture
def operator(db: None) -> Operator:
    the_clock_says(NOON)
    return an_operator()


@pytest.fixture
def payer(operator: Operator) -> Subscriber:
    """One who owed 30.00 and paid 500.00 as A-1."""
    payer = a_subscriber("10245")
    charged(payer, "30.00")
    paid(payer, "500.00", operator=operator, payment_id="A-1")
    return payer


def test_by_one_reversal_that_names_it(operator: Operator, payer: Subscriber) -> None:
    later(hours=1)

    cancellation = _cancel(operator)

    reversal = Transfer.objects.get(pk=cancellation.operation_id)
    assert (reversal.kind, reversal.purpose) == ("reversal", f"reversal of {cancellation.reversed_id}")
    assert (reversal.debit_id, reversal.credit_id) == (payer.account_id, operator.account_id)
    assert cancellation == Cancellation(
        outcome="cancelled",
        operation_id=reversal.id,
        reversed_id=cancellation.reversed_id,
        subscriber_id=payer.id,
        amount=parse_amount("500.00"),
        balance_after=reversal.balance_after,
        cancelled_at=utc(2026, 11, 10, 13),
    )
    assert balance(payer) == cancellation.balance_after == -30 + 500 - 500


def test_again_it_is_told_the_same_and_nothing_moves(operator: Operator, payer: Subscriber) -> None:
    first = _cancel(operator)
    later(days=60)
    charged(payer, "1.00")

    again = _cancel(operator)

    assert (first.outcome, again.outcome) == ("cancelled", "repeat")
    assert again[1:] == first[1:]
    assert balance(payer) == -30 + 500 - 500 - 1


def test_paid_again_under_the_same_id_it_stays_cancelled(operator: Operator, payer: Subscriber) -> None:
    _cancel(operator)

    with pytest.raises(PaymentCancelled) as refused:
        paid(payer, "500.00", operator=operator, payment_id="A-1")

    assert refused.value.operator_payment_id == "A-1"
    assert balance(payer) == -30 + 500 - 500


def test_a_payment_that_is_not_there_is_unknown(operator: Operator, payer: Subscriber) -> None:
    with pytest.raises(PaymentUnknown):
        _cancel(operator, "A-2")
    with pytest.raises(PaymentUnknown) as refused:
        _cancel(an_operator())

    assert refused.value.operator_payment_id == "A-1"
    assert balance(payer) == -30 + 500


def test_what_is_sent_beside_the_id_must_match(operator: Operator, payer: Subscriber) -> None:
    stranger = a_subscriber("20001")

    with pytest.raises(PaymentConflict):
        _cancel(operator, amount="499.99")
    with pytest.raises(PaymentConflict):
        _cancel(operator, sent_to="20001", subscriber=stranger)
    with pytest.raises(PaymentConflict):
        _cancel(operator, sent_to="nobody")
    assert balance(payer) == -30 + 500

    _cancel(operator, sent_to="ivanov", subscriber=payer, amount="500")

    assert balance(payer) == -30 + 500 - 500


def test_the_text_that_was_sent_then_matches_whomever_it_names_now(
    operator: Operator, payer: Subscriber
) -> None:
    cancelled = _cancel(operator, sent_to="10245", subscriber=a_subscriber())

    assert cancelled.subscriber_id == payer.id


def test_after_the_operators_days_it_is_too_late(operator: Operator, payer: Subscriber) -> None:
    slow = add_operator(code="slow", name="", cancel_within_days=3)
    paid(payer, "1.00", operator=slow, payment_id="A-1")
    paid(payer, "2.00", operator=slow, payment_id="A-2")

    later(days=3)
    _cancel(slow, "A-1")
    later(seconds=1)
    with pytest.raises(CancelledTooLate) as refused:
        _cancel(slow, "A-2")

    assert refused.value.facts() == {"operator_payment_id": "A-2", "days": 3}
    assert _cancel(slow, "A-1").outcome == "repeat"
    assert balance(payer) == -30 + 500 + 1 + 2 - 1


def test_thirty_days_are_given_where_nothing_else_is_said(operator: Operator, payer: Subscriber) -> None:
    later(days=30, seconds=1)

    with pytest.raises(CancelledTooLate):
        _cancel(operator)


def test_a_retired_operator_and_a_closed_contract_do_not_hinder_it(
    operator: Operator, payer: Subscriber
) -> None:
    retire_operator(code=operator.code)
    close_subscriber(subscriber_id=payer.id)

    _cancel(operator)

    assert balance(payer) == -30 + 500 - 500


def test_what_staff_took_back_is_cancelled_already(operator: Operator, payer: Subscriber) -> None:
    operation_id = Transfer.objects.get(account=payer.account_id, kind="payment").id
    reversed_ = reverse_operation(operation_id=operation_id, author="Петрова", why="ошибка кассира")

    cancellation = _cancel(operator)

    assert (cancellation.outcome, cancellation.operation_id) == ("repeat", reversed_.transfer_id)
    assert balance(payer) == -30 + 500 - 500


@pytest.mark.usefixtures("committed_db")
def test_twenty_times_at_once_it_is_taken_back_once() -> None:
    payer, operator = a_subscriber(), an_operator()
    paid(payer, "500.00", operator=operator, payment_id="A-1")

    answers = at_once(*[lambda: _cancel(operator)] * 20)

    assert sorted(answer.outcome for answer in answers) == ["cancelled"] + ["repeat"] * 19
    assert len({answer[1:] for answer in answers}) == 1
    assert balance(payer) == answers[0].balance_after == 500 - 500
    assert list(check.differences()) == []
