"""An operator that heard no answer sends its payment again. Nobody gains or loses by it. Cases: V07, V13."""

from collections.abc import Callable

import pytest

from given import a_subscriber, an_operator, balance, charged, later, paid, the_clock_says, utc
from netledger.ledger import clock
from netledger.ledger.amounts import parse_amount
from netledger.ledger.models import Transfer
from netledger.payments.errors import OperatorRetired, PaymentConflict
from netledger.payments.models import Operator, Payment, SentIdentifier
from netledger.payments.services import Receipt, retire_operator, take_payment
from netledger.subscribers.errors import SubscriberUnknown
from netledger.subscribers.models import Subscriber
from netledger.subscribers.services import close_subscriber
from together import at_once

with_db = pytest.mark.django_db

TAKEN_AT = utc(2026, 11, 10, 12)

Pay = Callable[..., Receipt]


@pytest.fixture
def debtor(db: None) -> Subscriber:
    """One who owes 30.00."""
    the_clock_says(TAKEN_AT)
    debtor = a_subscriber("10245")
    charged(debtor, "30.00")
    return debtor


@pytest.fixture
def operator(db: None) -> Operator:
    return an_operator()


@pytest.fixture
def pay(debtor: Subscriber, operator: Operator) -> Pay:
    """Send a payment of the operator's for the debtor, or as the test says."""

    def send(
        payment_id: str, amount: str, *, sent_to: str = "10245", subscriber: Subscriber | None = debtor
    ) -> Receipt:
        return take_payment(
            operator_id=operator.id,
            operator_payment_id=payment_id,
            sent_to=sent_to,
            subscriber_id=None if subscriber is None else subscriber.id,
            amount=parse_amount(amount),
            taken_at=clock.now(),
        )

    return send


def _but_the_outcome(receipt: Receipt) -> tuple[object, ...]:
    return receipt[1:]


def test_gets_the_first_receipt_and_moves_nothing(debtor: Subscriber, pay: Pay) -> None:
    first = pay("A-1", "100.00")
    later(hours=1)
    pay("A-2", "5.00")

    again = pay("A-1", "100.00")

    assert (first.outcome, again.outcome) == ("taken", "repeat")
    assert _but_the_outcome(again) == _but_the_outcome(first)
    assert (first.amount, first.balance_after, first.taken_at) == (100, -30 + 100, TAKEN_AT)
    assert balance(debtor) == -30 + 100 + 5
    assert Payment.objects.count() == 2


def test_the_receipt_names_the_operation_of_the_books(
    debtor: Subscriber, operator: Operator, pay: Pay
) -> None:
    receipt = pay("A-1", "100.00")

    transfer = Transfer.objects.get(pk=receipt.operation_id)
    assert (transfer.debit_id, transfer.credit_id) == (operator.account_id, debtor.account_id)
    assert (transfer.amount, transfer.kind, transfer.happened_at) == (100, "payment", TAKEN_AT)
    payment = Payment.objects.get(transfer_id=receipt.operation_id)
    assert (payment.operator, payment.operator_payment_id, payment.subscriber) == (operator, "A-1", debtor)
    assert SentIdentifier.objects.get(payment=payment).text == "10245"


@pytest.mark.parametrize("amount", ["100.01", "99.99", "10000.00"])
def test_with_another_sum_is_a_conflict(debtor: Subscriber, pay: Pay, amount: str) -> None:
    first = pay("A-1", "100.00")

    with pytest.raises(PaymentConflict) as refused:
        pay("A-1", amount)

    assert refused.value.facts() == {"operator_payment_id": "A-1", "operation_id": first.operation_id}
    assert balance(debtor) == -30 + 100


def test_with_another_contract_is_a_conflict(debtor: Subscriber, pay: Pay) -> None:
    stranger = a_subscriber("20001")
    pay("A-1", "100.00")

    with pytest.raises(PaymentConflict):
        pay("A-1", "100.00", sent_to="20001", subscriber=stranger)

    assert (balance(debtor), balance(stranger)) == (-30 + 100, 0)


def test_the_same_id_of_another_operator_is_another_payment(debtor: Subscriber, pay: Pay) -> None:
    first = pay("777", "100.00")

    other = paid(debtor, "100.00", operator=an_operator(), payment_id="777")

    assert other.operation_id != first.operation_id
    assert balance(debtor) == -30 + 100 + 100


@pytest.mark.parametrize("other_id", ["A-01", "a-1", "A-1 ", "А-1"])
def test_ids_are_compared_as_text(debtor: Subscriber, pay: Pay, other_id: str) -> None:
    pay("A-1", "100.00")

    pay(other_id, "100.00")

    assert balance(debtor) == -30 + 100 + 100


def test_the_same_sum_written_otherwise_is_the_same(pay: Pay) -> None:
    first = pay("A-1", "100")

    assert (
        _but_the_outcome(pay("A-1", "100.0"))
        == _but_the_outcome(pay("A-1", "100.00"))
        == _but_the_outcome(first)
    )


def test_it_is_answered_when_the_identifier_names_nobody_any_more(debtor: Subscriber, pay: Pay) -> None:
    first = pay("A-1", "100.00", sent_to="10.0.0.5")

    again = pay("A-1", "100.00", sent_to="10.0.0.5", subscriber=None)

    assert _but_the_outcome(again) == _but_the_outcome(first)
    assert balance(debtor) == -30 + 100


def test_it_is_answered_when_the_identifier_is_anothers_now(debtor: Subscriber, pay: Pay) -> None:
    first = pay("A-1", "100.00", sent_to="10.0.0.5")
    heir = a_subscriber()

    again = pay("A-1", "100.00", sent_to="10.0.0.5", subscriber=heir)

    assert again.subscriber_id == debtor.id
    assert _but_the_outcome(again) == _but_the_outcome(first)
    assert (balance(debtor), balance(heir)) == (-30 + 100, 0)


def test_it_is_answered_when_it_names_the_same_subscriber_otherwise(pay: Pay) -> None:
    first = pay("A-1", "100.00", sent_to="10.0.0.5")

    assert _but_the_outcome(pay("A-1", "100.00", sent_to="ivanov")) == _but_the_outcome(first)


def test_another_text_that_names_nobody_is_a_conflict(pay: Pay) -> None:
    pay("A-1", "100.00", sent_to="10.0.0.5")

    with pytest.raises(PaymentConflict):
        pay("A-1", "100.00", sent_to="10.0.0.6", subscriber=None)


def test_what_was_sent_may_be_blanked_and_the_subscriber_still_counts(pay: Pay) -> None:
    first = pay("A-1", "100.00", sent_to="ivanov")
    SentIdentifier.objects.update(text=None)

    assert _but_the_outcome(pay("A-1", "100.00", sent_to="ivanov")) == _but_the_outcome(first)
    with pytest.raises(PaymentConflict):
        pay("A-1", "100.00", sent_to="ivanov", subscriber=None)


def test_a_new_one_for_nobody_is_refused(pay: Pay) -> None:
    with pytest.raises(SubscriberUnknown) as refused:
        pay("A-1", "100.00", sent_to="30003", subscriber=None)

    assert refused.value.sent_to == "30003"
    assert Payment.objects.count() == 0


def test_a_retired_operator_is_answered_for_old_ones_and_takes_no_new(
    debtor: Subscriber, operator: Operator, pay: Pay
) -> None:
    first = pay("A-1", "100.00")
    retire_operator(code=operator.code)

    again = pay("A-1", "100.00")
    with pytest.raises(OperatorRetired) as refused:
        pay("A-2", "100.00")

    assert _but_the_outcome(again) == _but_the_outcome(first)
    assert refused.value.operator_code == operator.code
    assert balance(debtor) == -30 + 100


def test_a_closed_contract_is_answered_too(debtor: Subscriber, pay: Pay) -> None:
    first = pay("A-1", "100.00")
    close_subscriber(subscriber_id=debtor.id)

    assert _but_the_outcome(pay("A-1", "100.00")) == _but_the_outcome(first)


@pytest.mark.usefixtures("committed_db")
def test_fifty_times_at_once_is_one_credit_and_fifty_equal_answers() -> None:
    debtor, operator = a_subscriber(), an_operator()

    answers = at_once(*[lambda: paid(debtor, "100.00", operator=operator, payment_id="777")] * 50)

    assert sorted(answer.outcome for answer in answers) == ["repeat"] * 49 + ["taken"]
    assert len({(*answer[1:5],) for answer in answers}) == 1
    assert len({answer.taken_at for answer in answers}) == 1
    assert balance(debtor) == answers[0].balance_after == 100
    assert Payment.objects.count() == Transfer.objects.count() == 1


@pytest.mark.usefixtures("committed_db")
def test_for_two_contracts_at_once_is_one_credit_and_a_conflict() -> None:
    one, other, operator = a_subscriber(), a_subscriber(), an_operator()

    def pay_for(subscriber: Subscriber) -> Receipt:
        return paid(subscriber, "100.00", operator=operator, payment_id="777")

    answers = at_once(*[lambda: pay_for(one), lambda: pay_for(other)] * 10)

    conflicts = [answer for answer in answers if isinstance(answer, PaymentConflict)]
    assert len(conflicts) == 10
    assert sorted([balance(one), balance(other)]) == [0, 100]
