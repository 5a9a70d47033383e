"""A number names one subscriber or nobody: contract or login by its text, else the address that is his now."""

import pytest

from given import a_subscriber, an_operator, balance
from netledger.network.models import Nas
from netledger.network.services import add_connection, add_nas, end_connection, move_connection
from netledger.subscribers.models import Subscriber
from wire.conftest import Act

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def operator() -> None:
    an_operator("osmp")


@pytest.fixture
def nas() -> Nas:
    return add_nas(name="Узел", address="10.255.0.1")


def connect(subscriber: Subscriber, nas: Nas, login: str, address: str | None) -> int:
    connection = add_connection(
        subscriber_id=subscriber.pk, login=login, secret="s3cret", nas_id=nas.pk, address=address
    )
    return int(connection.pk)


def test_leading_zeros_make_another_contract(pay: Act) -> None:
    short, long = a_subscriber("10245"), a_subscriber("0010245")

    pay("10245", "1.00", "1")
    pay("0010245", "20.00", "2")

    assert (balance(short), balance(long)) == (1, 20)


@pytest.mark.parametrize("sent", ["ivanov", "IVANOV", " Ivanov "])
def test_a_login_is_compared_without_case(pay: Act, nas: Nas, sent: str) -> None:
    subscriber = a_subscriber()
    connect(subscriber, nas, "Ivanov", None)

    assert pay(sent, "5.00", "1").json["contract_number"] == subscriber.contract_number


def test_an_address_is_whose_it_is_now_and_a_repeat_is_answered_as_then(pay: Act, nas: Nas) -> None:
    before, after = a_subscriber("A"), a_subscriber("D")
    of_before = connect(before, nas, "a", "10.0.0.5")
    first = pay("10.0.0.5", "100.00", "1")
    move_connection(connection_id=of_before, nas_id=nas.pk, address="10.0.0.6")
    connect(after, nas, "d", "10.0.0.5")

    again = pay("10.0.0.5", "100.00", "1")
    new = pay("10.0.0.5", "7.00", "2")

    assert again.body == first.body
    assert new.json["contract_number"] == "D"
    assert (balance(before), balance(after)) == (100, 7)


def test_a_repeat_is_answered_when_the_address_is_nobodys_any_more(pay: Act, act: Act, nas: Nas) -> None:
    subscriber = a_subscriber("A")
    connection_id = connect(subscriber, nas, "a", "10.0.0.5")
    first = pay("10.0.0.5", "100.00", "1")
    end_connection(connection_id=connection_id)

    assert pay("10.0.0.5", "100.00", "1").body == first.body
    assert pay("10.0.0.5", "100.00", "2").json["code"] == "subscriber_unknown"
    assert (
        act("CANCEL", pay_operator="osmp", pay_id_str="1", contract_number="10.0.0.5").json["act"] == "CANCEL"
    )


def test_an_address_of_two_people_on_two_routers_is_refused_but_a_repeat_is_answered(
    pay: Act, act: Act, nas: Nas
) -> None:
    one, other = a_subscriber("E"), a_subscriber("F")
    connect(one, nas, "e", "10.0.0.6")
    first = pay("10.0.0.6", "100.00", "1")
    connect(other, add_nas(name="Другой", address="10.255.0.2"), "f", "10.0.0.6")

    refused = pay("10.0.0.6", "100.00", "2").json
    checked = act("CHECK", contract_number="10.0.0.6").json

    assert (refused["code"], checked["code"]) == ("address_ambiguous", "address_ambiguous")
    assert pay("10.0.0.6", "100.00", "1").body == first.body
    assert (balance(one), balance(other)) == (100, 0)
