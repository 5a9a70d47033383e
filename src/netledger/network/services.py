"""Every write of NASes and connections; sessions.py has those of sessions."""

import unicodedata

from django.db import transaction

from netledger import sql
from netledger.access.services import note
from netledger.installation.secret_key import encrypt
from netledger.ledger import clock
from netledger.network.addresses import parse_address, parse_mac, parse_nas_address
from netledger.network.errors import (
    ConnectionEnded,
    NasExists,
    NasNameMalformed,
    NasRetired,
    NasUnknown,
    SecretMalformed,
)
from netledger.network.models import Assignment, Connection, Nas, Session
from netledger.network.occupancy import lock_address, named_by_holder, require_no_session_at
from netledger.network.unchanged import UNCHANGED, Unchanged
from netledger.subscribers.errors import ContractClosed
from netledger.subscribers.identifiers import claim_identifier, new_identifier
from netledger.subscribers.queries import lock_subscriber
from netledger.subscribers.services import close_subscriber
from netledger.tariffs.services import Limits, Speeds, find_or_add_speed

NAS_NAME_LENGTH_MAX = 250
SECRET_LENGTH_MAX = 128
"""What RADIUS carries (RFC 2865, 5.2), in characters."""


@transaction.atomic
def add_nas(*, name: str, address: str) -> Nas:
    """A router that asks for the lists of its connections, by that IPv4 address.

    Raises:
        NasExists: a NAS in use has the address. NasNameMalformed.
        AddressMalformed, AddressUnusable.
    """
    normal = unicodedata.normalize("NFC", name.strip())
    if not 1 <= len(normal) <= NAS_NAME_LENGTH_MAX or _has_controls(normal):
        raise NasNameMalformed(length_max=NAS_NAME_LENGTH_MAX)
    ipv4 = parse_nas_address(address)
    with sql.refusing(one_nas_in_use_at_an_address=NasExists(address=ipv4)):
        return Nas.objects.create(name=normal, address=ipv4, created_at=clock.now())


@transaction.atomic
def retire_nas(*, address: str) -> None:
    """Answer a NAS's calls no more; its connections stay as they are, to be moved or ended.

    Raises: NasUnknown: none in use has that address. AddressMalformed, AddressUnusable.
    """
    ipv4 = parse_nas_address(address)
    if not Nas.objects.filter(address=ipv4, retired_at=None).update(retired_at=clock.now()):
        raise NasUnknown(address=ipv4)


@transaction.atomic
def add_connection(
    *,
    subscriber_id: int,
    login: str,
    secret: str,
    nas_id: int,
    address: str | None = None,
    mac: str | None = None,
    snat_address: str | None = None,
    by_session: bool = False,
    speeds: Speeds | None = None,
) -> Connection:
    """A new connection of a subscriber, enabled; from here on there is a decision about him.

    Args:
        address: its static IPv4 address, if it has one.
        by_session: logged while a session lives; else while it is enabled.
        speeds: its own, above the plan's.

    Raises:
        ContractClosed, NasRetired.
        IdentifierTaken: the login is somebody's, or was a connection's before. IdentifierMalformed.
        AddressTaken, AddressInSession: name the contract that has the address on that NAS.
        AddressMalformed, AddressUnusable, MacMalformed, SecretMalformed, SpeedOutOfLimits.
    """
    subscriber = lock_subscriber(subscriber_id)
    if subscriber.closed_at is not None:
        raise ContractClosed(contract_number=subscriber.contract_number)
    connection = Connection(
        subscriber=subscriber,
        login=new_identifier(login),
        secret=encrypt(checked_secret(secret)),
        nas=_nas_in_use(nas_id),
        address=_optional_address(address),
        mac=None if mac is None else parse_mac(mac),
        snat_address=_optional_address(snat_address),
        by_session=by_session,
        created_at=clock.now(),
        speed=None if speeds is None else find_or_add_speed(speeds),
    )
    lock_address(connection.nas_id, connection.address)
    claim_identifier(subscriber_id=subscriber_id, text=connection.login, is_login=True)
    _place(connection)
    note([subscriber_id])
    return connection


@transaction.atomic
def move_connection(
    *,
    connection_id: int,
    nas_id: int | Unchanged = UNCHANGED,
    address: str | Unchanged | None = UNCHANGED,
    snat_address: str | Unchanged | None = UNCHANGED,
) -> Connection:
    """Give a connection this NAS, this static address (None: none) and this address after NAT (None: none).

    What is unchanged is what it is under the lock. A session open on the NAS that it leaves is stopped.

    Raises: ConnectionEnded, NasRetired, AddressTaken, AddressInSession, AddressMalformed, AddressUnusable.
    """
    connection = _locked(connection_id)
    to_nas_id = connection.nas_id if nas_id is UNCHANGED else nas_id
    leaves_nas = to_nas_id != connection.nas_id
    if leaves_nas:
        connection.nas = _nas_in_use(to_nas_id)
    if address is not UNCHANGED:
        connection.address = _optional_address(address)
    if snat_address is not UNCHANGED:
        connection.snat_address = _optional_address(snat_address)
    lock_address(connection.nas_id, connection.address)
    if leaves_nas:
        Session.objects.filter(connection=connection, stopped_at=None).update(stopped_at=clock.now())
    _place(connection)
    return connection


@transaction.atomic
def set_mac(*, connection_id: int, mac: str | None) -> None:
    """Give a connection another MAC, or (None) none.

    Raises: ConnectionEnded, MacMalformed.
    """
    connection = _locked(connection_id)
    connection.mac = None if mac is None else parse_mac(mac)
    connection.save(update_fields=["mac"])


@transaction.atomic
def set_secret(*, connection_id: int, secret: str) -> None:
    """Give a connection another secret; who signed in with the one before is to sign in anew.

    Raises: ConnectionEnded, SecretMalformed.
    """
    connection = _locked(connection_id)
    connection.secret = encrypt(checked_secret(secret))
    connection.secret_changed_at = clock.now()
    connection.save(update_fields=["secret", "secret_changed_at"])


@transaction.atomic
def set_speed(*, connection_id: int, towards: Limits | None = None, away: Limits | None = None) -> None:
    """Give a connection a speed of its own, above the plan's; a direction without limits here keeps its own.

    Args:
        towards: to the subscriber.
        away: from him.

    Raises: ConnectionEnded, SpeedOutOfLimits.
    """
    connection = _locked(connection_id)
    connection.speed = find_or_add_speed(Speeds.of(connection.speed).changed(towards=towards, away=away))
    connection.save(update_fields=["speed"])


@transaction.atomic
def remove_speed(*, connection_id: int) -> None:
    """Leave a connection the plan's speed again, without one of its own.

    Raises: ConnectionEnded.
    """
    connection = _locked(connection_id)
    connection.speed = None
    connection.save(update_fields=["speed"])


@transaction.atomic
def set_enabled(*, connection_id: int, enabled: bool) -> None:
    """Switch a connection off, so that it is in no list, or on again; it keeps its address.

    Raises: ConnectionEnded.
    """
    connection = _locked(connection_id)
    connection.enabled = enabled
    connection.save(update_fields=["enabled"])


@transaction.atomic
def end_connection(*, connection_id: int) -> None:
    """End a connection for good: its address is free, its session stopped, its history stays.

    Raises: ConnectionEnded: it has ended already.
    """
    _end([_locked(connection_id).pk])


@transaction.atomic
def close_contract(*, subscriber_id: int) -> None:
    """Close a contract and end its connections; its history and its money stay.

    Raises: ContractClosed: it is closed already.
    """
    close_subscriber(subscriber_id=subscriber_id)  # which locks the account first
    _end(
        list(Connection.objects.filter(subscriber=subscriber_id, ended_at=None).values_list("pk", flat=True))
    )
    note([subscriber_id])


def _locked(connection_id: int) -> Connection:
    """The connection, read under the lock of its subscriber's account."""
    lock_subscriber(Connection.objects.values_list("subscriber_id", flat=True).get(pk=connection_id))
    connection = Connection.objects.get(pk=connection_id)
    if connection.ended_at is not None:
        raise ConnectionEnded(login=connection.login)
    return connection


def _place(connection: Connection) -> None:
    """Save a connection where it is now, which is locked; another place is a new assignment in its history."""
    require_no_session_at(connection)
    with named_by_holder(connection.nas_id, connection.address):
        connection.save()
    open_one = Assignment.objects.filter(connection=connection, until_at=None)
    if open_one.filter(nas=connection.nas_id, address=connection.address).exists():
        return
    now = clock.now()
    open_one.update(until_at=now)
    if connection.address is not None:
        Assignment.objects.create(
            connection=connection, nas_id=connection.nas_id, address=connection.address, from_at=now
        )


def _end(connection_ids: list[int]) -> None:
    now = clock.now()
    Connection.objects.filter(pk__in=connection_ids).update(ended_at=now)
    Assignment.objects.filter(connection__in=connection_ids, until_at=None).update(until_at=now)
    Session.objects.filter(connection__in=connection_ids, stopped_at=None).update(stopped_at=now)


def _nas_in_use(nas_id: int) -> Nas:
    nas = Nas.objects.get(pk=nas_id)
    if nas.retired_at is not None:
        raise NasRetired(address=nas.address)
    return nas


def _optional_address(text: str | None) -> str | None:
    return None if text is None else parse_address(text)


def checked_secret(secret: str) -> str:
    """The secret, not too long and without control characters. Raises: SecretMalformed."""
    if not 1 <= len(secret) <= SECRET_LENGTH_MAX or _has_controls(secret):
        raise SecretMalformed(length_max=SECRET_LENGTH_MAX)
    return secret


def _has_controls(text: str) -> bool:
    return not text.isprintable() and any(unicodedata.category(one) in ("Cc", "Cs") for one in text)
