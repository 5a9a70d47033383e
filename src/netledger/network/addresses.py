"""How an IPv4 address and a MAC are written, and which of them a subscriber or a NAS can have."""

import re
from ipaddress import AddressValueError, IPv4Address, IPv4Network

from netledger.network.errors import AddressMalformed, AddressUnusable, MacMalformed

SHOWN_LENGTH_MAX = 64
"""So much of a malformed text is given back to whoever sent it."""

_THIS_NETWORK = IPv4Network("0.0.0.0/8")
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
    if address.is_loopback:
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
    digits = re.sub(r"[^0-9a-f]", "", lower)
    return ":".join(digits[start : start + 2] for start in range(0, 12, 2))


def _ipv4(text: str) -> IPv4Address:
    try:
        address = IPv4Address(text)
    except AddressValueError:
        raise AddressMalformed(text=text[:SHOWN_LENGTH_MAX]) from None
    if address in _THIS_NETWORK or address.is_multicast or address.is_reserved:
        raise AddressUnusable(address=str(address))
    return address
