"""Connections and sessions by the thousand, by COPY: for the demonstration and for imports."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from netledger import sql
from netledger.access.services import note
from netledger.installation.secret_key import encrypt_all
from netledger.network.addresses import parse_address, parse_mac
from netledger.network.services import checked_secret
from netledger.subscribers.bulk import register_logins
from netledger.subscribers.identifiers import checked_identifier


class NewConnection(NamedTuple):
    """A connection as it is to be, enabled, with the dates of its past; see `add_connection`."""

    subscriber_id: int
    login: str
    secret: str
    nas_id: int
    address: str | None
    mac: str | None
    snat_address: str | None
    by_session: bool
    created_at: datetime
    ended_at: datetime | None


class PastSession(NamedTuple):
    """A session as a NAS has told of it; stopped_at None: it goes on."""

    connection_id: int
    session_code: str
    nas_id: int
    address: str
    mac: str | None
    started_at: datetime
    seen_at: datetime
    stopped_at: datetime | None


@transaction.atomic
def add_connections(connections: Sequence[NewConnection]) -> list[int]:
    """Write connections with their logins and the history of their addresses; their ids, in their order.

    Raises:
        IdentifierMalformed, AddressMalformed, AddressUnusable, MacMalformed, SecretMalformed.
        IntegrityError: a login or an address is taken.
    """
    ids = sql.ids("network/next_connection_ids", count=len(connections))
    checked = [_checked(connection) for connection in connections]
    register_logins((connection.subscriber_id, connection.login) for connection in checked)
    secrets = encrypt_all(connection.secret for connection in checked)
    sql.copy_in(
        "network/copy_connections",
        (_columns(*one) for one in zip(ids, secrets, checked, strict=True)),
    )
    sql.copy_in(
        "network/copy_assignments",
        (
            (number, one.nas_id, one.address, one.created_at, one.ended_at)
            for number, one in zip(ids, checked, strict=True)
            if one.address is not None
        ),
    )
    note([connection.subscriber_id for connection in checked])
    return ids


@transaction.atomic
def add_sessions(sessions: Iterable[PastSession]) -> None:
    """Write sessions.

    Raises: IntegrityError: a connection or an address has an open one already.
    """
    sql.copy_in("network/copy_sessions", sessions)


def _checked(connection: NewConnection) -> NewConnection:
    mac, snat_address = connection.mac, connection.snat_address
    return connection._replace(
        login=checked_identifier(connection.login),
        secret=checked_secret(connection.secret),
        address=None if connection.address is None else parse_address(connection.address),
        mac=None if mac is None else parse_mac(mac),
        snat_address=None if snat_address is None else parse_address(snat_address),
    )


def _columns(number: int, secret: bytes, connection: NewConnection) -> tuple[object, ...]:
    return (
        number,
        connection.subscriber_id,
        connection.login,
        secret,
        connection.address,
        connection.mac,
        connection.nas_id,
        connection.snat_address,
        connection.by_session,
        True,
        connection.created_at,
        connection.ended_at,
    )
