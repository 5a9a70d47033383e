"""`netledger why` says in one sentence why access is open or closed, and whose an address was, now or at a moment."""

from collections.abc import Iterator
from datetime import date

import pytest

from cli.typed import answered, done, misused, refused
from given import a_connection, a_customer, a_nas, charged, later, lent, published, the_clock_says, utc
from netledger.access import tasks as access_tasks
from netledger.access.services import place_block
from netledger.ledger import clock
from netledger.ledger.services import set_zone
from netledger.network.services import move_connection
from netledger.network.sessions import start_session, stop_session
from netledger.payments import tasks as payments_tasks
from netledger.subscribers.models import Subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_moscow(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    set_zone("Europe/Moscow")
    the_clock_says(utc(2026, 11, 10, 9))
    yield


@pytest.fixture
def debtor() -> Subscriber:
    """Contract 0010245, closed at the midnight after 11 November, when his credit ended; it is 13 November."""
    debtor = a_customer(contract_number="0010245")
    lent(debtor, "500.00", until_on=date(2026, 11, 11))
    charged(debtor, "310.00")
    published()
    the_clock_says(utc(2026, 11, 11, 21))
    payments_tasks.tick(clock.now())
    access_tasks.tick(clock.now())
    published()
    the_clock_says(utc(2026, 11, 13, 9))
    return debtor


def test_the_sentence_comes_first_and_then_what_stands_behind_it(debtor: Subscriber) -> None:
    place_block(subscriber_id=debtor.id, placed_by="petrova", why="a neighbour complains")
    published()

    sentence, _, *behind = done("why", "0010245").splitlines()

    assert (
        sentence == "Blocked by the administrator since 13 November 12:00, and for debt too: balance −310.00"
    )
    told = "\n".join(behind)
    for part in ("Operations:", "-310.00", "Blocks:", "petrova\ta neighbour complains", "Plans that give"):
        assert part in told


def test_it_is_said_in_the_language_of_the_terminal(
    debtor: Subscriber, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")

    told = done("why", "0010245").splitlines()

    assert told[0] == (
        "Закрыт за долг с 12 ноября 00:00: баланс −310,00, кредит 500,00 действовал по 11 ноября"
    )
    assert "Кредиты:" in told


@pytest.mark.parametrize("moment", ["2026-11-11T23:59", "2026-11-11T20:59:00Z", "2026-11-11T22:59+02:00"])
def test_a_moment_is_the_providers_where_it_names_no_zone(debtor: Subscriber, moment: str) -> None:
    card = answered("why", "0010245", "--at", moment)

    assert (card["reason"], card["at"]) == ("open", "2026-11-11T23:59:00+03:00")
    assert card["sentence"] == (
        "11 November 23:59 — access is open since 10 November 12:00: "
        "balance −310.00, credit of 500.00 through 11 November"
    )


def test_as_json_it_is_one_document_with_the_facts(debtor: Subscriber) -> None:
    card = answered("why", "0010245")

    assert (card["reason"], card["negbal"], card["blocked"]) == ("overdrawn", True, False)
    assert (card["since_at"], card["balance"]) == ("2026-11-12T00:00:00+03:00", "-310.00")
    assert [(credit["amount"], credit["until_on"]) for credit in card["credits"]] == [
        ("500.00", "2026-11-11")
    ]
    assert [operation["sum"] for operation in card["operations"]] == ["-310.00"]


@pytest.mark.parametrize(
    ("moment", "said"),
    [("2026-11-10T11:59", "is before the contract"), ("2026-11-13T12:01", "is yet to come")],
)
def test_a_moment_outside_the_contracts_time_is_refused(debtor: Subscriber, moment: str, said: str) -> None:
    sentence = refused("why", "0010245", "--at", moment)

    assert sentence.startswith("at: 2026-11-1")
    assert said in sentence


@pytest.mark.parametrize("moment", ["yesterday", "2026-13-01", "25.11.2026", "0001-01-01T00:00+14:00"])
def test_what_is_no_moment_is_wrong_usage(debtor: Subscriber, moment: str) -> None:
    assert "--at" in misused("why", "0010245", "--at", moment)


def test_who_is_not_there_is_refused() -> None:
    assert "0010246" in refused("why", "0010246")
    assert "10.0.0" in refused("why", "10.0.0")


def test_the_subscribers_card_says_the_same(debtor: Subscriber) -> None:
    card = answered("subscriber", "show", "0010245")

    assert card["state"]["sentence"] == answered("why", "0010245")["sentence"]


def test_an_address_is_whose_it_was_at_the_moment_on_each_nas(debtor: Subscriber) -> None:
    core, edge = a_nas("192.0.2.1"), a_nas("192.0.2.2")
    static = a_connection(core, debtor, login="ivanov", address="10.0.0.5")
    other = a_customer(contract_number="0010300")
    a_connection(edge, other, login="petrov", by_session=True)
    published()
    start_session(
        login="petrov", session_code="s-1", address="10.0.0.5", mac="aa:bb:cc:dd:ee:ff", at=clock.now()
    )
    later(hours=1)
    move_connection(connection_id=static.pk, address="10.0.0.6")
    stop_session(login="petrov", session_code="s-1", at=clock.now())

    held = answered("why", "10.0.0.5", "--at", "2026-11-13T12:30")
    said = done("why", "10.0.0.5", "--at", "2026-11-13T12:30").splitlines()

    assert [(one["nas"], one["login"], one["contract_number"]) for one in held["holders"]] == [
        ("192.0.2.1", "ivanov", "0010245"),
        ("192.0.2.2", "petrov", "0010300"),
    ]
    assert [one["why"]["reason"] for one in held["holders"]] == ["overdrawn", "open"]
    assert said[0] == (
        "10.0.0.5 on NAS 192.0.2.1: contract 0010245, login ivanov, since 2026-11-13 12:00:00+03:00 "
        "until 2026-11-13 13:00:00+03:00, a static address"
    )
    assert (
        "10.0.0.5 on NAS 192.0.2.2: contract 0010300, login petrov, since 2026-11-13 12:00:00+03:00 "
        "until 2026-11-13 13:00:00+03:00, session s-1, MAC aa:bb:cc:dd:ee:ff"
    ) in said


def test_an_address_that_is_had_now_needs_no_moment(debtor: Subscriber) -> None:
    a_connection(a_nas("192.0.2.1"), debtor, login="ivanov", by_session=True)
    start_session(login="ivanov", session_code="s-1", address="10.0.0.5", at=clock.now())

    said = done("why", "10.0.0.5").splitlines()

    assert said[0].endswith("session s-1, last heard of 2026-11-13 12:00:00+03:00")
    assert said[1].startswith("Closed for debt since 12 November 00:00")


@pytest.mark.parametrize(
    ("moment", "said"),
    [("2026-11-13T11:00", "recorded as nobody's"), ("2026-11-13T13:00", "is yet to come")],
)
def test_an_address_of_nobody_and_a_moment_to_come_are_refused(
    debtor: Subscriber, moment: str, said: str
) -> None:
    a_connection(a_nas("192.0.2.1"), debtor, address="10.0.0.5")

    assert said in refused("why", "10.0.0.5", "--at", moment)
