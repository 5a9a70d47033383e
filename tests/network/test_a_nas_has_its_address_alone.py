"""A router is known by its address: two in use never share one, and a retired one answers no more."""

from ipaddress import IPv4Address

import pytest

from given import a_connection, a_nas, a_subscriber
from netledger.network.errors import NasExists, NasNameMalformed, NasRetired, NasUnknown
from netledger.network.models import Connection, Nas
from netledger.network.queries import find_nas, list_nases
from netledger.network.services import add_nas, move_connection, retire_nas

pytestmark = pytest.mark.django_db


def test_it_is_found_by_its_address_as_text_or_typed() -> None:
    nas = add_nas(name="Узел «Ленина, 5»", address="10.255.0.1")

    assert find_nas("10.255.0.1") == nas
    assert find_nas(IPv4Address("10.255.0.1")) == nas


@pytest.mark.parametrize("text", ["10.255.0.2", "", "10.255.0", "::1", "x" * 300])
def test_any_other_text_finds_none(nas: Nas, text: str) -> None:
    assert find_nas(text) is None


def test_a_second_one_at_its_address_is_refused(nas: Nas) -> None:
    with pytest.raises(NasExists) as refused:
        add_nas(name="Другой", address="10.255.0.1")

    assert refused.value.address == "10.255.0.1"
    assert Nas.objects.count() == 1


def test_retired_it_is_not_found_and_its_address_is_free(nas: Nas) -> None:
    retire_nas(address="10.255.0.1")
    found_when_retired = find_nas("10.255.0.1")

    successor = add_nas(name="Новый", address="10.255.0.1")

    assert found_when_retired is None
    assert find_nas("10.255.0.1") == successor
    assert list_nases() == [successor, nas]


def test_retired_twice_it_is_unknown(nas: Nas) -> None:
    retire_nas(address="10.255.0.1")

    with pytest.raises(NasUnknown):
        retire_nas(address="10.255.0.1")


def test_retired_it_gets_no_connection_any_more(nas: Nas) -> None:
    elsewhere = a_connection(a_nas())
    retire_nas(address="10.255.0.1")

    with pytest.raises(NasRetired):
        a_connection(nas, a_subscriber())
    with pytest.raises(NasRetired):
        move_connection(connection_id=elsewhere.id, nas_id=nas.id, address=None)

    assert not Connection.objects.filter(nas=nas).exists()


def test_retired_it_keeps_its_connections_to_be_moved(nas: Nas) -> None:
    connection = a_connection(nas, address="10.0.0.5")
    retire_nas(address="10.255.0.1")
    successor = a_nas("10.255.0.1")

    moved = move_connection(connection_id=connection.id, nas_id=successor.id, address="10.0.0.5")

    assert (moved.nas, moved.address) == (successor, "10.0.0.5")


@pytest.mark.parametrize("name", ["", "  ", "x" * 251, "две\nстроки"])
def test_its_name_is_for_people(name: str) -> None:
    with pytest.raises(NasNameMalformed):
        add_nas(name=name, address="10.255.0.9")
