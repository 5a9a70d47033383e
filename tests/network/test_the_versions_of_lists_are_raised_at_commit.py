"""A NAS's versions are raised once, at commit, by what changes a line of its lists, and by nothing else."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from given import a_connection, a_customer, a_nas, a_plan, later, paid, published, the_clock_says, utc
from netledger.access.services import place_block
from netledger.ledger import clock
from netledger.network import tasks
from netledger.network.feed import adopt_seen_within
from netledger.network.models import Connection, ListVersion, Nas
from netledger.network.services import end_connection, move_connection, set_mac, set_secret
from netledger.network.sessions import see_session, start_session, stop_session
from netledger.tariffs.models import Subscription
from netledger.tariffs.services import (
    Speeds,
    add_plan_version,
    begin_subscription,
    move_charged_through,
    set_personal_speed,
)

pytestmark = pytest.mark.django_db

Versions = tuple[int, int, int]


@pytest.fixture(autouse=True)
def _a_clock_that_stands(db: None) -> None:
    the_clock_says(utc(2026, 11, 10, 12))
    tasks.tick(clock.now())


@pytest.fixture
def static(nas: Nas) -> Connection:
    """A connection with an address, published."""
    made = a_connection(nas, a_customer("10.00"), address="10.0.0.5", login="static")
    published()
    return made


@pytest.fixture
def by_session(nas: Nas) -> Connection:
    """A connection whose session began, and is told."""
    made = a_connection(nas, a_customer("10.00"), by_session=True, login="by-session")
    start_session(login=made.login, session_code="one", at=clock.now(), address="10.0.0.6")
    published()
    swept()
    return made


def versions(nas: Nas) -> Versions:
    """Of negbal, blocked and logged."""
    found = ListVersion.objects.filter(nas=nas).values_list("negbal", "blocked", "logged").first()
    return found or (0, 0, 0)


def raised_by(nas: Nas, write: Callable[[], Any]) -> Versions:
    """By how much a transaction that does it raises them."""
    before = versions(nas)
    write()
    published()
    return tuple(now - then for now, then in zip(versions(nas), before, strict=True))  # type: ignore[return-value]


def swept() -> None:
    """A sweep later."""
    later(seconds=tasks.SWEEP_EVERY_S + 1)
    tasks.tick(clock.now())


def waiting() -> list[int]:
    """How many NASes and transactions wait to be raised, and how many transactions for decisions."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT (SELECT count(*) FROM network_noted), (SELECT count(*) FROM network_marker),
                      (SELECT count(*) FROM access_marker)"""
        )
        return list(cursor.fetchone())


def subscription_of(made: Connection) -> Subscription:
    return Subscription.objects.get(subscriber=made.subscriber)


def test_by_a_decision_that_differs(nas: Nas, static: Connection) -> None:
    def block() -> None:
        place_block(subscriber_id=static.subscriber_id, placed_by="staff")

    assert raised_by(nas, block) == (1, 1, 1)


def test_by_a_connection_that_is_made_changed_or_deleted(nas: Nas, static: Connection) -> None:
    def make() -> None:
        a_connection(nas, static.subscriber, address="10.0.0.7", login="other")

    def delete() -> None:
        made = Connection.objects.get(login="other")
        made.assignments.all().delete()
        made.delete()

    assert raised_by(nas, make) == (1, 1, 1)
    assert raised_by(nas, lambda: set_mac(connection_id=static.pk, mac="02:00:00:00:00:01")) == (1, 1, 1)
    assert raised_by(nas, delete) == (1, 1, 1)
    assert raised_by(nas, lambda: end_connection(connection_id=static.pk)) == (1, 1, 1)


def test_of_both_nases_by_a_connection_that_moves_and_of_no_third(nas: Nas, static: Connection) -> None:
    other, third = a_nas("10.255.0.2"), a_nas("10.255.0.3")

    raised = raised_by(nas, lambda: move_connection(connection_id=static.pk, nas_id=other.pk))

    assert (raised, versions(other), versions(third)) == ((1, 1, 1), (1, 1, 1), (0, 0, 0))


def test_by_a_subscription_that_begins_changes_or_is_deleted(nas: Nas, static: Connection) -> None:
    subscriber_id, plan_id, day = static.subscriber_id, a_plan().pk, date(2026, 11, 20)
    subscription = subscription_of(static)

    def begin() -> None:
        begin_subscription(subscriber_id=subscriber_id, plan_id=plan_id, from_on=day)

    def hasten() -> None:
        set_personal_speed(subscription_id=subscription.pk, personal=Speeds(rate_in_kbps=5, ceil_in_kbps=5))

    assert raised_by(nas, begin) == (1, 1, 1)
    assert raised_by(nas, hasten) == (1, 1, 1)
    assert raised_by(nas, Subscription.objects.filter(plan=plan_id).delete) == (1, 1, 1)


def test_of_all_by_another_version_of_a_plan(nas: Nas, static: Connection) -> None:
    def renew() -> None:
        add_plan_version(
            plan_id=subscription_of(static).plan_id,
            from_on=date(2026, 11, 20),
            price=Decimal(1),
            speeds=Speeds(),
        )

    assert raised_by(nas, renew) == (1, 1, 1)


def test_once_by_a_transaction_that_does_much(nas: Nas, static: Connection) -> None:
    def do_much() -> None:
        set_mac(connection_id=static.pk, mac="02:00:00:00:00:01")
        set_mac(connection_id=static.pk, mac="02:00:00:00:00:02")
        a_connection(nas, static.subscriber, address="10.0.0.7")

    assert raised_by(nas, do_much) == (1, 1, 1)


def test_by_nothing_that_no_line_shows(nas: Nas, static: Connection) -> None:
    def charge() -> None:
        move_charged_through(
            subscription_id=subscription_of(static).pk, seen_on=None, through_on=date(2026, 11, 9)
        )

    assert raised_by(nas, charge) == (0, 0, 0)
    assert raised_by(nas, lambda: paid(static.subscriber, "5.00")) == (0, 0, 0)
    assert raised_by(nas, lambda: set_secret(connection_id=static.pk, secret="другая")) == (0, 0, 0)


def test_and_nothing_is_left_waiting(nas: Nas, static: Connection) -> None:
    place_block(subscriber_id=static.subscriber_id, placed_by="staff")
    set_mac(connection_id=static.pk, mac="02:00:00:00:00:01")
    waited = waiting()

    published()

    assert (waited, waiting()) == ([1, 1, 1], [0, 0, 0])


def test_by_news_of_sessions_in_batches(nas: Nas, by_session: Connection) -> None:
    login = by_session.login

    at_once = raised_by(nas, lambda: stop_session(login=login, session_code="one", at=clock.now()))
    at_once_again = raised_by(nas, lambda: start_session(login=login, session_code="two", at=clock.now()))
    too_early = raised_by(nas, lambda: tasks.tick(clock.now()))
    in_a_batch = raised_by(nas, swept)

    assert (at_once, at_once_again, too_early) == ((0, 0, 0),) * 3
    assert in_a_batch == (0, 0, 1)
    assert raised_by(nas, swept) == (0, 0, 0)


def test_of_the_list_of_the_blocked_by_sessions_of_such_alone(nas: Nas, by_session: Connection) -> None:
    place_block(subscriber_id=by_session.subscriber_id, placed_by="staff")
    published()
    stop_session(login=by_session.login, session_code="one", at=clock.now())

    assert raised_by(nas, swept) == (0, 1, 1)


def test_by_a_session_of_which_no_more_is_heard(nas: Nas, by_session: Connection) -> None:
    later(seconds=600)
    while_it_lives = raised_by(nas, lambda: tasks.tick(clock.now()))
    later(seconds=600)

    assert while_it_lives == (0, 0, 0)
    assert raised_by(nas, lambda: tasks.tick(clock.now())) == (0, 0, 1)
    assert raised_by(nas, swept) == (0, 0, 0)


def test_by_a_session_that_is_seen_again_after_it_was_long_silent(nas: Nas, by_session: Connection) -> None:
    def see_again() -> None:
        see_session(login=by_session.login, session_code="one", at=clock.now())
        swept()

    later(seconds=300)
    soon = raised_by(nas, see_again)
    later(seconds=880)
    late = raised_by(nas, see_again)

    assert (soon, late) == ((0, 0, 0), (0, 0, 1))


def test_by_a_session_that_is_deleted(nas: Nas, by_session: Connection) -> None:
    by_session.sessions.all().delete()

    assert raised_by(nas, swept) == (0, 0, 1)


def test_of_all_lists_as_the_clock_is_set_back_once(nas: Nas, by_session: Connection) -> None:
    without_connections = a_nas("10.255.0.2")
    later(seconds=1200)
    tasks.tick(clock.now())
    later(seconds=-1000)

    raised = raised_by(nas, lambda: tasks.tick(clock.now()))

    assert raised == (1, 1, 1)
    assert versions(without_connections) == (1, 1, 1)
    assert raised_by(nas, swept) == (0, 0, 0)


def test_as_the_time_that_sessions_live_is_set(nas: Nas, by_session: Connection) -> None:
    adopt_seen_within(60)
    later(seconds=61)

    assert raised_by(nas, lambda: tasks.tick(clock.now())) == (0, 0, 1)
