"""A line's speed is the connection's own, else the subscription's personal one, else the plan's of today."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from given import LONG_AGO, a_connection, a_plan, a_subscriber, charged, the_clock_says, utc
from netledger.charging.services import hold, subscribe, unsubscribe
from netledger.network.models import Nas
from netledger.subscribers.models import Subscriber
from netledger.tariffs.models import Plan
from netledger.tariffs.services import Speeds, add_plan_version, set_personal_speed
from network.conftest import lines_of

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 10)


def _of(kbps: int) -> Speeds:
    return Speeds(rate_in_kbps=kbps)


@pytest.fixture(autouse=True)
def _today(db: None) -> None:
    the_clock_says(utc(2026, 11, 10, 12))


@pytest.fixture
def subscriber(nas: Nas) -> Subscriber:
    """With one connection, and no plan yet."""
    subscriber = a_subscriber()
    a_connection(nas, subscriber, address="10.0.0.5")
    return subscriber


@pytest.fixture
def plan() -> Plan:
    """Of 100 kbit/s."""
    return a_plan(speeds=_of(100))


def _rate_in(nas: Nas, folder: Path) -> str:
    (line,) = lines_of(nas, "logged", folder)
    return line.split()[7]


def test_it_is_the_plans(nas: Nas, subscriber: Subscriber, plan: Plan, tmp_path: Path) -> None:
    subscribe(subscriber_id=subscriber.id, plan_id=plan.id, from_on=LONG_AGO)

    assert _rate_in(nas, tmp_path) == "100"


def test_a_personal_one_stands_above_the_plans(
    nas: Nas, subscriber: Subscriber, plan: Plan, tmp_path: Path
) -> None:
    subscription = subscribe(
        subscriber_id=subscriber.id, plan_id=plan.id, from_on=LONG_AGO, personal=_of(200)
    )
    personal = _rate_in(nas, tmp_path)

    set_personal_speed(subscription_id=subscription.id, personal=None)

    assert (personal, _rate_in(nas, tmp_path)) == ("200", "100")


def test_the_connections_own_stands_above_both_and_is_no_other_connections(
    nas: Nas, plan: Plan, tmp_path: Path
) -> None:
    subscriber = a_subscriber()
    subscribe(subscriber_id=subscriber.id, plan_id=plan.id, from_on=LONG_AGO, personal=_of(200))
    a_connection(nas, subscriber, address="10.0.0.5", speeds=_of(300))
    a_connection(nas, subscriber, address="10.0.0.6")

    assert [line.split()[7] for line in lines_of(nas, "logged", tmp_path)] == ["300", "200"]


def test_the_plans_version_of_today_is_in_force_not_the_one_to_come(
    nas: Nas, subscriber: Subscriber, plan: Plan, tmp_path: Path
) -> None:
    subscribe(subscriber_id=subscriber.id, plan_id=plan.id, from_on=LONG_AGO)
    add_plan_version(plan_id=plan.id, from_on=TODAY, price=Decimal(400), speeds=_of(400))
    add_plan_version(plan_id=plan.id, from_on=date(2026, 11, 11), price=Decimal(500), speeds=_of(500))
    today = _rate_in(nas, tmp_path)

    the_clock_says(utc(2026, 11, 11))

    assert (today, _rate_in(nas, tmp_path)) == ("400", "500")


def test_a_debtor_keeps_his_speed_and_so_does_who_is_held(
    nas: Nas, subscriber: Subscriber, plan: Plan, tmp_path: Path
) -> None:
    subscription = subscribe(subscriber_id=subscriber.id, plan_id=plan.id, from_on=LONG_AGO)
    charged(subscriber, "310.00")
    owing = _rate_in(nas, tmp_path)

    hold(subscription_id=subscription.id)

    assert (owing, _rate_in(nas, tmp_path)) == ("100", "100")


def test_of_several_the_one_begun_last_counts(
    nas: Nas, subscriber: Subscriber, plan: Plan, tmp_path: Path
) -> None:
    faster = a_plan(speeds=_of(900))
    subscribe(subscriber_id=subscriber.id, plan_id=faster.id, from_on=date(2026, 2, 1))
    subscribe(subscriber_id=subscriber.id, plan_id=plan.id, from_on=date(2026, 1, 1))

    assert _rate_in(nas, tmp_path) == "900"


def test_of_several_one_that_gives_access_counts_before_one_that_is_held(
    nas: Nas, subscriber: Subscriber, plan: Plan, tmp_path: Path
) -> None:
    subscribe(subscriber_id=subscriber.id, plan_id=plan.id, from_on=LONG_AGO)
    held = subscribe(subscriber_id=subscriber.id, plan_id=a_plan(speeds=_of(900)).id, from_on=TODAY)

    hold(subscription_id=held.id)

    assert _rate_in(nas, tmp_path) == "100"


def test_several_make_one_line(nas: Nas, subscriber: Subscriber, tmp_path: Path) -> None:
    for kbps in (100, 200, 300):
        subscribe(subscriber_id=subscriber.id, plan_id=a_plan(speeds=_of(kbps)).id, from_on=LONG_AGO)

    assert _rate_in(nas, tmp_path) == "300"  # begun on one day: the one added last


def test_what_gives_no_access_is_over_or_has_not_begun_does_not_count(
    nas: Nas, subscriber: Subscriber, plan: Plan, tmp_path: Path
) -> None:
    television = a_plan(speeds=_of(900), gives_access=False)
    subscribe(subscriber_id=subscriber.id, plan_id=television.id, from_on=LONG_AGO)
    over = subscribe(subscriber_id=subscriber.id, plan_id=plan.id, from_on=LONG_AGO)
    unsubscribe(subscription_id=over.id, until_on=date(2026, 11, 10))
    subscribe(subscriber_id=subscriber.id, plan_id=a_plan(speeds=_of(700)).id, from_on=date(2026, 11, 12))
    on_its_last_day = _rate_in(nas, tmp_path)

    the_clock_says(utc(2026, 11, 11))

    assert (on_its_last_day, _rate_in(nas, tmp_path)) == ("100", "-1")


def test_without_a_plan_nothing_is_shaped(nas: Nas, subscriber: Subscriber, tmp_path: Path) -> None:
    (line,) = lines_of(nas, "negbal", tmp_path)

    assert line.split()[7:13] == ["-1", "-1", "0", "-1", "-1", "0"]
    assert line.split()[14:] == ["0", "0"]
