"""Whoever asks who had an address at a moment gets every connection that had it then, one a NAS, and no other."""

from datetime import datetime, timedelta

import pytest

from given import a_connection, a_customer, a_nas, later, the_clock_says, utc
from netledger.ledger import clock
from netledger.ledger.errors import MomentInFuture
from netledger.network.errors import AddressOfNobody
from netledger.network.holders import holders_of
from netledger.network.models import Connection
from netledger.network.services import close_contract, end_connection, move_connection
from netledger.network.sessions import start_session, stop_session

pytestmark = pytest.mark.django_db

NOON = utc(2026, 11, 10, 12)
ADDRESS = "10.0.0.5"


@pytest.fixture(autouse=True)
def _at_noon() -> None:
    the_clock_says(NOON)


@pytest.fixture
def ivanov() -> Connection:
    """Has the address from noon on, by itself."""
    return a_connection(a_nas("192.0.2.1"), login="ivanov", address=ADDRESS)


def _at(moment: datetime) -> list[str]:
    """The logins of who had the address."""
    try:
        return [holder.login for holder in holders_of(ADDRESS, at=moment).holders]
    except AddressOfNobody:
        return []


def test_a_static_address_is_had_until_the_connection_moves(ivanov: Connection) -> None:
    later(hours=1)
    move_connection(connection_id=ivanov.pk, address="10.0.0.6")
    later(hours=1)
    a_connection(ivanov.nas, login="petrov", address=ADDRESS)

    hours = [timedelta(minutes=minutes) for minutes in (-1, 0, 59, 60, 119, 120)]

    assert [_at(NOON + hour) for hour in hours[:-1]] == [[], ["ivanov"], ["ivanov"], [], []]
    assert _at(NOON + hours[-1]) == ["petrov"]


@pytest.mark.parametrize("ends_by", ["connection", "contract"])
def test_and_no_longer_than_the_connection_lasts(ivanov: Connection, ends_by: str) -> None:
    later(hours=1)
    if ends_by == "connection":
        end_connection(connection_id=ivanov.pk)
    else:
        close_contract(subscriber_id=ivanov.subscriber_id)
    later(hours=1)

    assert _at(NOON + timedelta(minutes=59)) == ["ivanov"]
    assert _at(clock.now()) == []


def test_a_sessions_address_is_had_from_its_start_to_its_stop() -> None:
    a_connection(a_nas(), login="petrov", by_session=True)
    start_session(login="petrov", session_code="s1", address=ADDRESS, at=NOON)
    later(hours=1)
    (open_one,) = holders_of(ADDRESS).holders
    stop_session(login="petrov", session_code="s1", at=clock.now())
    later(hours=1)

    assert (open_one.session_code, open_one.until_at, open_one.seen_at) == ("s1", None, NOON)
    assert [_at(NOON + timedelta(minutes=minutes)) for minutes in (-1, 0, 59, 60)] == [
        [], ["petrov"], ["petrov"], [],
    ]  # fmt: skip


def test_one_whose_stop_was_never_told_has_it_until_another_begins_in_its_place() -> None:
    nas = a_nas()
    for login in ("petrov", "sidorov"):
        a_connection(nas, login=login, by_session=True)
    start_session(login="petrov", session_code="s1", address=ADDRESS, at=NOON)
    later(days=1)
    start_session(login="sidorov", session_code="s2", address=ADDRESS, at=clock.now())

    assert _at(NOON + timedelta(hours=23)) == ["petrov"]
    assert _at(clock.now()) == ["sidorov"]


def test_one_of_which_only_the_stop_was_heard_has_it_at_no_moment() -> None:
    a_connection(a_nas(), login="petrov", by_session=True)
    stop_session(login="petrov", session_code="s1", at=NOON)

    assert _at(NOON - timedelta(minutes=1)) == []


def test_on_several_nases_all_who_had_it_by_nas(ivanov: Connection) -> None:
    subscriber = a_customer(contract_number="0010300")
    a_connection(a_nas("192.0.2.9"), subscriber, login="by-session", by_session=True)
    a_connection(a_nas("192.0.2.10"), login="static", address=ADDRESS)
    start_session(login="by-session", session_code="s1", address=ADDRESS, mac="AABB.CCDD.EEFF", at=NOON)

    holders = holders_of(ADDRESS, at=NOON).holders

    assert [(one.nas_address, one.login) for one in holders] == [
        ("192.0.2.1", "ivanov"),
        ("192.0.2.9", "by-session"),
        ("192.0.2.10", "static"),
    ]
    assert (holders[1].contract_number, holders[1].mac) == ("0010300", "aa:bb:cc:dd:ee:ff")


def test_a_moment_to_come_is_refused(ivanov: Connection) -> None:
    with pytest.raises(MomentInFuture):
        holders_of(ADDRESS, at=NOON + timedelta(seconds=1))
