"""What others ask of the network."""

from ipaddress import AddressValueError, IPv4Address
from typing import NamedTuple

from netledger import sql
from netledger.network.errors import AddressAmbiguous
from netledger.network.models import Nas
from netledger.subscribers.queries import find_by_identifier


class _Holder(NamedTuple):
    subscriber_id: int
    nas_address: str


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


def _ipv4(text: str) -> str | None:
    try:
        return str(IPv4Address(text))
    except AddressValueError:
        return None
