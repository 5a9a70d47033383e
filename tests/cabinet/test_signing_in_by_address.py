"""Who calls from an address that is one connection's alone gets in without a secret, for as long as it is."""

import pytest

from given import a_connection, a_nas, a_subscriber, later
from netledger.cabinet.errors import AddressUnrecognized, SessionEnded
from netledger.cabinet.services import SignedIn, resume_session, sign_in_by_address
from netledger.installation.cabinet_settings import CabinetSettings
from netledger.ledger import clock
from netledger.network.models import Connection, Nas
from netledger.network.services import end_connection, move_connection, set_secret
from netledger.network.sessions import see_session, start_session, stop_session

pytestmark = pytest.mark.django_db

LIMITS = CabinetSettings()
SEEN_WITHIN_S = 900
ADDRESS = "10.0.0.5"


@pytest.fixture
def nas() -> Nas:
    return a_nas()


def _enter() -> SignedIn:
    return sign_in_by_address(address=ADDRESS, seen_within_s=SEEN_WITHIN_S, limits=LIMITS)


def _login_of(entered: SignedIn) -> str | None:
    """Whom a session still shows."""
    try:
        resumed = resume_session(token=entered.token, seen_within_s=SEEN_WITHIN_S, limits=LIMITS)
    except SessionEnded:
        return None
    return resumed.connection.login


def _online(login: str, code: str, address: str = ADDRESS) -> None:
    start_session(login=login, session_code=code, at=clock.now(), address=address)


def test_a_static_one_lets_in_and_a_session_of_it_remembers_the_address(nas: Nas) -> None:
    a_connection(nas, login="anna", address=ADDRESS)

    entered = _enter()

    assert _login_of(entered) == "anna"
    assert entered.session.address == ADDRESS


def test_nobodys_and_two_connections_do_not(nas: Nas) -> None:
    with pytest.raises(AddressUnrecognized):
        _enter()
    a_connection(nas, address=ADDRESS)
    a_connection(a_nas(), address=ADDRESS)

    with pytest.raises(AddressUnrecognized):
        _enter()


def test_a_session_is_over_when_a_second_connection_gets_the_address(nas: Nas) -> None:
    a_connection(nas, login="anna", address=ADDRESS)
    entered = _enter()

    a_connection(a_nas(), address=ADDRESS)

    assert _login_of(entered) is None


def test_one_is_over_with_the_live_session_that_had_the_address(nas: Nas) -> None:
    a_connection(nas, login="anna", by_session=True)
    _online("anna", "s1")
    entered = _enter()
    while_online = _login_of(entered)

    stop_session(login="anna", session_code="s1", at=clock.now())

    assert (while_online, _login_of(entered)) == ("anna", None)


def test_one_lives_on_while_the_live_session_is_heard_of(nas: Nas) -> None:
    a_connection(nas, login="anna", by_session=True)
    _online("anna", "s1")
    entered = _enter()
    later(seconds=SEEN_WITHIN_S - 10)
    see_session(login="anna", session_code="s1", at=clock.now(), address=ADDRESS)
    later(seconds=SEEN_WITHIN_S - 10)
    heard_of = _login_of(entered)
    later(seconds=20)

    assert (heard_of, _login_of(entered)) == ("anna", None)


def test_an_older_one_never_shows_who_has_the_address_now(nas: Nas) -> None:
    """Case V13, with addresses that a NAS gives by session."""
    for login in ("anna", "dora"):
        a_connection(nas, login=login, by_session=True)
    _online("anna", "s1")
    annas = _enter()
    _online("dora", "s2")
    doras = _enter()
    _online("dora", "s3", "10.0.0.6")
    _online("anna", "s4")

    assert (_login_of(annas), _login_of(doras)) == (None, None)


def _moves_away(connection: Connection) -> None:
    move_connection(connection_id=connection.pk, nas_id=connection.nas_id, address="10.0.0.6")


def _has_another_secret(connection: Connection) -> None:
    set_secret(connection_id=connection.pk, secret="другая")


def _ends(connection: Connection) -> None:
    end_connection(connection_id=connection.pk)


@pytest.mark.parametrize("what", [_moves_away, _has_another_secret, _ends])
def test_one_is_over_when_the_connection(nas: Nas, what: object) -> None:
    connection = a_connection(nas, a_subscriber(), address=ADDRESS)
    entered = _enter()

    assert callable(what)
    what(connection)

    assert _login_of(entered) is None
