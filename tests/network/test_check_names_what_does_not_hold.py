"""`netledger check` names each connection, session and login that is not as the rules have it, and nothing else."""

from collections.abc import Callable

import psycopg
import pytest

from given import a_connection, a_nas, a_subscriber, published
from given_cluster import Database
from netledger.access.models import Decision
from netledger.ledger import clock
from netledger.network.check import differences
from netledger.network.models import Assignment, Connection, Nas, Session
from netledger.network.services import close_contract, end_connection, move_connection
from netledger.network.sessions import start_session, stop_session
from netledger.subscribers.models import Identifier, Subscriber


@pytest.fixture
def ivanov(nas: Nas) -> Connection:
    """With a static address and an open session; nothing is wrong with it."""
    connection = a_connection(nas, a_subscriber("10245"), login="Ivanov", address="10.0.0.5", by_session=True)
    start_session(login="Ivanov", session_code="s1", address="10.0.0.5", at=clock.now())
    published()
    return connection


def test_nothing_is_wrong_with_what_services_have_done(ivanov: Connection, nas: Nas) -> None:
    other = a_nas()
    move_connection(connection_id=ivanov.pk, nas_id=other.pk, address="10.0.0.6")
    start_session(login="Ivanov", session_code="s2", address="10.0.0.6", at=clock.now())
    ended = a_connection(nas, login="ended", address="10.0.0.7")
    end_connection(connection_id=ended.pk)
    closed = a_connection(nas, login="closed", address="10.0.0.8")
    close_contract(subscriber_id=closed.subscriber_id)
    a_connection(nas, login="without-address")
    a_connection(nas, login="Straße", by_session=True)  # case folding makes ss of ß, lower case does not
    stop_session(login="Straße", session_code="unknown", at=clock.now())
    published()

    assert list(differences()) == []


def _unregister(ivanov: Connection) -> None:
    Identifier.objects.filter(key="ivanov").delete()


def _give_the_login_to_another(ivanov: Connection) -> None:
    Identifier.objects.filter(key="ivanov").update(subscriber=a_subscriber())


def _double_the_login(ivanov: Connection) -> None:
    ivanov.pk, ivanov.address = None, None
    ivanov.save()


def _close_the_contract_alone(ivanov: Connection) -> None:
    Subscriber.objects.filter(pk=ivanov.subscriber_id).update(closed_at=clock.now())


def _change_the_address_alone(ivanov: Connection) -> None:
    Connection.objects.filter(pk=ivanov.pk).update(address="10.0.0.9")


def _forget_the_assignment(ivanov: Connection) -> None:
    Assignment.objects.filter(connection=ivanov).delete()


def _end_without_the_assignment(ivanov: Connection) -> None:
    Session.objects.filter(connection=ivanov).update(stopped_at=clock.now())
    Connection.objects.filter(pk=ivanov.pk).update(ended_at=clock.now())


def _end_without_the_session(ivanov: Connection) -> None:
    Assignment.objects.filter(connection=ivanov).update(until_at=clock.now())
    Connection.objects.filter(pk=ivanov.pk).update(ended_at=clock.now())


def _leave_the_session_on_another_nas(ivanov: Connection) -> None:
    Session.objects.filter(connection=ivanov).update(nas=a_nas())


def _give_the_address_in_session_to_another(ivanov: Connection) -> None:
    Session.objects.filter(connection=ivanov).update(address="10.0.0.9")
    a_connection(ivanov.nas, login="other", address="10.0.0.8")
    Connection.objects.filter(login="other").update(address="10.0.0.9")
    Assignment.objects.filter(connection__login="other").update(address="10.0.0.9")


def _forget_the_decision(ivanov: Connection) -> None:
    Decision.objects.filter(pk=ivanov.subscriber_id).delete()


@pytest.mark.parametrize(
    ("spoil", "sentences"),
    [
        (_unregister, ["connection Ivanov: its login is not registered as its subscriber's"]),
        (_give_the_login_to_another, ["connection Ivanov: its login is not registered as its subscriber's"]),
        (_double_the_login, ["connection Ivanov: has the same login as another"]),
        (_close_the_contract_alone, ["connection Ivanov: goes on though its contract 10245 is closed"]),
        (_change_the_address_alone, ["connection Ivanov: its open assignment is not where it is"]),
        (_forget_the_assignment, ["connection Ivanov: its open assignment is not where it is"]),
        (_end_without_the_assignment, ["connection Ivanov: its open assignment is not where it is"]),
        (_end_without_the_session, ["connection Ivanov: session s1 is open though it has ended"]),
        (
            _leave_the_session_on_another_nas,
            ["connection Ivanov: session s1 is open on another NAS than its own"],
        ),
        (
            _give_the_address_in_session_to_another,
            ["connection other: has the address 10.0.0.9 that is in session s1 of another"],
        ),
        (_forget_the_decision, ["contract 10245: has connections and no decision about access"]),
    ],
)
def test_what_is_wrong_is_named(
    ivanov: Connection, spoil: Callable[[Connection], None], sentences: list[str]
) -> None:
    spoil(ivanov)
    published()

    assert list(differences()) == [f"network: {sentence}" for sentence in sentences]


def test_two_open_sessions_are_named_where_no_index_forbade_them(committed_db: Database) -> None:
    connection = a_connection(a_nas(), login="Ivanov", by_session=True)
    first = start_session(login="Ivanov", session_code="s1", at=clock.now())
    start_session(login="Ivanov", session_code="s2", at=clock.now())
    with psycopg.connect(committed_db.owner, autocommit=True) as owner:
        owner.execute("DROP INDEX one_open_session_a_connection")

    Session.objects.filter(pk=first.pk).update(stopped_at=None)

    assert connection.login == "Ivanov"
    assert list(differences()) == ["network: connection Ivanov: 2 sessions are open"]
