"""Whoever writes at the same time, when all have committed each flag is what the rules say."""

from collections.abc import Callable
from itertools import permutations

import pytest
from django.db import transaction

from given import a_customer, charged, moved, paid, published
from netledger.access import check
from netledger.access.models import Change
from netledger.access.queries import find_decision
from netledger.access.services import lift_block, note, place_block
from netledger.charging.services import hold
from netledger.ledger.models import Account, Transfer
from netledger.ledger.services import Movement, record_bulk, system_account_id
from netledger.subscribers.models import Subscriber
from together import at_once, beside

pytestmark = pytest.mark.usefixtures("committed_db")


def _reason(subscriber: Subscriber) -> str:
    decision = find_decision(subscriber.id)
    assert decision is not None
    return decision.reason


def _history(subscriber: Subscriber) -> list[str]:
    return list(Change.objects.filter(subscriber=subscriber).order_by("id").values_list("reason", flat=True))


def test_a_payment_that_waits_for_a_charge() -> None:
    customer = a_customer("10.00")

    with beside() as waits, transaction.atomic():
        charged(customer, "20.00")
        waits(lambda: paid(customer, "15.00"))

    assert _history(customer) == ["open", "overdrawn", "open"]
    assert _reason(customer) == "open"


def test_a_charge_that_waits_for_a_payment() -> None:
    customer = a_customer("-10.00")

    with beside() as waits, transaction.atomic():
        paid(customer, "15.00")
        waits(lambda: charged(customer, "20.00"))

    assert _history(customer) == ["open", "overdrawn", "open", "overdrawn"]
    assert _reason(customer) == "overdrawn"


def test_a_note_that_waits_for_a_charge_decides_from_what_the_charge_left() -> None:
    """The one who notes holds no lock and saw nothing yet; what he knew before he waited must not count."""
    customer = a_customer("10.00")

    with beside() as waits, transaction.atomic():
        charged(customer, "20.00")
        published()
        waits(lambda: note([customer.id]))

    assert _history(customer) == ["open", "overdrawn"]
    assert _reason(customer) == "overdrawn"


def test_a_block_that_waits_for_a_charge() -> None:
    customer = a_customer("10.00")

    with beside() as waits, transaction.atomic():
        charged(customer, "20.00")
        waits(lambda: place_block(subscriber_id=customer.id, placed_by="staff"))

    decision = find_decision(customer.id)
    assert decision is not None
    assert (decision.negbal, decision.blocked) == (True, True)


def _notes(subscribers: tuple[Subscriber, ...]) -> Callable[[], None]:
    def run() -> None:
        for _ in range(15):
            note([subscriber.id for subscriber in subscribers])

    return run


def test_notes_in_every_order_wait_in_no_circle() -> None:
    customers = [a_customer("10.00") for _ in range(3)]

    at_once(*[_notes(order) for order in permutations(customers)])

    assert [_reason(customer) for customer in customers] == ["open"] * 3


def _bulk(subscribers: tuple[Subscriber, ...], delta: int) -> Callable[[], None]:
    """Charges in chunks, as a run makes them: accounts in an order of their own."""
    contra_id = system_account_id(Account.Kind.REVENUE)
    example = moved(subscribers[0], "0.01")
    known = Transfer.objects.get(pk=example.transfer_id)
    movements = [
        Movement(
            subscriber.account_id,
            contra_id,
            known.amount * 100 * delta,
            Transfer.Kind.CHARGE,
            "test",
            known.accounting_day,
            known.happened_at,
        )
        for subscriber in subscribers
    ]

    def run() -> None:
        for _ in range(10):
            record_bulk(movements)

    return run


def _each(call: Callable[[Subscriber], object], subscribers: list[Subscriber]) -> Callable[[], None]:
    def run() -> None:
        for _ in range(10):
            for subscriber in subscribers:
                call(subscriber)

    return run


def test_charges_payments_holds_and_blocks_all_at_once() -> None:
    """Balances stay about 0, so that most of what is written is a flip."""
    customers = [a_customer("1.00") for _ in range(3)]
    calls: list[Callable[[Subscriber], object]] = [
        lambda customer: paid(customer, "2.00"),
        lambda customer: charged(customer, "1.00"),
        lambda customer: hold(subscription_id=customer.subscriptions.get().id),
        lambda customer: hold(subscription_id=customer.subscriptions.get().id, held=False),
        _block_and_lift,
    ]
    bulks = [_bulk(order, -1) for order in list(permutations(customers))[:3]]

    at_once(*[_each(call, customers) for call in calls], *bulks)

    assert list(check.differences()) == []


def _block_and_lift(customer: Subscriber) -> None:
    place_block(subscriber_id=customer.id, placed_by="staff")
    lift_block(subscriber_id=customer.id, lifted_by="staff")
