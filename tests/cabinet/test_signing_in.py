"""Whoever knows a connection's login and secret is let in to the cabinet; nobody else is, nor told which was wrong."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from given import a_connection, a_customer, a_nas, later
from netledger.access.services import place_block
from netledger.cabinet import services, tasks
from netledger.cabinet.errors import SessionEnded, SignInRefused
from netledger.cabinet.models import Session
from netledger.cabinet.services import SignedIn, resume_session, sign_in, sign_out
from netledger.installation.cabinet_settings import CabinetSettings
from netledger.ledger import clock
from netledger.network.errors import ConnectionEnded
from netledger.network.models import Connection
from netledger.network.queries import find_connection
from netledger.network.services import close_contract, end_connection, set_enabled, set_secret
from netledger.subscribers.errors import ContractClosed

pytestmark = pytest.mark.django_db

LIMITS = CabinetSettings(session_idle_s=3600)
SEEN_WITHIN_S = 900


@pytest.fixture
def connection() -> Connection:
    return a_connection(a_nas(), a_customer("-310.00"), login="ivanov")


def _enter(login: str = "ivanov", secret: str = "тайна") -> SignedIn:
    return sign_in(login=login, secret=secret, limits=LIMITS)


def _resume(token: str) -> Session:
    return resume_session(token=token, seen_within_s=SEEN_WITHIN_S, limits=LIMITS)


def test_a_session_is_the_connections_and_only_the_hash_of_its_token_is_kept(connection: Connection) -> None:
    entered = _enter()

    assert _resume(entered.token).connection == connection
    kept: dict[str, Any] = Session.objects.values().get()
    assert entered.token not in str(kept)


def test_everybody_is_signed_out_after_a_restore(connection: Connection) -> None:
    entered = _enter()

    assert services.end_all_sessions() == 1

    with pytest.raises(SessionEnded):
        _resume(entered.token)


def test_tokens_differ_and_hold_no_character_that_clients_cut_at(connection: Connection) -> None:
    tokens = {_enter().token for _ in range(20)}

    assert len(tokens) == 20
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{32,}", token) for token in tokens)


@pytest.mark.parametrize("login", ["ivanov", " IVANOV", "Ivanov\n"])
def test_a_login_is_known_in_any_case_and_with_space_around_it(connection: Connection, login: str) -> None:
    assert _enter(login).session.connection == connection


@pytest.mark.parametrize(
    ("login", "secret"),
    [
        ("ivanov", "тайна "),
        ("ivanov", "Тайна"),
        ("ivanov", ""),
        ("iv\u0430nov", "тайна"),
        ("ivanov\u200b", "тайна"),
        ("nobody", "тайна"),
        ("", ""),
    ],
)
def test_what_is_wrong_is_refused_in_the_same_words(connection: Connection, login: str, secret: str) -> None:
    with pytest.raises(SignInRefused) as refused:
        _enter(login, secret)

    assert refused.value.facts() == {}
    assert not Session.objects.exists()


def test_a_contract_number_is_no_login(connection: Connection) -> None:
    with pytest.raises(SignInRefused):
        _enter(connection.subscriber.contract_number)


def test_a_debtor_whom_staff_has_blocked_and_disabled_gets_in(connection: Connection) -> None:
    place_block(subscriber_id=connection.subscriber_id, placed_by="staff", why="spam")
    set_enabled(connection_id=connection.pk, enabled=False)

    assert _resume(_enter().token)


def test_whose_contract_is_closed_is_told_so_if_his_secret_is_right(connection: Connection) -> None:
    close_contract(subscriber_id=connection.subscriber_id)

    with pytest.raises(ContractClosed):
        _enter()
    with pytest.raises(SignInRefused):
        _enter(secret="wrong")


def test_whose_connection_has_ended_is_told_so(connection: Connection) -> None:
    end_connection(connection_id=connection.pk)

    with pytest.raises(ConnectionEnded):
        _enter()


def test_a_session_ends_when_he_signs_out_and_no_other_does(connection: Connection) -> None:
    here, there = _enter(), _enter()

    sign_out(here.session)

    assert _resume(there.token)
    with pytest.raises(SessionEnded):
        _resume(here.token)


def test_a_session_lasts_as_long_as_it_is_used(connection: Connection) -> None:
    entered = _enter()
    for _ in range(3):
        later(seconds=3000)
        _resume(entered.token)
    later(seconds=3600 + 60)  # a use is written down once a minute

    with pytest.raises(SessionEnded):
        _resume(entered.token)


def test_also_where_it_may_be_idle_for_a_minute_only(connection: Connection) -> None:
    limits = CabinetSettings(session_idle_s=60)
    entered = sign_in(login="ivanov", secret="тайна", limits=limits)

    for _ in range(30):
        later(seconds=5)
        assert resume_session(token=entered.token, seen_within_s=SEEN_WITHIN_S, limits=limits)
    later(seconds=60 + 6)

    with pytest.raises(SessionEnded):
        resume_session(token=entered.token, seen_within_s=SEEN_WITHIN_S, limits=limits)


def test_a_shorter_limit_holds_for_sessions_that_are_there(connection: Connection) -> None:
    entered = _enter()
    later(seconds=100)

    with pytest.raises(SessionEnded):
        resume_session(
            token=entered.token, seen_within_s=SEEN_WITHIN_S, limits=CabinetSettings(session_idle_s=60)
        )


def test_no_session_lasts_longer_than_thirty_days(connection: Connection) -> None:
    limits = CabinetSettings(session_idle_s=7 * 86_400)
    entered = sign_in(login="ivanov", secret="тайна", limits=limits)
    for _ in range(4):
        later(days=6)
        resume_session(token=entered.token, seen_within_s=SEEN_WITHIN_S, limits=limits)
    later(days=6)

    with pytest.raises(SessionEnded):
        resume_session(token=entered.token, seen_within_s=SEEN_WITHIN_S, limits=limits)


ENDS: dict[str, Callable[[Connection], None]] = {
    "closed": lambda connection: close_contract(subscriber_id=connection.subscriber_id),
    "ended": lambda connection: end_connection(connection_id=connection.pk),
    "another secret": lambda connection: set_secret(connection_id=connection.pk, secret="другая"),
    "the same secret set anew": lambda connection: set_secret(connection_id=connection.pk, secret="тайна"),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_all_sessions_are_over_with_what_they_were_made_from(
    connection: Connection, end: Callable[[Connection], None]
) -> None:
    here, there = _enter(), _enter()

    end(connection)

    for entered in (here, there):
        with pytest.raises(SessionEnded):
            _resume(entered.token)


def test_a_secret_that_is_changed_while_he_signs_in_lets_nobody_in(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find_and_change(login: str) -> Connection | None:
        found = find_connection(login)
        set_secret(connection_id=connection.pk, secret="другая")
        return found

    monkeypatch.setattr(services, "find_connection", find_and_change)
    entered = _enter()

    with pytest.raises(SessionEnded):
        _resume(entered.token)


@pytest.mark.parametrize("token", ["", "rubbish", "x" * 5000, "\u0430"])
def test_a_token_that_was_never_given_is_nobodys(connection: Connection, token: str) -> None:
    with pytest.raises(SessionEnded):
        _resume(token)


def test_what_has_expired_is_taken_away(connection: Connection) -> None:
    _enter()
    later(seconds=3000)
    fresh = _enter()
    later(seconds=1000)

    tasks.tick(clock.now())

    assert [session.pk for session in Session.objects.all()] == [fresh.session.pk]
