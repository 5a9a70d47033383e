"""Payments that were taken over by the thousand are known to their operators as if they had come one by one."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from given import a_customer, an_operator, balance, moved, paid, published, statement_of
from netledger.access.queries import find_decision
from netledger.ledger import clock
from netledger.ledger.models import Account, Transfer
from netledger.ledger.services import Movement, system_account_id
from netledger.payments import check
from netledger.payments.bulk import NewCredit, PastPayment, grant_credits, record_history
from netledger.payments.models import Operator
from netledger.payments.queries import find_payment
from netledger.subscribers.models import Subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer() -> Subscriber:
    return a_customer()


@pytest.fixture
def operator() -> Operator:
    return an_operator()


def _payment(customer: Subscriber, operator: Operator, payment_id: str, amount: str) -> PastPayment:
    return PastPayment(
        subscriber_id=customer.pk,
        account_id=customer.account_id,
        operator=operator,
        operator_payment_id=payment_id,
        sent_to=customer.contract_number,
        amount=Decimal(amount),
        accounting_day=clock.today(),
        taken_at=clock.now(),
    )


def _charge(customer: Subscriber, amount: str) -> Movement:
    return Movement(
        account_id=customer.account_id,
        contra_id=system_account_id(Account.Kind.REVENUE),
        delta=-Decimal(amount),
        kind=Transfer.Kind.CHARGE,
        purpose="test",
        accounting_day=clock.today(),
        happened_at=clock.now(),
    )


def test_they_stand_in_the_statement_in_their_order(customer: Subscriber, operator: Operator) -> None:
    ids = record_history(
        [
            _payment(customer, operator, "A-1", "100.00"),
            _charge(customer, "30.00"),
            _payment(customer, operator, "A-2", "5.50"),
        ]
    )

    statement = statement_of(customer)
    assert [transfer.id for transfer in statement] == ids
    assert [transfer.balance_after for transfer in statement] == [100, 100 - 30, Decimal("75.50")]
    assert list(check.differences()) == []


def test_one_sent_again_gets_the_receipt_of_then(customer: Subscriber, operator: Operator) -> None:
    (operation_id,) = record_history([_payment(customer, operator, "A-1", "100.00")])
    moved(customer, "-1.00")

    again = paid(customer, "100.00", operator=operator, payment_id="A-1")

    assert (again.outcome, again.operation_id, again.balance_after) == ("repeat", operation_id, 100)
    assert balance(customer) == 100 - 1
    assert find_payment(operator.pk, "A-1") is not None


def test_one_that_is_known_has_all_refused(customer: Subscriber, operator: Operator) -> None:
    paid(customer, "7.00", operator=operator, payment_id="A-2")

    with pytest.raises(IntegrityError), transaction.atomic():
        record_history(
            [_payment(customer, operator, "A-1", "1.00"), _payment(customer, operator, "A-2", "2.00")]
        )

    assert balance(customer) == 7


def test_credits_open_who_owes_within_them(customer: Subscriber) -> None:
    other = a_customer("-50.00")
    moved(customer, "-50.00")

    grant_credits(
        [
            NewCredit(one.pk, one.account_id, Decimal(amount), clock.now(), "staff", None)
            for one, amount in ((customer, "50.00"), (other, "49.99"))
        ]
    )
    published()

    reasons = [decision.reason for one in (customer, other) if (decision := find_decision(one.pk))]
    assert reasons == ["open", "overdrawn"]
    assert list(check.differences()) == []
