"""An address is a connection's for good or a session's for a while, never one's and another's: no index spans both."""

import pytest
from django.db import transaction

from given import a_connection, a_nas, a_subscriber, published
from given_cluster import Database
from netledger.network.check import differences
from netledger.network.errors import AddressInSession, AddressTaken
from netledger.network.models import Connection, Nas, Session
from netledger.network.services import move_connection
from network.told import see, start
from together import at_once, beside

ADDRESS = "10.0.0.5"


@pytest.fixture
def nas(committed_db: Database) -> Nas:
    """A NAS that all connections of the test see, with one by session: `dynamic`, of contract 10245."""
    nas = a_nas()
    a_connection(nas, a_subscriber("10245"), login="dynamic", by_session=True)
    return nas


@pytest.fixture
def static(nas: Nas) -> Connection:
    """Another contract's connection, 10246."""
    return a_connection(nas, a_subscriber("10246"), login="static")


def test_a_session_waits_for_a_move_to_its_address_and_is_refused(nas: Nas, static: Connection) -> None:
    with beside() as waits, transaction.atomic():
        move_connection(connection_id=static.pk, nas_id=nas.pk, address=ADDRESS)
        answer = waits(lambda: start("s1", 1, login="dynamic", address=ADDRESS))

    with pytest.raises(AddressTaken) as refused:
        answer.result()
    assert refused.value.contract_number == "10246"
    assert not Session.objects.exists()


def test_a_move_waits_for_a_session_at_its_address_and_is_refused(nas: Nas, static: Connection) -> None:
    with beside() as waits, transaction.atomic():
        start("s1", 1, login="dynamic", address=ADDRESS)
        answer = waits(lambda: move_connection(connection_id=static.pk, nas_id=nas.pk, address=ADDRESS))

    with pytest.raises(AddressInSession) as refused:
        answer.result()
    assert refused.value.contract_number == "10245"
    assert Connection.objects.get(pk=static.pk).address is None


def test_a_session_waits_for_a_new_connection_at_its_address(nas: Nas) -> None:
    other = a_subscriber("10246")

    with beside() as waits, transaction.atomic():
        a_connection(nas, other, login="new", address=ADDRESS)
        answer = waits(lambda: start("s1", 1, login="dynamic", address=ADDRESS))

    with pytest.raises(AddressTaken) as refused:
        answer.result()
    assert refused.value.contract_number == "10246"


def test_a_new_connection_waits_for_a_session_at_its_address(nas: Nas) -> None:
    other = a_subscriber("10246")

    with beside() as waits, transaction.atomic():
        start("s1", 1, login="dynamic", address=ADDRESS)
        answer = waits(lambda: a_connection(nas, other, login="new", address=ADDRESS))

    with pytest.raises(AddressInSession):
        answer.result()
    assert not Connection.objects.filter(login="new").exists()


def test_a_session_that_learns_its_address_waits_too(nas: Nas, static: Connection) -> None:
    start("s1", 1, login="dynamic")

    with beside() as waits, transaction.atomic():
        move_connection(connection_id=static.pk, nas_id=nas.pk, address=ADDRESS)
        answer = waits(lambda: see("s1", 2, login="dynamic", address=ADDRESS))

    with pytest.raises(AddressTaken):
        answer.result()
    assert Session.objects.get().address is None


def test_who_waited_gets_it_if_the_other_gives_up(nas: Nas, static: Connection) -> None:
    with beside() as waits, transaction.atomic():
        move_connection(connection_id=static.pk, nas_id=nas.pk, address=ADDRESS)
        answer = waits(lambda: start("s1", 1, login="dynamic", address=ADDRESS))
        transaction.set_rollback(True)

    assert answer.result().address == ADDRESS


def test_on_another_nas_nobody_waits(nas: Nas, static: Connection) -> None:
    elsewhere = a_nas()

    def start_beside() -> Session:
        with transaction.atomic():
            return start("s1", 1, login="dynamic", address=ADDRESS)

    with transaction.atomic():
        move_connection(connection_id=static.pk, nas_id=elsewhere.pk, address=ADDRESS)
        (session,) = at_once(start_beside)

    assert session.address == ADDRESS


def test_of_many_at_once_one_gets_it_and_nothing_is_broken(nas: Nas, static: Connection) -> None:
    other = a_subscriber()

    for attempt in range(1, 7):
        address = f"10.0.1.{attempt}"
        outcomes = at_once(
            lambda to=address: move_connection(connection_id=static.pk, nas_id=nas.pk, address=to),  # type: ignore[misc]
            lambda to=address, at=attempt: start(f"s{at}", at, login="dynamic", address=to),  # type: ignore[misc]
            lambda to=address, at=attempt: a_connection(nas, other, login=f"n{at}", address=to),  # type: ignore[misc]
        )
        refused = [one for one in outcomes if isinstance(one, AddressTaken | AddressInSession)]
        assert len(refused) == 2, outcomes

    published()
    assert list(differences()) == []
