"""`netledger connection` and `subscription` give a subscriber what he goes online with and what he pays for."""

from typing import Any

import pytest

from cli.typed import answered, done, misused, refused, rows
from given import LONG_AGO, a_connection, a_nas, a_plan, a_subscriber, published, the_clock_says, utc
from netledger.access.queries import find_decision
from netledger.installation.made_up import ALPHABET, LENGTH
from netledger.installation.secret_key import decrypt
from netledger.ledger import clock
from netledger.network.models import Connection
from netledger.tariffs.models import Plan
from netledger.tariffs.services import Speeds

pytestmark = pytest.mark.django_db


def secret_of(login: str) -> str:
    return decrypt(bytes(Connection.objects.get(login=login).secret))


def shown(contract: str) -> dict[str, Any]:
    """The one connection that `subscriber show` tells of."""
    (connection,) = answered("subscriber", "show", contract)["connections"]
    assert isinstance(connection, dict)
    return connection


def sold(name: str = "Домашний") -> Plan:
    plan = a_plan(speeds=Speeds(1000, 2000, 3000, 4000, 500, 600, 700, 800))
    Plan.objects.filter(pk=plan.pk).update(name=name)
    return plan


def test_a_password_is_made_up_and_printed_once() -> None:
    a_subscriber("1")
    a_nas("10.255.0.1")

    lines = done("connection", "add", "1", "ivanov", "--nas", "10.255.0.1", "--ip", "10.0.0.5").splitlines()

    said, password = lines[0], lines[1].removeprefix("Password: ")
    assert (said, len(lines)) == ("Connection ivanov is added", 2)
    assert password == secret_of("ivanov")
    assert len(password) == LENGTH and set(password) <= set(ALPHABET)
    assert password not in done("subscriber", "show", "1", "--json")


def test_a_password_is_read_from_the_input_and_not_printed() -> None:
    a_subscriber("1")
    a_nas("10.255.0.1")

    made = answered(
        "connection", "add", "1", "ivanov", "--nas", "10.255.0.1", "--password-stdin", typed="тайна 1\nx\n"
    )
    changed = done("connection", "set-password", "ivanov", "--password-stdin", typed="другая")

    assert made == {"login": "ivanov", "password": None}
    assert changed == "The password of ivanov is changed\n"
    assert secret_of("ivanov") == "другая"


def test_a_changed_password_is_dated() -> None:
    the_clock_says(utc(2026, 11, 25, 12))
    a_connection(a_nas(), login="ivanov")

    password = answered("connection", "set-password", "Ivanov")["password"]

    assert password == secret_of("ivanov")
    assert Connection.objects.get().secret_changed_at == utc(2026, 11, 25, 12)


def test_an_empty_password_is_refused() -> None:
    a_connection(a_nas(), login="ivanov")
    before = secret_of("ivanov")

    refused("connection", "set-password", "ivanov", "--password-stdin", typed="\n")

    assert secret_of("ivanov") == before


def test_a_connection_is_changed_in_what_is_given() -> None:
    a_connection(a_nas(), a_subscriber("1"), login="ivanov", mac="00:1a:2b:3c:4d:5e")

    done("connection", "set", "ivanov", "--speed-in", "9000/9000/20000/20000", "--disable")
    first = shown("1")
    done("connection", "set", "ivanov", "--speed-out", "8000/8000/20000/20000", "--no-mac", "--enable")
    second = shown("1")
    done("connection", "set", "ivanov", "--plan-speed", "--mac", "aabb.ccdd.eeff")
    third = shown("1")

    parts = [
        (one["enabled"], one["mac"], one["speed_in"], one["speed_out"]) for one in (first, second, third)
    ]
    assert parts == [
        (False, "00:1a:2b:3c:4d:5e", "9000/9000/20000/20000", ""),
        (True, None, "9000/9000/20000/20000", "8000/8000/20000/20000"),
        (True, "aa:bb:cc:dd:ee:ff", "", ""),
    ]


def test_a_connection_moves_and_keeps_what_is_not_named() -> None:
    a_connection(a_nas("10.255.0.1"), a_subscriber("1"), login="ivanov", address="10.0.0.5",
                 snat_address="192.0.2.1")  # fmt: skip
    a_nas("10.255.0.2")

    done("connection", "move", "ivanov", "--nas", "10.255.0.2")
    first = shown("1")
    done("connection", "move", "ivanov", "--ip", "10.0.0.6", "--snat", "192.0.2.2")
    second = shown("1")
    done("connection", "move", "ivanov", "--no-ip")
    third = shown("1")
    done("connection", "move", "ivanov", "--no-snat")
    fourth = shown("1")

    assert [(one["nas"], one["address"], one["snat_address"]) for one in (first, second, third, fourth)] == [
        ("10.255.0.2", "10.0.0.5", "192.0.2.1"),
        ("10.255.0.2", "10.0.0.6", "192.0.2.2"),
        ("10.255.0.2", None, "192.0.2.2"),
        ("10.255.0.2", None, None),
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("move", "ivanov", "--ip", "10.0.0.6", "--no-ip"),
        ("move", "ivanov", "--snat", "192.0.2.2", "--no-snat"),
        ("set", "ivanov", "--mac", "aabb.ccdd.eeff", "--no-mac"),
        ("set", "ivanov", "--speed-out", "8000", "--plan-speed"),
    ],
    ids=" ".join,
)
def test_options_that_contradict_each_other_are_wrong_usage(words: tuple[str, ...]) -> None:
    a_connection(a_nas(), login="ivanov", address="10.0.0.5", mac="00:1a:2b:3c:4d:5e")
    before = Connection.objects.values().get()

    assert "either" in misused("connection", *words).lower()

    assert Connection.objects.values().get() == before


def test_an_ended_connection_is_touched_no_more() -> None:
    a_connection(a_nas(), login="ivanov")

    done("connection", "end", "ivanov")

    for words in (("end", "ivanov"), ("set", "ivanov", "--disable"), ("set-password", "ivanov")):
        assert refused("connection", *words) == "Connection “ivanov” has ended"


def test_what_is_not_there_is_named() -> None:
    a_subscriber("1")

    assert refused("connection", "end", "ivanov") == "There is no connection “ivanov”"
    assert refused("connection", "add", "1", "ivanov", "--nas", "10.9.9.9") == "There is no NAS 10.9.9.9"
    assert refused("subscription", "add", "1", "Домашний") == "There is no plan “Домашний”"
    assert refused("subscription", "end", "404") == "There is no subscription 404"


@pytest.mark.parametrize(
    "words", [("connection", "set", "u"), ("connection", "move", "u"), ("subscription", "speed", "1")]
)
def test_a_change_of_nothing_is_wrong_usage(words: tuple[str, ...]) -> None:
    misused(*words)


def test_a_plan_opens_access_from_today() -> None:
    subscriber = a_subscriber("1")
    sold()

    made = answered("subscription", "add", "1", "Домашний")
    published()

    decision = find_decision(subscriber.id)
    assert decision is not None and decision.reason == "open"
    assert (made["plan"], made["from_on"], made["until_on"]) == ("Домашний", clock.today().isoformat(), None)
    assert refused("subscription", "add", "1", "Домашний").endswith("has that plan on these days already")


def test_a_subscription_ends_with_the_day_that_is_given() -> None:
    subscriber = a_subscriber("1")
    sold()
    made = answered("subscription", "add", "1", "Домашний", "--from", LONG_AGO.isoformat())
    id_ = str(made["subscription_id"])

    done("subscription", "end", id_, "--through", "2020-01-31")
    published()

    ((_, plan, from_on, until_on, *_),) = rows("subscription", "list", "1")
    decision = find_decision(subscriber.id)
    assert (plan, from_on, until_on) == ("Домашний", "2020-01-01", "2020-01-31")
    assert decision is not None and decision.reason == "no_plan"


def test_a_personal_speed_is_the_plans_in_the_direction_that_is_not_given() -> None:
    a_subscriber("1")
    sold()
    id_ = str(answered("subscription", "add", "1", "Домашний")["subscription_id"])

    first = answered("subscription", "speed", id_, "--speed-in", "9000/9000/20000/20000")
    second = answered("subscription", "speed", id_, "--speed-out", "8000/8000/20000/20000")
    third = answered("subscription", "speed", id_, "--plan-speed")

    assert [(one["speed_in"], one["speed_out"]) for one in (first, second, third)] == [
        ("9000/9000/20000/20000", "500/600/700/800"),
        ("9000/9000/20000/20000", "8000/8000/20000/20000"),
        ("", ""),
    ]
