"""By what callers are counted: who has an IPv6 network has all its addresses, and uses another whenever he likes."""

from ipaddress import ip_network

NETWORK_PREFIX = 64
"""The least that a provider gives to anybody; RFC 6177."""


def counted_as(address: str) -> str:
    """The address that stands for all that the caller can call from: of an IPv6 one, its network's first."""
    if ":" not in address:
        return address
    return str(ip_network((address, NETWORK_PREFIX), strict=False).network_address)
