"""A payment names its subscriber by contract number or login, else by an address that is his now."""

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from given import a_connection, a_nas, a_subscriber, later, the_clock_says, utc
from netledger.network.errors import AddressAmbiguous
from netledger.network.models import Nas
from netledger.network.queries import find_payer
from netledger.network.services import close_contract, end_connection, move_connection, set_enabled
from netledger.network.sessions import see_session, start_session, stop_session

pytestmark = pytest.mark.django_db
NOON = utc(2026, 11, 10, 12)


@pytest.fixture(autouse=True)
def _at_noon(nas: Nas) -> None:
    the_clock_says(NOON)


def _payer(text: str) -> int | None:
    return find_payer(text, seen_within_s=900)


def test_contract_numbers_are_compared_as_text(nas: Nas) -> None:
    a, c = a_subscriber("10245"), a_subscriber("0010245")
    a_connection(nas, a, login="10245")

    assert (_payer("10245"), _payer("0010245"), _payer("010245")) == (a.id, c.id, None)


def test_an_address_is_whoever_has_it_now(nas: Nas) -> None:
    a, d = a_subscriber(), a_subscriber()
    connection = a_connection(nas, a, address="10.0.0.5")
    while_it_was_as = _payer("10.0.0.5")

    move_connection(connection_id=connection.pk, nas_id=nas.pk, address=None)
    while_it_was_nobodys = _payer("10.0.0.5")
    a_connection(nas, d, address="10.0.0.5")

    assert (while_it_was_as, while_it_was_nobodys, _payer(" 10.0.0.5 ")) == (a.id, None, d.id)


def test_an_address_of_a_disabled_connection_names_its_owner_and_of_an_ended_one_nobody(nas: Nas) -> None:
    subscriber = a_subscriber()
    connection = a_connection(nas, subscriber, address="10.0.0.5")
    set_enabled(connection_id=connection.pk, enabled=False)
    disabled = _payer("10.0.0.5")

    end_connection(connection_id=connection.pk)

    assert (disabled, _payer("10.0.0.5")) == (subscriber.id, None)


def test_a_closed_contract_is_named_by_its_number_and_login_and_not_by_an_address(nas: Nas) -> None:
    subscriber = a_subscriber("10245")
    a_connection(nas, subscriber, login="u1", address="10.0.0.5")

    close_contract(subscriber_id=subscriber.id)

    assert (_payer("10245"), _payer("u1"), _payer("10.0.0.5")) == (subscriber.id, subscriber.id, None)


def test_an_address_of_a_session_names_its_owner_while_the_session_lives(nas: Nas) -> None:
    subscriber = a_subscriber()
    a_connection(nas, subscriber, login="u1", by_session=True)
    start_session(login="u1", session_code="s1", address="10.0.0.5", at=NOON)
    later(seconds=900)
    at_the_limit = _payer("10.0.0.5")
    later(seconds=1)
    beyond_it = _payer("10.0.0.5")
    see_session(login="u1", session_code="s1", at=utc(2026, 11, 10, 12, 15))
    seen_again = _payer("10.0.0.5")

    stop_session(login="u1", session_code="s1", at=utc(2026, 11, 10, 12, 15))

    assert (at_the_limit, beyond_it, seen_again) == (subscriber.id, None, subscriber.id)
    assert _payer("10.0.0.5") is None


def test_an_address_of_different_owners_on_two_nases_is_refused_with_both(nas: Nas) -> None:
    other = a_nas("10.255.0.2")
    a_connection(nas, address="10.0.0.5")
    a_connection(other, login="u1", by_session=True)
    start_session(login="u1", session_code="s1", address="10.0.0.5", at=NOON)

    with pytest.raises(AddressAmbiguous) as refused:
        _payer("10.0.0.5")

    assert refused.value.nas_addresses == "10.255.0.1, 10.255.0.2"


def test_an_address_of_one_owner_on_two_nases_names_him(nas: Nas) -> None:
    subscriber = a_subscriber()
    a_connection(nas, subscriber, address="10.0.0.5")
    a_connection(a_nas("10.255.0.2"), subscriber, address="10.0.0.5")

    assert _payer("10.0.0.5") == subscriber.id


def test_a_contract_number_that_looks_like_an_address_comes_first(nas: Nas) -> None:
    contract = a_subscriber("10.0.0.5")
    a_connection(nas, address="10.0.0.5")

    assert _payer("10.0.0.5") == contract.id


@pytest.mark.parametrize("text", ["", "10.0.0", "10.0.0.0/24", "x" * 300, "10.0.0.1;--"])
def test_any_other_text_names_nobody(text: str) -> None:
    assert _payer(text) is None


def test_it_costs_two_queries_at_most(nas: Nas) -> None:
    a_connection(nas, login="u1", address="10.0.0.5")

    with CaptureQueriesContext(database) as by_login:
        _payer("u1")
    with CaptureQueriesContext(database) as by_address:
        _payer("10.0.0.5")

    assert (len(by_login), len(by_address)) == (1, 2)
