"""Staff who has an address or a MAC from a router's log finds whose it is, in whatever form the router prints it."""

import pytest

from given import a_connection, a_customer, a_nas
from netledger.ledger import clock
from netledger.network.queries import list_reached_at
from netledger.network.services import end_connection
from netledger.network.sessions import start_session, stop_session
from netledger.subscribers.models import Subscriber

pytestmark = pytest.mark.django_db

MAC = "00:1a:2b:3c:4d:5e"


def reached(text: str) -> list[tuple[int, str]]:
    return [(found.subscriber_id, found.by) for found in list_reached_at(text, found_max=5)]


@pytest.fixture
def customer() -> Subscriber:
    customer, nas = a_customer(), a_nas()
    a_connection(nas, customer, address="10.0.0.5", mac=MAC)
    a_connection(nas, a_customer(), address="10.0.0.6", mac="ec:f4:bb:37:dd:aa")
    a_connection(nas, a_customer())
    return customer


@pytest.mark.parametrize(
    "text", ["001A.2B3C.4D5E", "00-1A-2B-3C-4D-5E", "001a-2b3c-4d5e", "001a2b3c4d5e", f" {MAC} "]
)
def test_a_mac_in_any_form(customer: Subscriber, text: str) -> None:
    assert reached(text) == [(customer.pk, "mac")]


def test_an_address(customer: Subscriber) -> None:
    assert reached(" 10.0.0.5 ") == [(customer.pk, "address")]


def test_what_an_open_session_told_and_no_more_when_it_has_stopped(customer: Subscriber) -> None:
    guest, nas = a_customer(), a_nas()
    connection = a_connection(nas, guest, by_session=True)
    told = {"login": connection.login, "session_code": "s1", "at": clock.now()}
    start_session(**told, address="10.9.0.1", mac="02:00:00:00:00:01")

    online = reached("10.9.0.1") + reached("0200.0000.0001")
    stop_session(**told)

    assert online == [(guest.pk, "address"), (guest.pk, "mac")]
    assert reached("10.9.0.1") + reached("0200.0000.0001") == []


@pytest.mark.parametrize("text", ["", "-", "10.0.0.7", "10.0.0", "00:00:00:00:00:01", "Иванов"])
def test_what_is_nobodys_is_nobodys(customer: Subscriber, text: str) -> None:
    assert reached(text) == []


def test_of_two_with_the_same_mac_both_are_told_and_the_ended_is_not(customer: Subscriber) -> None:
    other = a_customer()
    second = a_connection(a_nas(), other, mac=MAC)

    both = reached(MAC)
    end_connection(connection_id=second.pk)

    assert both == [(customer.pk, "mac"), (other.pk, "mac")]
    assert reached(MAC) == [(customer.pk, "mac")]
