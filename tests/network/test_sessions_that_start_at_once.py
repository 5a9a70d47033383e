"""However many events come at the same moment, a connection and an address have one open session."""

import pytest
from django.db import transaction

from given import a_connection, a_nas
from given_cluster import Database
from netledger.network import sessions
from netledger.network.models import Session
from network.told import minute, open_codes, see, start
from together import at_once, beside


def test_two_that_start_at_once_with_one_address_leave_one_open(committed_db: Database) -> None:
    nas = a_nas()
    for login in ("a", "b"):
        a_connection(nas, login=login, by_session=True)

    outcomes = at_once(
        *(
            lambda login=login: start("s1", 1, login=login, address="10.0.0.5")  # type: ignore[misc]
            for login in ("a", "b")
        )
    )

    assert all(isinstance(outcome, Session) for outcome in outcomes)
    assert Session.objects.filter(stopped_at=None, address="10.0.0.5").count() == 1


def test_many_starts_of_one_login_at_once_leave_one_open(committed_db: Database) -> None:
    a_connection(a_nas(), login="Ivanov", by_session=True)

    at_once(*(lambda number=number: start(f"s{number}", number) for number in range(8)))  # type: ignore[misc]

    assert open_codes() == ["s7"]


def test_who_exchange_addresses_at_once_do_not_block_each_other(committed_db: Database) -> None:
    nas = a_nas()
    for login, address in (("a", "10.0.0.5"), ("b", "10.0.0.6")):
        a_connection(nas, login=login, by_session=True)
        start("s1", 1, login=login, address=address)

    for attempt in range(2, 8):
        given_to_a, given_to_b = ("10.0.0.6", "10.0.0.5") if attempt % 2 == 0 else ("10.0.0.5", "10.0.0.6")
        outcomes = at_once(
            lambda at=attempt, to=given_to_a: start(f"a{at}", at, login="a", address=to),  # type: ignore[misc]
            lambda at=attempt, to=given_to_b: start(f"b{at}", at, login="b", address=to),  # type: ignore[misc]
        )
        assert all(isinstance(outcome, Session) for outcome in outcomes)

    assert (open_codes("a"), open_codes("b")) == (["a7"], ["b7"])


def test_who_is_seen_while_another_gets_his_address_stays_superseded(committed_db: Database) -> None:
    nas = a_nas()
    for login in ("a", "b"):
        a_connection(nas, login=login, by_session=True)
    start("s1", 1, login="b", address="10.0.0.5")

    with beside() as waits, transaction.atomic():
        start("s1", 5, login="a", address="10.0.0.5")
        seen = waits(lambda: see("s1", 6, login="b"))

    assert seen.result().stopped_at == minute(5)
    assert (open_codes("a"), open_codes("b")) == (["s1"], [])


def test_who_waited_for_an_address_supersedes_the_earlier_session(committed_db: Database) -> None:
    nas = a_nas()
    for login in ("a", "b"):
        a_connection(nas, login=login, by_session=True)

    with beside() as waits, transaction.atomic():
        start("s1", 1, login="a", address="10.0.0.5")
        waits(lambda: start("s1", 2, login="b", address="10.0.0.5"))

    assert (open_codes("a"), open_codes("b")) == ([], ["s1"])


def test_who_began_unseen_and_is_superseded_does_not_live_again(
    committed_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    nas = a_nas()
    for login in ("a", "b"):
        a_connection(nas, login=login, by_session=True)
    lock_address = sessions.lock_address

    def after_another_began(nas_id: int, address: str | None) -> None:
        monkeypatch.setattr(sessions, "lock_address", lock_address)
        at_once(lambda: start("s1", 1, login="b", address=address))
        lock_address(nas_id, address)

    with beside() as waits, transaction.atomic():
        monkeypatch.setattr(sessions, "lock_address", after_another_began)
        start("s1", 5, login="a", address="10.0.0.5")
        seen = waits(lambda: see("s1", 6, login="b"))

    assert seen.result().stopped_at == minute(5)
    assert (open_codes("a"), open_codes("b")) == (["s1"], [])
