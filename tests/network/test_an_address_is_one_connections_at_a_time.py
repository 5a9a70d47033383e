"""An address on a NAS is one connection's at a time, and whose it was is known for any moment of the past."""

from datetime import datetime

import pytest
from django.db import transaction

from given import a_connection, a_nas, a_subscriber, later, the_clock_says, utc
from given_cluster import Database
from netledger.network.errors import AddressInSession, AddressTaken
from netledger.network.models import Assignment, Connection, Nas, Session
from netledger.network.services import end_connection, move_connection
from netledger.network.sessions import start_session, stop_session
from together import at_once, beside

NOON = utc(2026, 11, 10, 12)


def _history(address: str) -> list[tuple[str, datetime, datetime | None]]:
    rows = Assignment.objects.filter(address=address).select_related("connection").order_by("from_at", "id")
    return [(row.connection.login, row.from_at, row.until_at) for row in rows]


def test_a_second_connection_is_refused_by_the_contract_that_has_it(nas: Nas) -> None:
    a_connection(nas, a_subscriber("10245"), address="10.0.0.5")

    with pytest.raises(AddressTaken) as refused:
        a_connection(nas, a_subscriber(), login="second", address="10.0.0.5")

    assert refused.value.facts() == {
        "address": "10.0.0.5", "nas_address": "10.255.0.1", "contract_number": "10245",
    }  # fmt: skip
    assert not Connection.objects.filter(login="second").exists()


def test_a_connection_cannot_be_moved_to_it_and_stays_where_it_is(nas: Nas) -> None:
    a_connection(nas, address="10.0.0.5")
    other = a_connection(nas, address="10.0.0.6")

    with pytest.raises(AddressTaken):
        move_connection(connection_id=other.pk, nas_id=nas.pk, address="10.0.0.5")

    assert Connection.objects.get(pk=other.pk).address == "10.0.0.6"
    assert Assignment.objects.get(connection=other).until_at is None


def test_on_another_nas_the_same_address_is_another_one(nas: Nas) -> None:
    a_connection(nas, address="10.0.0.5")

    assert a_connection(a_nas(), address="10.0.0.5").address == "10.0.0.5"


def test_of_two_that_ask_at_once_the_database_refuses_one(committed_db: Database) -> None:
    nas = a_nas()
    one, other = a_subscriber(), a_subscriber()

    outcomes = at_once(
        *(
            lambda who=who: a_connection(nas, who, address="10.0.0.6")  # type: ignore[misc]
            for who in (one, other)
        )
    )

    (refused,) = [outcome for outcome in outcomes if isinstance(outcome, AddressTaken)]
    (connection,) = Connection.objects.filter(address="10.0.0.6")
    assert refused.contract_number == connection.subscriber.contract_number
    assert Assignment.objects.filter(address="10.0.0.6").count() == 1


def test_whoever_asks_while_it_is_being_given_up_gets_it(committed_db: Database) -> None:
    nas, other = a_nas(), a_subscriber()
    connection = a_connection(nas, address="10.0.0.6")

    with beside() as waits, transaction.atomic():
        end_connection(connection_id=connection.pk)
        answer = waits(lambda: a_connection(nas, other, address="10.0.0.6"))

    assert answer.result().subscriber == other


@pytest.mark.django_db
class TestItsHistory:
    """Given times that are told by the one clock."""

    @pytest.fixture(autouse=True)
    def _at_noon(self, nas: Nas) -> None:
        the_clock_says(NOON)

    def test_says_from_when_to_when_it_was_whose(self, nas: Nas) -> None:
        first = a_connection(nas, login="a", address="10.0.0.5")
        later(hours=1)
        move_connection(connection_id=first.pk, nas_id=nas.pk, address="10.0.0.7")
        later(hours=1)
        a_connection(nas, login="d", address="10.0.0.5")

        assert _history("10.0.0.5") == [
            ("a", NOON, utc(2026, 11, 10, 13)),
            ("d", utc(2026, 11, 10, 14), None),
        ]
        assert _history("10.0.0.7") == [("a", utc(2026, 11, 10, 13), None)]

    def test_has_a_row_for_another_nas(self, nas: Nas) -> None:
        connection = a_connection(nas, login="a", address="10.0.0.5")
        other = a_nas()
        later(hours=1)

        move_connection(connection_id=connection.pk, nas_id=other.pk, address="10.0.0.5")

        rows = Assignment.objects.filter(connection=connection).order_by("from_at")
        assert [(row.nas, row.until_at) for row in rows] == [(nas, utc(2026, 11, 10, 13)), (other, None)]

    def test_has_no_row_for_a_move_to_where_it_is(self, nas: Nas) -> None:
        connection = a_connection(nas, login="a", address="10.0.0.5")
        later(hours=1)

        move_connection(
            connection_id=connection.pk, nas_id=nas.pk, address="10.0.0.5", snat_address="192.0.2.1"
        )

        assert _history("10.0.0.5") == [("a", NOON, None)]
        assert Connection.objects.get(pk=connection.pk).snat_address == "192.0.2.1"

    def test_ends_where_the_address_is_taken_away(self, nas: Nas) -> None:
        connection = a_connection(nas, login="a", address="10.0.0.5")
        later(hours=1)

        move_connection(connection_id=connection.pk, nas_id=nas.pk, address=None)

        assert _history("10.0.0.5") == [("a", NOON, utc(2026, 11, 10, 13))]


def test_an_open_session_keeps_its_address_from_becoming_anothers_static_one(nas: Nas) -> None:
    dynamic = a_connection(nas, a_subscriber("10245"), login="dynamic", by_session=True)
    start_session(login="dynamic", session_code="s1", address="10.0.0.5", at=dynamic.created_at)

    with pytest.raises(AddressInSession) as refused:
        a_connection(nas, login="static", address="10.0.0.5")
    stop_session(login="dynamic", session_code="s1", at=dynamic.created_at)
    static = a_connection(nas, login="static", address="10.0.0.5")

    assert (refused.value.contract_number, refused.value.session_code) == ("10245", "s1")
    assert static.address == "10.0.0.5"


def test_an_address_that_ones_own_session_has_can_become_static(nas: Nas) -> None:
    connection = a_connection(nas, login="u1", by_session=True)
    start_session(login="u1", session_code="s1", address="10.0.0.5", at=connection.created_at)

    moved = move_connection(connection_id=connection.pk, nas_id=nas.pk, address="10.0.0.5")

    assert moved.address == "10.0.0.5"


def test_a_sessions_address_that_is_anothers_static_one_is_refused(nas: Nas) -> None:
    a_connection(nas, a_subscriber("10245"), address="10.0.0.5")
    dynamic = a_connection(nas, login="dynamic", by_session=True)

    with pytest.raises(AddressTaken) as refused:
        start_session(login="dynamic", session_code="s1", address="10.0.0.5", at=dynamic.created_at)

    assert refused.value.contract_number == "10245"
    assert not Session.objects.exists()


def test_moving_to_another_nas_stops_the_session_on_the_former_one(nas: Nas) -> None:
    connection = a_connection(nas, login="u1", by_session=True)
    start_session(login="u1", session_code="s1", address="10.0.0.5", at=connection.created_at)

    move_connection(connection_id=connection.pk, nas_id=a_nas().pk, address=None)

    assert Session.objects.get().stopped_at is not None
