"""Whoever is noted is decided about once, at commit, from what the transaction leaves."""

from collections.abc import Iterator

import pytest
from django.db import connection

from given import a_customer, a_subscriber, charged, later, moved, published, the_clock_says, utc
from netledger.access.models import Change
from netledger.access.queries import find_decision
from netledger.access.services import lift_block, note, place_block
from netledger.subscribers.models import Subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_clock_that_stands() -> Iterator[None]:
    the_clock_says(utc(2026, 11, 10, 12))
    yield


def _waiting() -> tuple[int, int]:
    """How many subscribers and how many transactions wait for a decision."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM access_noted), (SELECT count(*) FROM access_marker)")
        noted, markers = cursor.fetchone()
    return noted, markers


def _reasons_of(subscriber: Subscriber) -> list[str]:
    return [change.reason for change in Change.objects.filter(subscriber=subscriber).order_by("id")]


def _flags_of(subscriber: Subscriber) -> tuple[bool, bool, str]:
    decision = find_decision(subscriber.id)
    assert decision is not None
    return decision.negbal, decision.blocked, decision.reason


def test_the_same_subscriber_twice_is_one_note_and_one_marker() -> None:
    one, other = a_subscriber(), a_subscriber()
    published()

    note([one.id])
    note([one.id, other.id])

    assert _waiting() == (2, 1)


def test_over_the_threshold_and_only_then_an_account_is_noted() -> None:
    customer = a_customer("10.00")
    published()

    charged(customer, "10.00")
    at_the_threshold = _waiting()
    charged(customer, "0.01")

    assert at_the_threshold == (0, 0)
    assert _waiting() == (1, 1)


def test_nothing_is_left_waiting_once_it_is_published() -> None:
    customer = a_customer("-0.01")

    published()

    assert _waiting() == (0, 0)
    assert _flags_of(customer) == (True, False, "overdrawn")


def test_there_and_back_within_one_transaction_is_no_change() -> None:
    customer = a_customer("10.00")
    published()
    before = find_decision(customer.id)

    charged(customer, "20.00")
    moved(customer, "20.00")
    published()

    assert _reasons_of(customer) == ["open"]
    after = find_decision(customer.id)
    assert before is not None and after is not None
    assert after.since_at == before.since_at


def test_each_change_is_kept_with_its_moment() -> None:
    customer = a_customer("10.00")
    published()

    later(hours=1)
    charged(customer, "20.00")
    published()
    later(hours=1)
    moved(customer, "10.00")
    published()

    changes = Change.objects.filter(subscriber=customer).order_by("id")
    assert [(change.at, change.reason) for change in changes] == [
        (utc(2026, 11, 10, 12), "open"),
        (utc(2026, 11, 10, 13), "overdrawn"),
        (utc(2026, 11, 10, 14), "open"),
    ]


def test_a_block_and_a_debt_hold_each_by_itself() -> None:
    customer = a_customer("-10.00")
    place_block(subscriber_id=customer.id, placed_by="staff")
    published()
    both = _flags_of(customer)

    moved(customer, "10.00")
    published()
    blocked = _flags_of(customer)
    lift_block(subscriber_id=customer.id, lifted_by="staff")
    published()

    assert both == (True, True, "blocked")
    assert blocked == (False, True, "blocked")
    assert _flags_of(customer) == (False, False, "open")


def test_the_rules_can_be_asked_without_writing() -> None:
    customer, without_plan = a_customer("-10.00"), a_subscriber()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subscriber_id, negbal, blocked, reason FROM access_state(%s) ORDER BY 1",
            [[customer.id, without_plan.id]],
        )
        state = cursor.fetchall()

    assert state == [(customer.id, True, False, "overdrawn"), (without_plan.id, True, False, "no_plan")]
    assert find_decision(customer.id) is None
