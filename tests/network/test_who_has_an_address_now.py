"""The cabinet asks by address: the answer is one connection or nobody, and how long without a break."""

import pytest

from given import SEEN_WITHIN_S, a_connection, a_nas, later
from netledger.ledger import clock
from netledger.network.models import Nas
from netledger.network.queries import find_connection, find_connection_at, has_held_address
from netledger.network.services import end_connection, move_connection, set_enabled, set_secret
from netledger.network.sessions import start_session, stop_session

ADDRESS = "10.0.0.5"


def _login_at(address: str) -> str | None:
    found = find_connection_at(address, seen_within_s=SEEN_WITHIN_S)
    return found.login if found else None


def test_a_static_address_is_its_connections_also_when_that_is_disabled(nas: Nas) -> None:
    connection = a_connection(nas, login="static", address=ADDRESS)
    set_enabled(connection_id=connection.pk, enabled=False)

    assert _login_at(ADDRESS) == "static"


def test_a_sessions_address_is_its_connections_while_the_session_lives(nas: Nas) -> None:
    a_connection(nas, login="roaming", by_session=True)
    start_session(login="roaming", session_code="s1", at=clock.now(), address=ADDRESS)

    alive = _login_at(ADDRESS)
    later(seconds=SEEN_WITHIN_S + 1)

    assert (alive, _login_at(ADDRESS)) == ("roaming", None)


def test_a_stopped_sessions_and_an_ended_connections_address_is_nobodys(nas: Nas) -> None:
    ended = a_connection(nas, address=ADDRESS)
    end_connection(connection_id=ended.pk)
    a_connection(nas, login="roaming", by_session=True)
    start_session(login="roaming", session_code="s1", at=clock.now(), address="10.0.0.6")
    stop_session(login="roaming", session_code="s1", at=clock.now())

    assert (_login_at(ADDRESS), _login_at("10.0.0.6")) == (None, None)


def test_an_address_of_two_connections_is_nobodys(nas: Nas) -> None:
    first = a_connection(nas, address=ADDRESS)
    a_connection(a_nas(), first.subscriber, address=ADDRESS)

    assert _login_at(ADDRESS) is None


@pytest.mark.parametrize("text", ["", "nobody", "::1", "10.0.0.5 "])
def test_what_is_no_ipv4_address_is_nobodys(nas: Nas, text: str) -> None:
    a_connection(nas, address=ADDRESS)

    assert _login_at(text) is None


def test_an_address_that_went_and_came_back_was_not_held_throughout(nas: Nas) -> None:
    connection = a_connection(nas, address=ADDRESS)
    before = clock.now()
    later(minutes=1)
    held = has_held_address(connection.pk, ADDRESS, since_at=before, seen_within_s=SEEN_WITHIN_S)
    move_connection(connection_id=connection.pk, nas_id=nas.pk, address=None)
    later(minutes=1)
    move_connection(connection_id=connection.pk, nas_id=nas.pk, address=ADDRESS)

    again = has_held_address(connection.pk, ADDRESS, since_at=before, seen_within_s=SEEN_WITHIN_S)

    assert (held, again) == (True, False)


@pytest.mark.parametrize("spelling", ["жук", " ЖУК ", "Жук"])
def test_a_connection_is_found_by_its_login_however_it_is_spelt(nas: Nas, spelling: str) -> None:
    connection = a_connection(nas, login="Жук")
    end_connection(connection_id=a_connection(nas, connection.subscriber, login="другой").pk)

    found = find_connection(spelling)

    assert found == connection


def test_a_contract_number_is_no_login(nas: Nas) -> None:
    connection = a_connection(nas)

    assert find_connection(connection.subscriber.contract_number) is None


def test_another_secret_leaves_its_moment(nas: Nas) -> None:
    connection = a_connection(nas)
    before, begun_at = bytes(connection.secret), clock.now()

    set_secret(connection_id=connection.pk, secret="другая")

    connection.refresh_from_db()
    assert bytes(connection.secret) != before
    assert connection.secret_changed_at is not None
    assert begun_at <= connection.secret_changed_at <= clock.now()
