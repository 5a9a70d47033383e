"""Below the threshold access closes, at it and above it is open; of several reasons the first that holds is named."""

import pytest

from given import a_customer, a_plan, a_subscriber, charged, lent, moved, paid, published, the_clock_says, utc
from netledger.access.errors import AlreadyBlocked, NotBlocked
from netledger.access.models import Block
from netledger.access.queries import find_decision
from netledger.access.services import lift_block, note, place_block
from netledger.charging.services import hold, subscribe
from netledger.payments.credit import end_credit
from netledger.subscribers.models import Subscriber
from netledger.subscribers.services import close_subscriber

pytestmark = pytest.mark.django_db


def _decided(subscriber: Subscriber) -> tuple[bool, bool, str]:
    published()
    decision = find_decision(subscriber.id)
    assert decision is not None
    return decision.negbal, decision.blocked, decision.reason


OPEN = (False, False, "open")
OVERDRAWN = (True, False, "overdrawn")


def test_exactly_zero_is_open() -> None:
    customer = a_customer("10.00")

    charged(customer, "10.00")

    assert _decided(customer) == OPEN


def test_a_kopeck_below_closes() -> None:
    customer = a_customer("10.00")

    charged(customer, "10.01")

    assert _decided(customer) == OVERDRAWN


def test_topped_up_to_zero_it_opens_and_not_a_kopeck_before() -> None:
    customer = a_customer("-310.00")

    paid(customer, "309.99")
    before = _decided(customer)
    paid(customer, "0.01")

    assert before == OVERDRAWN
    assert _decided(customer) == OPEN


def test_credit_lowers_the_threshold_to_the_kopeck() -> None:
    customer = a_customer("-310.00")

    lent(customer, "310.00")
    exactly = _decided(customer)
    charged(customer, "0.01")
    below = _decided(customer)
    paid(customer, "0.01")

    assert (exactly, below) == (OPEN, OVERDRAWN)
    assert _decided(customer) == OPEN


def test_a_credit_that_is_taken_away_closes_what_it_held_open() -> None:
    customer = a_customer("-310.00")
    lent(customer, "500.00")
    before = _decided(customer)

    end_credit(subscriber_id=customer.id)

    assert (before, _decided(customer)) == (OPEN, OVERDRAWN)


def test_nobody_without_a_plan_may_pass_however_rich() -> None:
    subscriber = a_subscriber()
    moved(subscriber, "1000.00")
    note([subscriber.id])

    assert _decided(subscriber) == (True, False, "no_plan")


def test_the_first_reason_that_holds_is_named() -> None:
    the_clock_says(utc(2026, 11, 10, 12))
    subscriber = a_subscriber()
    subscription = subscribe(subscriber_id=subscriber.id, plan_id=a_plan().id, from_on=utc(2026, 1, 1).date())
    reasons = [_decided(subscriber)]

    hold(subscription_id=subscription.id)
    reasons.append(_decided(subscriber))
    charged(subscriber, "1.00")
    reasons.append(_decided(subscriber))
    place_block(subscriber_id=subscriber.id, placed_by="staff")
    reasons.append(_decided(subscriber))
    close_subscriber(subscriber_id=subscriber.id)
    note([subscriber.id])
    reasons.append(_decided(subscriber))

    assert reasons == [
        OPEN,
        (True, False, "held"),
        OVERDRAWN,
        (True, True, "blocked"),
        (True, True, "closed"),
    ]


def test_one_block_is_in_force_at_a_time() -> None:
    the_clock_says(utc(2026, 11, 10, 12))
    customer = a_customer(contract_number="10245")

    with pytest.raises(NotBlocked):
        lift_block(subscriber_id=customer.id, lifted_by="staff")
    place_block(subscriber_id=customer.id, placed_by="Петрова", why="по заявлению")
    with pytest.raises(AlreadyBlocked) as refused:
        place_block(subscriber_id=customer.id, placed_by="staff")
    lift_block(subscriber_id=customer.id, lifted_by="Сидорова")
    place_block(subscriber_id=customer.id, placed_by="staff")

    assert refused.value.contract_number == "10245"
    blocks = Block.objects.filter(subscriber=customer).order_by("id")
    assert [(block.placed_by, block.why, block.lifted_by) for block in blocks] == [
        ("Петрова", "по заявлению", "Сидорова"),
        ("staff", "", ""),
    ]
    assert [block.lifted_at for block in blocks] == [utc(2026, 11, 10, 12), None]
