"""What does not hold in the tables of the network."""

from collections.abc import Iterator
from typing import NamedTuple

from netledger import sql
from netledger.subscribers.identifiers import identifier_key
from netledger.subscribers.models import Identifier


class _Difference(NamedTuple):
    login: str
    what: str


class _Login(NamedTuple):
    login: str
    subscriber_id: int


class _Undecided(NamedTuple):
    contract_number: str


def differences() -> Iterator[str]:
    """Yields a sentence for each connection, assignment, session or login that is not as the rules have it."""
    for named in sql.rows("network/unregistered_logins", _Login):
        if not _is_registered(named):
            yield f"network: connection {named.login}: its login is not registered as its subscriber's"
    for broken in sql.rows("network/broken_connections", _Difference):
        yield f"network: connection {broken.login}: {broken.what}"
    for subscriber in sql.rows("network/undecided", _Undecided):
        yield f"network: contract {subscriber.contract_number}: has connections and no decision about access"


def _is_registered(named: _Login) -> bool:
    return Identifier.objects.filter(
        key=identifier_key(named.login), subscriber=named.subscriber_id, is_login=True
    ).exists()
