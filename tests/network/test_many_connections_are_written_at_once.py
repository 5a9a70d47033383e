"""Connections that are written by the thousand are what connections written one by one are."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from given import SEEN_WITHIN_S, a_customer, a_nas, edition_of, published
from netledger.installation.secret_key import decrypt
from netledger.ledger import clock
from netledger.network import check
from netledger.network.bulk import NewConnection, PastSession, add_connections, add_sessions
from netledger.network.errors import AddressMalformed, SecretMalformed
from netledger.network.lists import list_entries
from netledger.network.models import Connection, Nas
from netledger.network.queries import find_payer
from netledger.subscribers.models import Subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture
def nas() -> Nas:
    return a_nas()


def _connection(nas: Nas, subscriber: Subscriber, login: str, address: str | None) -> NewConnection:
    return NewConnection(
        subscriber_id=subscriber.pk,
        login=login,
        secret="a secret",
        nas_id=nas.pk,
        address=address,
        mac="02-00-00-00-00-01",
        snat_address=None,
        by_session=address is None,
        created_at=clock.now() - timedelta(days=1),
        ended_at=None,
    )


def _logged(nas: Nas) -> list[tuple[str, str, str | None]]:
    entries = list_entries(edition_of(nas, "logged"))
    return [(entry.login, str(entry.address), entry.mac) for entry in entries]


def test_static_ones_and_those_with_a_live_session_are_in_the_list(nas: Nas) -> None:
    static, online, offline = a_customer(), a_customer(), a_customer()
    ids = add_connections(
        [
            _connection(nas, static, "static", "10.0.0.1"),
            _connection(nas, online, "online", None),
            _connection(nas, offline, "offline", None),
            _connection(nas, offline, "ended", "10.0.0.9")._replace(ended_at=clock.now()),
        ]
    )
    now = clock.now()
    add_sessions([PastSession(ids[1], "S-1", nas.pk, "10.0.0.2", None, now, now, None)])
    published()

    assert _logged(nas) == [
        ("static", "10.0.0.1", "02:00:00:00:00:01"),
        ("online", "10.0.0.2", "02:00:00:00:00:01"),
    ]
    assert find_payer("10.0.0.1", seen_within_s=SEEN_WITHIN_S) == static.pk
    assert find_payer("OFFLINE", seen_within_s=SEEN_WITHIN_S) == offline.pk
    assert decrypt(Connection.objects.get(pk=ids[0]).secret) == "a secret"
    assert list(check.differences()) == []


@pytest.mark.parametrize(("login", "address"), [("other", "10.0.0.1"), ("Taken", "10.0.0.2")])
def test_a_login_or_address_that_is_taken_has_all_refused(nas: Nas, login: str, address: str) -> None:
    add_connections([_connection(nas, a_customer(), "taken", "10.0.0.1")])

    with pytest.raises(IntegrityError), transaction.atomic():
        add_connections(
            [
                _connection(nas, a_customer(), "free", "10.0.0.3"),
                _connection(nas, a_customer(), login, address),
            ]
        )

    assert Connection.objects.count() == 1


def test_what_one_by_one_is_refused_is_refused(nas: Nas) -> None:
    good = _connection(nas, a_customer(), "good", "10.0.0.1")

    with pytest.raises(AddressMalformed):
        add_connections([good._replace(address="10.0.0.256")])
    with pytest.raises(SecretMalformed):
        add_connections([good._replace(secret="")])
