"""How an IPv4 address and a MAC are written, and which of them a subscriber or a NAS can have."""

import re
from ipaddress import AddressValueError, IPv4Address

from netledger.network.errors import AddressMalformed, AddressUnusable, MacMalformed

SHOWN_LENGTH_MAX = 64
"""So much of a malformed text is given back to whoever sent it."""

_THIS_NETWORK, _LOOPBACK, _MULTICAST_AND_RESERVED = 0, 127, 224
"""First octets; of the last, all from it on. Compared so, because there may be a million addresses at once."""
_MAC = re.compile(
    r"[0-9a-f]{12}"
    r"|[0-9a-f]{2}(:[0-9a-f]{2}){5}"
    r"|[0-9a-f]{2}(-[0-9a-f]{2}){5}"
    r"|[0-9a-f]{4}(\.[0-9a-f]{4}){2}"
    r"|[0-9a-f]{4}(-[0-9a-f]{4}){2}"
)


def parse_address(text: str) -> str:
    """The IPv4 address of a subscriber's device.

    Raises:
        AddressMalformed: it is no IPv4 address in four decimal parts.
        AddressUnusable: no device can have it (RFC 6890): 0.0.0.0/8, loopback, multicast, reserved, broadcast.
    """
    address = _ipv4(text)
    if address.packed[0] == _LOOPBACK:
        raise AddressUnusable(address=str(address))
    return str(address)


def parse_nas_address(text: str) -> str:
    """The IPv4 address of a NAS, which may also stand on this very machine (loopback).

    Raises: AddressMalformed, AddressUnusable.
    """
    return str(_ipv4(text))


def parse_mac(text: str) -> str:
    """The MAC in the one form that is kept: lower case, a colon between the octets.

    Read in any of aa:bb:cc:dd:ee:ff, aa-bb-cc-dd-ee-ff, aabb.ccdd.eeff, aabb-ccdd-eeff and aabbccddeeff.

    Raises: MacMalformed.
    """
    lower = text.lower() if text.isascii() else ""
    if _MAC.fullmatch(lower) is None:
        raise MacMalformed(text=text[:SHOWN_LENGTH_MAX])
    return bytes.fromhex(re.sub(r"[^0-9a-f]", "", lower)).hex(":")


def _ipv4(text: str) -> IPv4Address:
    try:
        address = IPv4Address(text)
    except AddressValueError:
        raise AddressMalformed(text=text[:SHOWN_LENGTH_MAX]) from None
    first_octet = address.packed[0]
    if first_octet == _THIS_NETWORK or first_octet >= _MULTICAST_AND_RESERVED:
        raise AddressUnusable(address=str(address))
    return address
