"""A subscription lasts from its first to its last day, both its own; a plan is had once at a time."""

from datetime import date

import pytest

from given import LONG_AGO, a_plan, a_subscriber, later, the_clock_says, utc
from netledger.subscribers.models import Subscriber
from netledger.tariffs.errors import (
    PlanHasNoPrice,
    PlanRetired,
    SubscriptionEndsTooEarly,
    SubscriptionOverlaps,
)
from netledger.tariffs.models import Plan, Speed, Subscription
from netledger.tariffs.services import (
    Speeds,
    begin_subscription,
    end_subscription,
    find_or_add_speed,
    retire_plan,
    set_held,
    set_personal_speed,
)
from together import at_once

with_db = pytest.mark.django_db

NOVEMBER = date(2026, 11, 1)


def _begin(subscriber: Subscriber, plan: Plan, from_on: date = NOVEMBER, **more: Speeds) -> Subscription:
    return begin_subscription(subscriber_id=subscriber.id, plan_id=plan.id, from_on=from_on, **more)


@with_db
def test_the_same_plan_on_the_same_day_is_refused() -> None:
    subscriber, plan = a_subscriber(), a_plan()
    first = _begin(subscriber, plan)

    for from_on in (date(2026, 10, 1), NOVEMBER, date(2030, 1, 1)):
        with pytest.raises(SubscriptionOverlaps):
            _begin(subscriber, plan, from_on)

    assert list(subscriber.subscriptions.all()) == [first]


@with_db
def test_another_plan_and_another_subscriber_have_their_own() -> None:
    subscriber, other, plan = a_subscriber(), a_subscriber(), a_plan()
    _begin(subscriber, plan)

    _begin(subscriber, a_plan())
    _begin(other, plan)

    assert (subscriber.subscriptions.count(), other.subscriptions.count()) == (2, 1)


@with_db
def test_a_successor_begins_on_the_day_after_the_last() -> None:
    subscriber, plan = a_subscriber(), a_plan()
    first = _begin(subscriber, plan)
    end_subscription(subscription_id=first.id, until_on=date(2026, 11, 10))

    with pytest.raises(SubscriptionOverlaps):
        _begin(subscriber, plan, date(2026, 11, 10))
    _begin(subscriber, plan, date(2026, 11, 11))

    with pytest.raises(SubscriptionOverlaps):
        end_subscription(subscription_id=first.id, until_on=date(2026, 11, 11))
    assert Subscription.objects.get(pk=first.id).until_on == date(2026, 11, 10)


@with_db
def test_one_day_is_the_shortest() -> None:
    subscription = _begin(a_subscriber(), a_plan())

    with pytest.raises(SubscriptionEndsTooEarly) as refused:
        end_subscription(subscription_id=subscription.id, until_on=date(2026, 10, 31))
    end_subscription(subscription_id=subscription.id, until_on=NOVEMBER)

    assert refused.value.day == date(2026, 10, 31)
    assert Subscription.objects.get(pk=subscription.id).until_on == NOVEMBER


@with_db
def test_a_retired_plan_is_kept_and_not_begun() -> None:
    subscriber, plan = a_subscriber(), a_plan()
    kept = _begin(subscriber, plan)
    retire_plan(plan_id=plan.id)

    with pytest.raises(PlanRetired) as refused:
        _begin(a_subscriber(), plan)

    assert refused.value.name == plan.name
    assert list(subscriber.subscriptions.all()) == [kept]


@with_db
def test_a_plan_is_not_begun_before_it_has_a_price() -> None:
    with pytest.raises(PlanHasNoPrice) as refused:
        _begin(a_subscriber(), a_plan(), date(2019, 12, 31))

    assert refused.value.day == date(2019, 12, 31)
    assert _begin(a_subscriber(), a_plan(), LONG_AGO).from_on == LONG_AGO


@with_db
def test_held_it_is_held_since_the_first_time() -> None:
    the_clock_says(utc(2026, 11, 10, 12))
    subscription = _begin(a_subscriber(), a_plan())
    set_held(subscription_id=subscription.id, held=True)

    later(hours=1)
    set_held(subscription_id=subscription.id, held=True)

    assert Subscription.objects.get(pk=subscription.id).held_at == utc(2026, 11, 10, 12)
    set_held(subscription_id=subscription.id, held=False)
    assert Subscription.objects.get(pk=subscription.id).held_at is None


@with_db
def test_it_may_have_a_speed_of_its_own() -> None:
    fast = Speeds(rate_in_kbps=100_000, ceil_in_kbps=200_000)
    subscription = _begin(a_subscriber(), a_plan(), personal=fast)
    assert subscription.speed is not None
    assert (subscription.speed.rate_in_kbps, subscription.speed.ceil_in_kbps) == (100_000, 200_000)

    set_personal_speed(subscription_id=subscription.id, personal=None)

    assert Subscription.objects.get(pk=subscription.id).speed is None


@with_db
def test_the_same_limits_are_one_row_that_all_share() -> None:
    limits = Speeds(rate_in_kbps=12_345)

    plan = a_plan(speeds=limits)
    personal = _begin(a_subscriber(), a_plan(), personal=limits).speed

    assert personal == plan.versions.get().speed
    assert find_or_add_speed(limits._replace(burst_in_bytes=1)) != personal


@pytest.mark.usefixtures("committed_db")
def test_two_who_begin_it_at_once_share_the_speed_and_one_gets_the_plan() -> None:
    subscriber, plan, limits = a_subscriber(), a_plan(), Speeds(rate_in_kbps=54_321)

    answers = at_once(*[lambda: _begin(subscriber, plan, personal=limits)] * 8)

    assert (
        sorted(type(answer).__name__ for answer in answers) == ["Subscription"] + ["SubscriptionOverlaps"] * 7
    )
    assert subscriber.subscriptions.count() == 1
    assert Speed.objects.filter(rate_in_kbps=54_321).count() == 1
