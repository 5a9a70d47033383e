"""A closed contract takes money while it owes, and no longer. Cases: V25."""

from decimal import Decimal

import pytest
from django.db import transaction

from given import a_subscriber, balance, charged, moved, paid
from netledger.payments.models import Payment
from netledger.subscribers.errors import ContractClosed
from netledger.subscribers.models import Subscriber
from netledger.subscribers.services import close_subscriber
from together import beside

with_db = pytest.mark.django_db


def _closed(at: str) -> Subscriber:
    subscriber = a_subscriber("10245")
    moved(subscriber, at)
    close_subscriber(subscriber_id=subscriber.id)
    return subscriber


@with_db
def test_in_parts_and_more_than_it_owes_at_last() -> None:
    closed = _closed("-80.00")

    paid(closed, "79.99")
    paid(closed, "100.00")
    with pytest.raises(ContractClosed):
        paid(closed, "0.01")

    assert balance(closed) == -80 + Decimal("79.99") + 100


@with_db
@pytest.mark.parametrize("at", ["150.00", "0.01"])
def test_with_money_of_its_own_nothing(at: str) -> None:
    closed = _closed(at)

    with pytest.raises(ContractClosed) as refused:
        paid(closed, "10.00")

    assert refused.value.contract_number == "10245"
    assert balance(closed) == Decimal(at)
    assert Payment.objects.count() == 0


@with_db
def test_at_zero_nothing_until_it_owes_again() -> None:
    closed = _closed("10.00")
    charged(closed, "10.00")

    with pytest.raises(ContractClosed):
        paid(closed, "10.00")
    charged(closed, "5.00")
    paid(closed, "5.00")

    assert balance(closed) == 10 - 10 - 5 + 5


@pytest.mark.usefixtures("committed_db")
def test_a_payment_that_waits_while_it_is_closed_finds_it_closed() -> None:
    subscriber = a_subscriber("10245")

    with beside() as waits, transaction.atomic():
        close_subscriber(subscriber_id=subscriber.id)
        payment = waits(lambda: paid(subscriber, "10.00"))

    assert isinstance(payment.exception(), ContractClosed)
    assert balance(subscriber) == 0
