"""`check` works every decision out anew and names those that are stored otherwise."""

from datetime import date

import pytest
from django.db import transaction

from given import a_customer, a_plan, a_subscriber, charged, later, published, the_clock_says, utc
from netledger.access import check
from netledger.access.services import note, place_block
from netledger.charging.services import subscribe
from netledger.subscribers.models import Subscriber
from netledger.subscribers.services import close_subscriber
from tampering import tamper

pytestmark = pytest.mark.usefixtures("committed_db")

OPEN = "open, negbal 0, blocked 0, again at "


def _difference(subscriber: Subscriber, stored: str, ruled: str) -> str:
    return f"access: subscriber {subscriber.id}: stored is {stored}; the rules say {ruled}"


def _broken_history(subscriber: Subscriber) -> str:
    return f"access: subscriber {subscriber.id}: the decision is not the last of its history"


def test_and_none_that_is_right() -> None:
    a_customer("10.00")
    a_customer("-10.00")
    charged(a_subscriber(), "1.00")
    place_block(subscriber_id=a_customer().id, placed_by="staff")
    closed = a_customer()
    close_subscriber(subscriber_id=closed.id)
    note([closed.id])

    assert list(check.differences()) == []


def test_a_decision_that_is_another_or_missing() -> None:
    reason, flag, gone = a_customer(), a_customer(), a_customer()
    tamper("UPDATE access_decision SET reason = 'held', negbal = true WHERE subscriber_id = %s", reason.id)
    tamper("UPDATE access_decision SET blocked = true WHERE subscriber_id = %s", flag.id)
    tamper("DELETE FROM access_decision WHERE subscriber_id = %s", gone.id)

    assert list(check.differences()) == [
        _difference(reason, "held, negbal 1, blocked 0, again at ", OPEN),
        _difference(flag, "open, negbal 0, blocked 1, again at ", OPEN),
        _difference(gone, "nothing", OPEN),
        _broken_history(reason),
        _broken_history(flag),
    ]


def test_what_a_decision_rests_on() -> None:
    overdrawn, blocked, held, closed = (a_customer("5.00") for _ in range(4))
    tamper("UPDATE ledger_account SET balance = -5 WHERE id = %s", overdrawn.account_id)
    tamper(
        "INSERT INTO access_block (subscriber_id, placed_at, placed_by, why, lifted_by) VALUES (%s, now(), '', '', '')",
        blocked.id,
    )
    tamper("UPDATE tariffs_subscription SET held_at = now() WHERE subscriber_id = %s", held.id)
    tamper("UPDATE subscribers_subscriber SET closed_at = now() WHERE id = %s", closed.id)

    assert list(check.differences()) == [
        _difference(overdrawn, OPEN, "overdrawn, negbal 1, blocked 0, again at "),
        _difference(blocked, OPEN, "blocked, negbal 0, blocked 1, again at "),
        _difference(held, OPEN, "held, negbal 1, blocked 0, again at "),
        _difference(closed, OPEN, "closed, negbal 0, blocked 0, again at "),
    ]


def test_a_moment_to_look_again_that_is_another() -> None:
    customer = a_customer()
    tamper(
        "UPDATE access_decision SET recheck_at = '2100-01-01 00:00Z' WHERE subscriber_id = %s", customer.id
    )

    assert list(check.differences()) == [_difference(customer, OPEN + "2100-01-01 00:00:00+00", OPEN)]


def test_a_history_that_ends_otherwise() -> None:
    other, gone = a_customer(), a_customer()
    tamper("UPDATE access_change SET reason = 'held' WHERE subscriber_id = %s", other.id)
    tamper("DELETE FROM access_change WHERE subscriber_id = %s", gone.id)

    assert list(check.differences()) == [_broken_history(other), _broken_history(gone)]


def test_one_who_is_due_just_now_only_when_the_ticker_is_late() -> None:
    subscriber = a_subscriber()
    with transaction.atomic():
        the_clock_says(utc(2026, 11, 10, 12))
        subscribe(subscriber_id=subscriber.id, plan_id=a_plan().id, from_on=date(2026, 11, 11))
        published()
        the_clock_says(utc(2026, 11, 11))
        just_now = list(check.differences())
        later(seconds=6)

        assert just_now == []
        assert list(check.differences()) == [
            _difference(subscriber, "no_plan, negbal 1, blocked 0, again at 2026-11-11 00:00:00+00", OPEN)
        ]
