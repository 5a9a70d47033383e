"""Staff who has an address or a MAC from a router's log finds whose it is, in whatever form the router prints it."""

import pytest

from given import a_connection, a_customer, a_nas
from netledger.network.queries import list_reached_at
from netledger.network.services import end_connection
from netledger.subscribers.models import Subscriber

pytestmark = pytest.mark.django_db

MAC = "00:1a:2b:3c:4d:5e"


@pytest.fixture
def customer() -> Subscriber:
    customer, nas = a_customer(), a_nas()
    a_connection(nas, customer, address="10.0.0.5", mac=MAC)
    a_connection(nas, a_customer(), address="10.0.0.6", mac="ec:f4:bb:37:dd:aa")
    a_connection(nas, a_customer())
    return customer


@pytest.mark.parametrize(
    "text", ["001A.2B3C.4D5E", "00-1A-2B-3C-4D-5E", "001a-2b3c-4d5e", "001a2b3c4d5e", f" {MAC} ", "10.0.0.5"]
)
def test_in_any_form(customer: Subscriber, text: str) -> None:
    assert list_reached_at(text) == [customer]


@pytest.mark.parametrize("text", ["", "-", "10.0.0.7", "10.0.0", "00:00:00:00:00:01", "Иванов"])
def test_what_is_nobodys_is_nobodys(customer: Subscriber, text: str) -> None:
    assert list_reached_at(text) == []


def test_of_two_with_the_same_mac_both_are_told_and_the_ended_is_not(customer: Subscriber) -> None:
    other = a_customer()
    second = a_connection(a_nas(), other, mac=MAC)

    both = list_reached_at(MAC)
    end_connection(connection_id=second.pk)

    assert both == [customer, other]
    assert list_reached_at(MAC) == [customer]
