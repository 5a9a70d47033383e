"""Who was first to send a payment, and who to cancel it, is decided in the database, in one place."""

import pytest
from django.db import connection

from given import a_subscriber, an_operator, balance, later, paid, the_clock_says, utc
from netledger.ledger.queries import find_transfer
from netledger.payments.queries import find_payment
from netledger.payments.services import add_operator, retire_operator
from netledger.subscribers.models import Subscriber
from netledger.subscribers.services import close_subscriber

pytestmark = pytest.mark.django_db


def _outcome_of_take(
    operator_id: int, subscriber: Subscriber | None, amount: str, sent_to: str = "other"
) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome FROM payments_take(%s, 'A-1', %s, %s, %s::numeric, ledger_now())",
            [operator_id, sent_to, subscriber.id if subscriber else None, amount],
        )
        return cursor.fetchone()[0]


def _outcome_of_cancel(
    operator_id: int, subscriber: Subscriber | None = None, amount: str | None = None
) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome FROM payments_cancel(%s, 'A-1', %s, %s, %s::numeric)",
            [operator_id, subscriber and subscriber.contract_number, subscriber and subscriber.id, amount],
        )
        return cursor.fetchone()[0]


def test_taken_once_then_a_repeat_and_after_the_cancellation_cancelled() -> None:
    subscriber, operator = a_subscriber(), an_operator()

    outcomes = [_outcome_of_take(operator.id, subscriber, "100.00") for _ in range(2)]
    outcomes += [_outcome_of_cancel(operator.id) for _ in range(2)]
    outcomes += [_outcome_of_take(operator.id, subscriber, "100.00")]

    assert outcomes == ["taken", "repeat", "cancelled", "repeat", "cancelled"]
    assert balance(subscriber) == 100 - 100


def test_another_sum_or_subscriber_is_a_conflict() -> None:
    subscriber, stranger, operator = a_subscriber(), a_subscriber(), an_operator()
    paid(subscriber, "100.00", operator=operator, payment_id="A-1")

    assert _outcome_of_take(operator.id, subscriber, "100.01") == "conflict"
    assert _outcome_of_take(operator.id, stranger, "100.00") == "conflict"
    assert _outcome_of_cancel(operator.id, stranger) == "conflict"
    assert _outcome_of_cancel(operator.id, amount="99.99") == "conflict"
    assert (balance(subscriber), balance(stranger)) == (100, 0)


def test_a_repeat_is_known_by_what_was_sent_when_it_names_nobody_any_more() -> None:
    subscriber, operator = a_subscriber(), an_operator()
    paid(subscriber, "100.00", operator=operator, payment_id="A-1")

    assert _outcome_of_take(operator.id, None, "100.00", sent_to=subscriber.contract_number) == "repeat"
    assert _outcome_of_take(an_operator().id, None, "100.00") == "nobody"


def test_a_closed_contract_takes_what_it_owes_and_no_more() -> None:
    subscriber, operator = a_subscriber(), an_operator()
    close_subscriber(subscriber_id=subscriber.id)

    assert _outcome_of_take(operator.id, subscriber, "100.00") == "closed"
    assert balance(subscriber) == 0


def test_a_retired_operator_takes_no_new_payment_and_answers_for_the_old_ones() -> None:
    subscriber, operator = a_subscriber(), an_operator()
    paid(subscriber, "100.00", operator=operator, payment_id="A-1")
    retire_operator(code=operator.code)

    repeat = _outcome_of_take(operator.id, subscriber, "100.00")
    cancelled = _outcome_of_cancel(operator.id)

    assert (repeat, cancelled) == ("repeat", "cancelled")
    retired = add_operator(code="retired-at-once", name="")
    retire_operator(code="retired-at-once")
    assert _outcome_of_take(retired.id, subscriber, "100.00") == "retired"


def test_a_cancellation_is_late_after_the_operators_days() -> None:
    the_clock_says(utc(2026, 11, 10, 12))
    subscriber, operator = a_subscriber(), add_operator(code="three-days", name="", cancel_within_days=3)
    paid(subscriber, "100.00", operator=operator, payment_id="A-1")

    later(days=3)
    unknown = _outcome_of_cancel(an_operator().id)
    later(seconds=1)

    assert (unknown, _outcome_of_cancel(operator.id)) == ("unknown", "late")
    assert balance(subscriber) == 100


def test_a_payment_is_found_with_what_took_it_back() -> None:
    subscriber, operator = a_subscriber(), an_operator()
    receipt = paid(subscriber, "100.00", operator=operator, payment_id="A-1")
    before = find_payment(operator.id, "A-1")
    _outcome_of_cancel(operator.id)

    after = find_payment(operator.id, "A-1")

    assert before is not None and after is not None
    assert (before.operation_id, before.amount, before.balance_after) == (receipt.operation_id, 100, 100)
    assert before.reversing_id is None
    assert after.reversing_id is not None
    assert after == before._replace(
        reversing_id=after.reversing_id,
        reversed_balance_after=after.reversed_balance_after,
        reversed_at=after.reversed_at,
    )
    reversal = find_transfer(after.reversing_id)
    assert reversal is not None
    assert (reversal.balance_after, reversal.happened_at) == (after.reversed_balance_after, after.reversed_at)
