"""Who is closed for several reasons passes only when the last of them is gone. Cases: V20."""

from collections.abc import Callable
from itertools import permutations

import pytest

from given import LONG_AGO, a_plan, a_subscriber, charged, paid, published
from netledger.access.queries import find_decision
from netledger.access.services import lift_block, place_block
from netledger.charging.services import hold, subscribe
from netledger.subscribers.models import Subscriber

pytestmark = pytest.mark.django_db

REASONS = ("block", "debt", "hold")


def _flags(subscriber: Subscriber) -> tuple[bool, bool]:
    published()
    decision = find_decision(subscriber.id)
    assert decision is not None
    assert (decision.reason == "open") == ((decision.negbal, decision.blocked) == (False, False))
    return decision.negbal, decision.blocked


@pytest.mark.parametrize("order", list(permutations(REASONS)), ids="-".join)
def test_block_debt_and_hold(order: tuple[str, ...]) -> None:
    subscriber = a_subscriber()
    subscription = subscribe(subscriber_id=subscriber.id, plan_id=a_plan().id, from_on=LONG_AGO)
    place_block(subscriber_id=subscriber.id, placed_by="staff")
    charged(subscriber, "10.00")
    hold(subscription_id=subscription.id)
    lift: dict[str, Callable[[], object]] = {
        "block": lambda: lift_block(subscriber_id=subscriber.id, lifted_by="staff"),
        "debt": lambda: paid(subscriber, "10.00"),
        "hold": lambda: hold(subscription_id=subscription.id, held=False),
    }
    left = set(REASONS)
    assert _flags(subscriber) == (True, True)

    for reason in order:
        lift[reason]()
        left.remove(reason)

        assert _flags(subscriber) == (bool(left & {"debt", "hold"}), "block" in left)
