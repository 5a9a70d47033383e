"""Whatever happened to a contract, the state told of any moment is the one that was stored then, and it can be said."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import NamedTuple

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from given import a_plan, a_subscriber, charged, lent, paid, published, the_clock_says, utc
from netledger.access import tasks as access_tasks
from netledger.access.queries import find_decision
from netledger.access.services import lift_block, place_block
from netledger.charging.services import hold, subscribe, unsubscribe
from netledger.errors import Refusal
from netledger.ledger import clock
from netledger.ledger.queries import balance_of
from netledger.ledger.services import set_zone
from netledger.network.services import close_contract
from netledger.payments import tasks as payments_tasks
from netledger.payments.credit import end_credit
from netledger.payments.explanation import explain
from netledger.subscribers.models import Subscriber
from netledger.tariffs.models import Subscription

BEGUN_AT = utc(2026, 12, 29, 9)

Act = Callable[[Subscriber], object]


class Seen(NamedTuple):
    """What was stored at a moment."""

    at: datetime
    reason: str | None
    negbal: bool
    blocked: bool
    balance: str


def _day(offset: int) -> date:
    return clock.today() + timedelta(days=offset)


def _to_last_subscription(act: Callable[[Subscription], object]) -> Act:
    def apply(subscriber: Subscriber) -> None:
        last = subscriber.subscriptions.order_by("id").last()
        if last is not None:
            act(last)

    return apply


ACTS: dict[str, Act] = {
    "pays": lambda who: paid(who, "200.00"),
    "is charged": lambda who: charged(who, "150.00"),
    "is lent for a day": lambda who: lent(who, "300.00", until_on=_day(0)),
    "is lent little": lambda who: lent(who, "100.00"),
    "is lent no more": lambda who: end_credit(subscriber_id=who.id),
    "is blocked": lambda who: place_block(subscriber_id=who.id, placed_by="{staff}", why="{why}"),
    "is unblocked": lambda who: lift_block(subscriber_id=who.id, lifted_by="staff"),
    "subscribes": lambda who: subscribe(subscriber_id=who.id, plan_id=a_plan().id, from_on=_day(0)),
    "subscribes ahead": lambda who: subscribe(subscriber_id=who.id, plan_id=a_plan().id, from_on=_day(2)),
    "ends a plan": _to_last_subscription(lambda last: unsubscribe(subscription_id=last.pk, until_on=_day(0))),
    "waits for money": _to_last_subscription(lambda last: hold(subscription_id=last.pk)),
    "waits no more": _to_last_subscription(lambda last: hold(subscription_id=last.pk, held=False)),
    "closes": lambda who: close_contract(subscriber_id=who.id),
}
steps = st.lists(
    st.tuples(st.sampled_from([name for name in ACTS if name != "closes"]), st.sampled_from([0, 1, 11, 30])),
    min_size=1,
    max_size=8,
)


def _stored(subscriber: Subscriber) -> Seen:
    decision = find_decision(subscriber.id)
    return Seen(
        at=clock.now(),
        reason=decision.reason if decision else None,
        negbal=decision is not None and decision.negbal,
        blocked=decision is not None and decision.blocked,
        balance=f"{balance_of(subscriber.account_id):.2f}",
    )


def _live(subscriber: Subscriber, name: str, wait_h: int) -> Seen:
    with suppress(Refusal), transaction.atomic():
        ACTS[name](subscriber)
    published()
    seen = _stored(subscriber)
    the_clock_says(clock.now() + timedelta(hours=wait_h, seconds=1))
    payments_tasks.tick(clock.now())
    access_tasks.tick(clock.now())
    published()
    return seen


def _told(subscriber: Subscriber, at: datetime | None) -> Seen:
    told = explain(subscriber.id, at)
    for language in ("ru", "en"):
        said = told.sentence(language)  # type: ignore[arg-type]
        assert said and "{" not in said and "None" not in said
    return Seen(told.at, told.reason, told.negbal, told.blocked, f"{told.balance:.2f}")


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps, closes=st.booleans())
def test_the_state_told_of_a_moment_is_the_one_that_was_stored(
    steps: list[tuple[str, int]], closes: bool
) -> None:
    with transaction.atomic():
        set_zone("Europe/Moscow")
        the_clock_says(BEGUN_AT)
        subscriber = a_subscriber()
        published()
        life = [*steps, ("closes", 30)] if closes else steps
        seen = [_live(subscriber, name, wait_h) for name, wait_h in life]

        told = [_told(subscriber, one.at) for one in seen]
        now = _told(subscriber, None)

        assert told == seen
        assert now == _stored(subscriber)
        transaction.set_rollback(True)
