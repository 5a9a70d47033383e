"""What time brings, the ticker does at its moment: a subscription begins or ends, and nobody touched the subscriber."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from given import a_customer, a_plan, a_subscriber, later, published, the_clock_says, utc
from netledger.access import tasks
from netledger.access.models import Change
from netledger.access.queries import find_decision
from netledger.access.services import adopt_zone
from netledger.charging.services import subscribe, unsubscribe
from netledger.ledger import clock
from netledger.ledger.services import set_zone
from netledger.subscribers.models import Subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_moscow() -> Iterator[None]:
    set_zone("Europe/Moscow")
    the_clock_says(utc(2026, 11, 10, 12))
    yield


def _ticks_at(moment: datetime) -> int:
    the_clock_says(moment)
    looked_at = tasks.tick(clock.now())
    published()
    return looked_at


@contextmanager
def _published_at_each_statement() -> Iterator[None]:
    """As the ticker's own transactions are: each batch is published before the next is looked for."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_marker")
        return int(cursor.fetchone()[0])


def _history(subscriber: Subscriber) -> list[tuple[datetime, str]]:
    return list(Change.objects.filter(subscriber=subscriber).order_by("id").values_list("at", "reason"))


def _recheck_at(subscriber: Subscriber) -> datetime | None:
    published()
    decision = find_decision(subscriber.id)
    assert decision is not None
    return decision.recheck_at


def test_a_subscription_that_ends_closes_at_midnight() -> None:
    customer = a_customer()
    unsubscribe(subscription_id=customer.subscriptions.get().id, until_on=date(2026, 11, 11))
    last_moment, midnight = utc(2026, 11, 11, 20, 59, 59), utc(2026, 11, 11, 21)
    assert _recheck_at(customer) == midnight

    looked_at = [_ticks_at(moment) for moment in (last_moment, midnight, midnight)]

    assert looked_at == [0, 1, 0]
    assert _history(customer) == [(utc(2026, 11, 10, 12), "open"), (midnight, "no_plan")]
    assert _recheck_at(customer) is None


def test_a_subscription_that_begins_opens_at_midnight() -> None:
    subscriber = a_subscriber()
    subscribe(subscriber_id=subscriber.id, plan_id=a_plan().id, from_on=date(2026, 11, 12))
    last_moment, midnight = utc(2026, 11, 11, 20, 59, 59), utc(2026, 11, 11, 21)
    assert _recheck_at(subscriber) == midnight

    looked_at = [_ticks_at(moment) for moment in (last_moment, midnight)]

    assert looked_at == [0, 1]
    assert _history(subscriber) == [(utc(2026, 11, 10, 12), "no_plan"), (midnight, "open")]


def test_a_change_of_plan_overnight_is_no_change_of_access() -> None:
    customer = a_customer()
    unsubscribe(subscription_id=customer.subscriptions.get().id, until_on=date(2026, 11, 10))
    subscribe(subscriber_id=customer.id, plan_id=a_plan().id, from_on=date(2026, 11, 11))
    published()

    looked_at = _ticks_at(utc(2026, 11, 10, 21))

    assert looked_at == 1
    assert _history(customer) == [(utc(2026, 11, 10, 12), "open")]


def test_the_nearest_moment_comes_first_and_then_the_next() -> None:
    customer = a_customer()
    unsubscribe(subscription_id=customer.subscriptions.get().id, until_on=date(2026, 11, 10))
    subscribe(subscriber_id=customer.id, plan_id=a_plan().id, from_on=date(2026, 11, 15))
    first = _recheck_at(customer)

    _ticks_at(utc(2026, 11, 10, 21))

    assert (first, _recheck_at(customer)) == (utc(2026, 11, 10, 21), utc(2026, 11, 14, 21))


def test_after_an_outage_it_is_done_at_the_start_and_dated_then() -> None:
    customer = a_customer()
    unsubscribe(subscription_id=customer.subscriptions.get().id, until_on=date(2026, 11, 10))
    published()

    looked_at = _ticks_at(utc(2026, 11, 10, 21, 10))

    assert looked_at == 1
    assert _history(customer)[-1] == (utc(2026, 11, 10, 21, 10), "no_plan")


def test_at_one_in_the_morning_where_there_is_no_midnight() -> None:
    set_zone("Africa/Cairo")
    the_clock_says(utc(2026, 4, 23, 12))
    customer = a_customer()
    unsubscribe(subscription_id=customer.subscriptions.get().id, until_on=date(2026, 4, 23))
    published()

    looked_at = [_ticks_at(moment) for moment in (utc(2026, 4, 23, 21, 59, 59), utc(2026, 4, 23, 22))]

    assert looked_at == [0, 1]
    assert _history(customer)[-1] == (utc(2026, 4, 23, 22), "no_plan")


def test_more_than_a_batch_is_done_in_one_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "BATCH", 2)
    customers = [a_customer() for _ in range(5)]
    for customer in customers:
        unsubscribe(subscription_id=customer.subscriptions.get().id, until_on=date(2026, 11, 10))
    published()

    with _published_at_each_statement():
        looked_at = _ticks_at(utc(2026, 11, 10, 21))

    assert looked_at == 2 + 2 + 1
    assert {_history(customer)[-1][1] for customer in customers} == {"no_plan"}


def test_a_moment_that_stays_in_the_past_is_looked_at_once_a_tick() -> None:
    customer = a_customer()
    unsubscribe(subscription_id=customer.subscriptions.get().id, until_on=date(2026, 11, 10))
    published()

    with _published_at_each_statement():
        the_clock_says(utc(2026, 11, 10, 20))
        looked_at = tasks.tick(utc(2026, 11, 10, 21))  # as if the clock had been set back meanwhile

    assert looked_at == 1
    assert _recheck_at(customer) == utc(2026, 11, 10, 21)


def test_another_zone_moves_everybodys_midnight() -> None:
    customer = a_customer()
    unsubscribe(subscription_id=customer.subscriptions.get().id, until_on=date(2026, 11, 11))
    before = _recheck_at(customer)

    adopt_zone("Asia/Yekaterinburg")
    after = _recheck_at(customer)
    adopt_zone("Asia/Yekaterinburg")

    assert (before, after) == (utc(2026, 11, 11, 21), utc(2026, 11, 11, 21) - timedelta(hours=2))
    assert _waiting() == 0


def test_who_has_no_end_in_sight_is_not_looked_at_again() -> None:
    customer = a_customer()

    assert _recheck_at(customer) is None
    later(days=400)
    assert _ticks_at(clock.now()) == 0
