"""A connection belongs to one contract: its login is nobody else's, its secret unreadable, its end final."""

import unicodedata

import pytest
from django.db import connection as database

from given import a_connection, a_subscriber, published
from netledger.access.queries import find_decision
from netledger.installation.secret_key import decrypt
from netledger.network.errors import ConnectionEnded, MacMalformed, SecretMalformed
from netledger.network.models import Assignment, Connection, Nas, Session
from netledger.network.services import (
    add_connection,
    close_contract,
    end_connection,
    move_connection,
    set_enabled,
    set_mac,
)
from netledger.network.sessions import start_session
from netledger.subscribers.errors import ContractClosed, IdentifierMalformed, IdentifierTaken
from netledger.subscribers.queries import find_by_identifier
from netledger.tariffs.errors import SpeedOutOfLimits
from netledger.tariffs.services import Speeds

pytestmark = pytest.mark.django_db


def test_its_login_finds_the_contract(nas: Nas) -> None:
    subscriber = a_subscriber()
    a_connection(nas, subscriber, login="Ivanov")

    assert find_by_identifier("iVANOV") == subscriber


def test_its_login_may_be_the_contracts_own_number_and_no_others(nas: Nas) -> None:
    owner, other = a_subscriber("10245"), a_subscriber("0010245")

    with pytest.raises(IdentifierTaken) as refused:
        a_connection(nas, other, login="10245")
    own = a_connection(nas, owner, login="10245")

    assert refused.value.contract_number == "10245"
    assert own.login == "10245"
    assert not other.connections.exists()


@pytest.mark.parametrize("login", ["Иванов", "иВАНОВ", unicodedata.normalize("NFD", "Йод"), "йод"])
def test_its_login_is_taken_in_any_spelling(nas: Nas, login: str) -> None:
    a_connection(nas, login="иванов")
    a_connection(nas, login="Йод")

    with pytest.raises(IdentifierTaken):
        a_connection(nas, login=login)


def test_its_login_is_kept_as_typed_in_nfc(nas: Nas) -> None:
    connection = a_connection(nas, login=unicodedata.normalize("NFD", "Йод-1"))

    assert Connection.objects.get(pk=connection.pk).login == "Йод-1"


@pytest.mark.parametrize("login", ["", "a b", "a\tb", "a\u200bb", "a\u00a0b", "x" * 65, "a\x00b"])
def test_a_login_that_would_break_a_line_is_refused(nas: Nas, login: str) -> None:
    with pytest.raises(IdentifierMalformed):
        a_connection(nas, login=login)

    assert not Connection.objects.exists()


def test_its_secret_is_not_in_the_database_and_can_be_read_with_the_homes_keys(nas: Nas) -> None:
    subscriber = a_subscriber()
    connection = add_connection(subscriber_id=subscriber.id, login="u1", secret="Пароль1", nas_id=nas.id)

    with database.cursor() as cursor:
        cursor.execute("SELECT secret FROM network_connection WHERE id = %s", [connection.pk])
        stored = bytes(cursor.fetchone()[0])
    assert "Пароль1".encode() not in stored
    assert decrypt(stored) == "Пароль1"


@pytest.mark.parametrize("secret", ["", "x" * 129, "two\nlines"])
def test_a_secret_out_of_its_limits_is_refused_without_quoting_it(nas: Nas, secret: str) -> None:
    subscriber = a_subscriber()

    with pytest.raises(SecretMalformed) as refused:
        add_connection(subscriber_id=subscriber.id, login="u1", secret=secret, nas_id=nas.id)

    assert not secret or secret not in str(refused.value)


def test_whoever_gets_a_first_connection_is_decided_about(nas: Nas) -> None:
    subscriber = a_subscriber()

    a_connection(nas, subscriber)
    published()

    decision = find_decision(subscriber.id)
    assert decision is not None and decision.reason == "no_plan"


def test_its_limits_are_those_of_a_speed(nas: Nas) -> None:
    with pytest.raises(SpeedOutOfLimits):
        a_connection(nas, speeds=Speeds(rate_in_kbps=-2))


def test_another_mac_is_kept_in_the_one_form(nas: Nas) -> None:
    connection = a_connection(nas, mac="001A.2B3C.4D5E")
    first = Connection.objects.get(pk=connection.pk).mac

    set_mac(connection_id=connection.pk, mac="ECF4-BB37-DDAA")

    assert first == "00:1a:2b:3c:4d:5e"
    assert Connection.objects.get(mac="ec-f4-bb-37-dd-aa") == connection
    with pytest.raises(MacMalformed):
        set_mac(connection_id=connection.pk, mac="нет")


def test_ended_it_frees_its_address_stops_its_session_and_keeps_its_history(nas: Nas) -> None:
    connection = a_connection(nas, login="u1", address="10.0.0.5", by_session=True)
    session = start_session(login="u1", session_code="s1", at=connection.created_at)

    end_connection(connection_id=connection.pk)

    assert Session.objects.get(pk=session.pk).stopped_at is not None
    assert Assignment.objects.get(connection=connection).until_at is not None
    assert a_connection(nas, address="10.0.0.5").address == "10.0.0.5"


def test_ended_it_can_be_changed_no_more_and_its_login_stays_taken(nas: Nas) -> None:
    subscriber = a_subscriber()
    connection = a_connection(nas, subscriber, login="u1")
    end_connection(connection_id=connection.pk)

    for change in (
        lambda: end_connection(connection_id=connection.pk),
        lambda: set_enabled(connection_id=connection.pk, enabled=False),
        lambda: set_mac(connection_id=connection.pk, mac=None),
        lambda: move_connection(connection_id=connection.pk, nas_id=nas.pk, address=None),
    ):
        with pytest.raises(ConnectionEnded):
            change()
    with pytest.raises(IdentifierTaken):
        a_connection(nas, subscriber, login="u1")
    assert find_by_identifier("u1") == subscriber


def test_a_closed_contracts_connections_end_and_it_gets_no_other(nas: Nas) -> None:
    subscriber = a_subscriber()
    one, other = a_connection(nas, subscriber, address="10.0.0.5"), a_connection(nas, subscriber)

    close_contract(subscriber_id=subscriber.id)
    published()

    assert not Connection.objects.filter(pk__in=[one.pk, other.pk], ended_at=None).exists()
    assert Assignment.objects.get(connection=one).until_at is not None
    decision = find_decision(subscriber.id)
    assert decision is not None and decision.reason == "closed"
    with pytest.raises(ContractClosed):
        a_connection(nas, subscriber)
    with pytest.raises(ContractClosed):
        close_contract(subscriber_id=subscriber.id)
