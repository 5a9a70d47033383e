"""What others ask of the network."""

from datetime import datetime, timedelta
from ipaddress import AddressValueError, IPv4Address
from typing import NamedTuple

from netledger import sql
from netledger.ledger import clock
from netledger.network.addresses import parse_mac
from netledger.network.errors import AddressAmbiguous, MacMalformed
from netledger.network.models import Connection, Nas
from netledger.subscribers.identifiers import identifier_key
from netledger.subscribers.queries import find_by_identifier


class ReachedBy(NamedTuple):
    """A connection by which a subscriber goes online, and its address now, if it has one."""

    connection_id: int
    login: str
    address: str | None


class ReachedAt(NamedTuple):
    """A subscriber who is at an address, and whether that is an IPv4 `address` or a `mac`."""

    subscriber_id: int
    by: str


class _Holder(NamedTuple):
    subscriber_id: int
    nas_address: str


class _Tenant(NamedTuple):
    connection_id: int
    since_at: datetime


def find_nas(address: str | IPv4Address) -> Nas | None:
    """The NAS in use at that address; None for a text that is no IPv4 address, too."""
    ipv4 = _ipv4(str(address))
    return Nas.objects.filter(address=ipv4, retired_at=None).first() if ipv4 else None


def list_nases() -> list[Nas]:
    """All NASes by address, retired ones too, those in use first at each address."""
    return list(Nas.objects.order_by("address", "-retired_at", "-id"))


def find_payer(text: str, *, seen_within_s: int) -> int | None:
    """The id of the subscriber whom a payment names: by contract number, login, else address.

    Args:
        seen_within_s: how long a session lives after it was last heard of.

    An address is that of a connection that has not ended or of a live session.

    Raises: AddressAmbiguous: it is of different subscribers; names their NASes.
    """
    subscriber = find_by_identifier(text)
    if subscriber is not None:
        return subscriber.pk
    ipv4 = _ipv4(text.strip())
    if ipv4 is None:
        return None
    holders = sql.rows("network/holders_of_address", _Holder, address=ipv4, seen_within_s=seen_within_s)
    if len({holder.subscriber_id for holder in holders}) > 1:
        nas_addresses = dict.fromkeys(holder.nas_address for holder in holders)
        raise AddressAmbiguous(address=ipv4, nas_addresses=", ".join(nas_addresses))
    return holders[0].subscriber_id if holders else None


def may_be_address(text: str) -> bool:
    """Whether a payment can name a subscriber by that text as an address."""
    return _ipv4(text.strip()) is not None


def find_connection(login: str) -> Connection | None:
    """The connection of that login, however it is spelt in case and composition; also one that has ended.

    One query, whether or not the login is there: how long it takes tells nobody which logins there are.
    """
    key = identifier_key(login)
    candidates = Connection.objects.select_related("subscriber").filter(
        subscriber__identifiers__key=key, subscriber__identifiers__is_login=True
    )
    return next((one for one in candidates if identifier_key(one.login) == key), None)


def list_connections_of(subscriber_id: int, *, seen_within_s: int) -> list[ReachedBy]:
    """A subscriber's connections that have not ended, by id, each with its own address or its live session's."""
    return sql.rows(
        "network/connections_of_subscriber",
        ReachedBy,
        subscriber_id=subscriber_id,
        live_since=clock.now() - timedelta(seconds=seen_within_s),
    )


def find_connection_at(address: str, *, seen_within_s: int) -> Connection | None:
    """The one connection whose static address or whose live session's it is; None if none's or several's."""
    tenants = _tenants(address, seen_within_s)
    if len({tenant.connection_id for tenant in tenants}) != 1:
        return None
    return Connection.objects.select_related("subscriber").get(pk=tenants[0].connection_id)


def list_reached_at(text: str, *, found_max: int) -> list[ReachedAt]:
    """Who is at that IPv4 or MAC address, in any of its forms, by a connection or an open session; by id."""
    try:
        mac = parse_mac(text.strip())
    except MacMalformed:
        mac = None
    address = _ipv4(text.strip())
    if address is None and mac is None:
        return []
    return sql.rows("network/reached_at", ReachedAt, address=address, mac=mac, found_max=found_max)


def has_held_address(connection_id: int, address: str, *, since_at: datetime, seen_within_s: int) -> bool:
    """Whether an address has been that connection's alone, without a break, since that moment."""
    tenants = _tenants(address, seen_within_s)
    alone = {tenant.connection_id for tenant in tenants} == {connection_id}
    return alone and min(tenant.since_at for tenant in tenants) <= since_at


def _tenants(address: str, seen_within_s: int) -> list[_Tenant]:
    ipv4 = _ipv4(address)
    if ipv4 is None:
        return []
    return sql.rows("network/tenants_of_address", _Tenant, address=ipv4, seen_within_s=seen_within_s)


def _ipv4(text: str) -> str | None:
    if "." not in text:
        return None
    try:
        return str(IPv4Address(text))
    except AddressValueError:
        return None
