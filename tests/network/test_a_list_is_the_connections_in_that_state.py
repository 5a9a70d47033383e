"""A list is exactly the connections of its NAS that are in its state, by address: nobody more, nobody fewer."""

from decimal import Decimal
from itertools import permutations

import pytest

from given import (
    a_connection,
    a_customer,
    a_nas,
    a_plan,
    a_subscriber,
    charged,
    later,
    moved,
    paid,
    published,
    the_clock_says,
    utc,
)
from netledger.access.services import adopt_zone, lift_block, place_block
from netledger.access.tasks import tick as access_tick
from netledger.charging.services import hold, subscribe
from netledger.ledger import clock
from netledger.network.models import Nas
from netledger.network.services import (
    close_contract,
    end_connection,
    move_connection,
    set_enabled,
)
from netledger.network.sessions import see_session, start_session, stop_session
from netledger.payments.credit import grant_credit
from netledger.payments.tasks import tick as payments_tick
from netledger.subscribers.models import Subscriber
from network.conftest import Listed

pytestmark = pytest.mark.django_db
NOON = utc(2026, 11, 10, 12)


@pytest.fixture(autouse=True)
def _at_noon(db: None) -> None:
    the_clock_says(NOON)


def _blocked(balance: str = "0.00") -> Subscriber:
    customer = a_customer(balance)
    place_block(subscriber_id=customer.id, placed_by="staff")
    return customer


def test_each_state_has_its_own_list_and_a_connection_is_in_each_whose_flag_holds(
    nas: Nas, listed: Listed
) -> None:
    for number, (login, subscriber) in enumerate(
        {
            "pays": a_customer("10.00"), "at-zero": a_customer("0.00"), "owes": a_customer("-0.01"),
            "without-plan": a_subscriber(), "blocked": _blocked(), "both": _blocked("-5.00"),
        }.items(), start=1
    ):  # fmt: skip
        a_connection(nas, subscriber, login=login, address=f"10.0.0.{number}")

    assert listed(nas, "negbal") == ["owes", "without-plan", "both"]
    assert listed(nas, "blocked") == ["blocked", "both"]
    assert listed(nas, "logged") == ["pays", "at-zero", "owes", "without-plan", "blocked", "both"]


def test_it_is_in_the_order_of_addresses_as_numbers(nas: Nas, listed: Listed) -> None:
    for address in ("10.0.0.10", "10.0.0.9", "9.255.0.1", "10.0.0.100"):
        a_connection(nas, login=address, address=address)

    assert listed(nas, "logged") == ["9.255.0.1", "10.0.0.9", "10.0.0.10", "10.0.0.100"]


def test_another_nass_connections_are_not_in_it(nas: Nas, listed: Listed) -> None:
    other = a_nas()
    connection = a_connection(nas, a_customer("-1.00"), login="u1", address="10.0.0.5")
    before = (listed(nas, "negbal"), listed(other, "negbal"))

    move_connection(connection_id=connection.pk, nas_id=other.pk, address="10.0.0.5")

    assert before == (["u1"], [])
    assert (listed(nas, "negbal"), listed(other, "negbal")) == ([], ["u1"])


@pytest.mark.parametrize("state", ["negbal", "blocked", "logged"])
def test_nothing_at_all_is_an_empty_list(nas: Nas, listed: Listed, state: str) -> None:
    a_connection(a_nas(), _blocked("-5.00"), address="10.0.0.5")

    assert listed(nas, state) == []


def test_what_is_disabled_ended_or_of_a_closed_contract_is_in_no_list(nas: Nas, listed: Listed) -> None:
    disabled = a_connection(nas, _blocked("-5.00"), login="disabled", address="10.0.0.1")
    ended = a_connection(nas, _blocked("-5.00"), login="ended", address="10.0.0.2")
    closed = a_connection(nas, _blocked("-5.00"), login="closed", address="10.0.0.3")
    before = [listed(nas, state) for state in ("negbal", "blocked", "logged")]

    set_enabled(connection_id=disabled.pk, enabled=False)
    end_connection(connection_id=ended.pk)
    close_contract(subscriber_id=closed.subscriber_id)
    after = [listed(nas, state) for state in ("negbal", "blocked", "logged")]
    set_enabled(connection_id=disabled.pk, enabled=True)

    assert before == [["disabled", "ended", "closed"]] * 3
    assert after == [[], [], []]
    assert listed(nas, "logged") == ["disabled"]


def test_what_has_no_address_is_in_no_list(nas: Nas, listed: Listed) -> None:
    a_connection(nas, _blocked("-5.00"))
    a_connection(nas, _blocked("-5.00"), by_session=True)

    assert [listed(nas, state) for state in ("negbal", "blocked", "logged")] == [[], [], []]


def test_all_connections_of_a_subscriber_share_his_state(nas: Nas, listed: Listed) -> None:
    customer = a_customer("-1.00")
    a_connection(nas, customer, login="home", address="10.0.0.1")
    a_connection(nas, customer, login="office", address="10.0.0.2")
    before = listed(nas, "negbal")

    paid(customer, "1.00")

    assert before == ["home", "office"]
    assert listed(nas, "negbal") == []


def test_by_session_is_logged_with_the_sessions_address_while_the_session_lives(
    nas: Nas, listed: Listed
) -> None:
    customer = a_customer()
    a_connection(nas, customer, login="u1", by_session=True)
    states = [listed(nas, "logged")]
    start_session(login="u1", session_code="s1", address="10.0.0.5", at=NOON)
    states.append(listed(nas, "logged"))
    later(seconds=900)
    states.append(listed(nas, "logged"))
    later(seconds=1)
    states.append(listed(nas, "logged"))
    see_session(login="u1", session_code="s1", at=clock.now())
    states.append(listed(nas, "logged"))
    stop_session(login="u1", session_code="s1", at=clock.now())
    states.append(listed(nas, "logged"))

    assert states == [[], ["u1"], ["u1"], [], ["u1"], []]


def test_by_session_with_a_static_address_is_in_a_flags_list_without_a_session(
    nas: Nas, listed: Listed
) -> None:
    a_connection(nas, a_customer("-1.00"), login="u1", address="10.0.0.5", by_session=True)

    assert listed(nas, "negbal") == ["u1"]
    assert listed(nas, "logged") == []


def test_after_the_nas_died_it_is_logged_until_the_second_session_stops(nas: Nas, listed: Listed) -> None:
    a_connection(nas, login="u1", by_session=True)
    logged = []
    for tell in (
        lambda: start_session(
            login="u1", session_code="s1", address="10.0.0.5", at=utc(2026, 11, 10, 11, 50)
        ),
        lambda: start_session(
            login="u1", session_code="s2", address="10.0.0.5", at=utc(2026, 11, 10, 11, 55)
        ),
        lambda: stop_session(login="u1", session_code="s1", at=utc(2026, 11, 10, 11, 56)),
        lambda: start_session(
            login="u1", session_code="s2", address="10.0.0.5", at=utc(2026, 11, 10, 11, 55)
        ),
        lambda: stop_session(login="u1", session_code="unknown", at=utc(2026, 11, 10, 11, 57)),
        lambda: stop_session(login="u1", session_code="s2", at=utc(2026, 11, 10, 11, 58)),
    ):
        tell()
        logged.append(listed(nas, "logged"))

    assert logged == [["u1"]] * 5 + [[]]


@pytest.mark.parametrize("order", list(permutations(["block", "debt", "hold"])), ids="-".join)
def test_of_several_reasons_the_last_that_goes_opens(
    nas: Nas, listed: Listed, order: tuple[str, ...]
) -> None:
    customer = _blocked("-5.00")
    hold(subscription_id=customer.subscriptions.get().pk)
    a_connection(nas, customer, login="u1", address="10.0.0.5")
    holding = {"block", "debt", "hold"}
    lift = {
        "block": lambda: lift_block(subscriber_id=customer.id, lifted_by="staff"),
        "debt": lambda: moved(customer, "5.00"),
        "hold": lambda: hold(subscription_id=customer.subscriptions.get().pk, held=False),
    }

    for reason in order:
        assert listed(nas, "blocked") == (["u1"] if "block" in holding else [])
        assert listed(nas, "negbal") == (["u1"] if holding & {"debt", "hold"} else [])
        lift[reason]()
        holding.remove(reason)

    assert (listed(nas, "blocked"), listed(nas, "negbal")) == ([], [])


def test_a_credit_holds_through_its_last_day_though_nothing_else_happens(nas: Nas, listed: Listed) -> None:
    adopt_zone("Europe/Moscow")
    customer = a_customer("0.00")
    grant_credit(
        subscriber_id=customer.id, amount=Decimal(500), granted_by="staff", until_on=utc(2026, 11, 11).date()
    )
    charged(customer, "310.00")
    a_connection(nas, customer, login="u1", address="10.0.0.5")

    the_clock_says(utc(2026, 11, 11, 20, 59, 59))
    payments_tick(clock.now())
    access_tick(clock.now())
    last_second = listed(nas, "negbal")
    the_clock_says(utc(2026, 11, 11, 21, 0, 0))
    payments_tick(clock.now())
    published()

    assert (last_second, listed(nas, "negbal")) == ([], ["u1"])


def test_a_subscription_that_begins_tomorrow_opens_tomorrow(nas: Nas, listed: Listed) -> None:
    subscriber = a_subscriber()
    subscribe(subscriber_id=subscriber.id, plan_id=a_plan().id, from_on=utc(2026, 11, 11).date())
    a_connection(nas, subscriber, login="u1", address="10.0.0.5")
    before = listed(nas, "negbal")

    the_clock_says(utc(2026, 11, 11))
    access_tick(clock.now())

    assert (before, listed(nas, "negbal")) == (["u1"], [])
