"""A subscription that begins, ends or is held changes who may pass, in the same transaction."""

from datetime import date

import pytest

from given import LONG_AGO, a_plan, a_subscriber, later, published, the_clock_says, utc
from netledger.access.queries import find_decision
from netledger.charging.services import hold, subscribe, unsubscribe
from netledger.subscribers.errors import ContractClosed
from netledger.subscribers.models import Subscriber
from netledger.subscribers.services import close_subscriber
from netledger.tariffs.errors import SubscriptionEndsTooEarly, SubscriptionOverlaps
from netledger.tariffs.models import Subscription

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 10)


@pytest.fixture(autouse=True)
def _a_clock_that_stands() -> None:
    the_clock_says(utc(2026, 11, 10, 12))


def _reason(subscriber: Subscriber) -> str | None:
    published()
    decision = find_decision(subscriber.id)
    return None if decision is None else decision.reason


def _subscribe(subscriber: Subscriber, from_on: date = TODAY, **plan: bool) -> Subscription:
    return subscribe(subscriber_id=subscriber.id, plan_id=a_plan(**plan).id, from_on=from_on)


def test_from_its_first_day() -> None:
    subscriber = a_subscriber()
    before = _reason(subscriber)

    _subscribe(subscriber)

    assert before is None
    assert _reason(subscriber) == "open"


def test_not_yet_before_it() -> None:
    subscriber = a_subscriber()

    _subscribe(subscriber, date(2026, 11, 11))

    assert _reason(subscriber) == "no_plan"


def test_through_its_last_day() -> None:
    subscriber = a_subscriber()
    subscription = _subscribe(subscriber, LONG_AGO)

    unsubscribe(subscription_id=subscription.id, until_on=TODAY)
    through_today = _reason(subscriber)
    unsubscribe(subscription_id=subscription.id, until_on=date(2026, 11, 9))

    assert through_today == "open"
    assert _reason(subscriber) == "no_plan"


def test_not_while_it_is_held() -> None:
    subscriber = a_subscriber()
    subscription = _subscribe(subscriber)

    hold(subscription_id=subscription.id)
    held = _reason(subscriber)
    hold(subscription_id=subscription.id, held=False)

    assert held == "held"
    assert _reason(subscriber) == "open"


def test_while_one_of_several_is_not_held() -> None:
    subscriber = a_subscriber()
    held, _other = _subscribe(subscriber), _subscribe(subscriber)

    hold(subscription_id=held.id)

    assert _reason(subscriber) == "open"


def test_only_from_a_plan_that_gives_it() -> None:
    subscriber = a_subscriber()

    _subscribe(subscriber, gives_access=False)

    assert _reason(subscriber) == "no_plan"


def test_a_closed_contract_begins_nothing() -> None:
    subscriber = a_subscriber()
    close_subscriber(subscriber_id=subscriber.id)

    with pytest.raises(ContractClosed):
        _subscribe(subscriber)

    assert subscriber.subscriptions.count() == 0


def test_what_is_refused_changes_nothing() -> None:
    subscriber = a_subscriber()
    subscription = _subscribe(subscriber)
    before = _reason(subscriber)

    with pytest.raises(SubscriptionOverlaps):
        subscribe(subscriber_id=subscriber.id, plan_id=subscription.plan_id, from_on=TODAY)
    with pytest.raises(SubscriptionEndsTooEarly):
        unsubscribe(subscription_id=subscription.id, until_on=date(2026, 11, 9))

    assert before == _reason(subscriber) == "open"


@pytest.mark.parametrize(
    ("from_on", "activated_at"),
    [
        (LONG_AGO, utc(2026, 11, 10, 12)),
        (TODAY, utc(2026, 11, 10, 12)),
        (date(2026, 11, 15), utc(2026, 11, 15)),
    ],
)
def test_the_first_one_activates_the_contract(from_on: date, activated_at: object) -> None:
    subscriber = a_subscriber()

    _subscribe(subscriber, from_on)
    later(days=30)
    _subscribe(subscriber)

    assert Subscriber.objects.get(pk=subscriber.id).activated_at == activated_at
