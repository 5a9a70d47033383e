"""Who is calling: the address of the peer, or the one that a trusted proxy tells of it.

A proxy appends the address that it sees to X-Forwarded-For, so only what trusted proxies wrote at its right
end is true; the rest is what the caller made up. Case V14 of cases.md.
"""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from netledger.system_api.request import Environ

Address = IPv4Address | IPv6Address
Networks = Iterable[IPv4Network | IPv6Network]
REMEMBERED = 4096
"""Addresses that were read of late: callers are few, and call often."""


def caller_of(environ: Environ, trusted_proxies: Networks) -> Address | None:
    """The caller's address; None, if what the peer or a trusted proxy tells is no plain address.

    Several headers X-Forwarded-For come joined by commas in their order, as WSGI servers do it.
    """
    proxies = tuple(trusted_proxies)
    forwarded = [hop.strip() for hop in environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    address = _plain(environ.get("REMOTE_ADDR", ""))
    while address is not None and forwarded and is_within(address, proxies):
        address = _plain(forwarded.pop())
    return address


def is_within(address: Address, networks: Networks) -> bool:
    """Whether the address lies in one of the networks."""
    return any(address in network for network in networks)


@lru_cache(maxsize=REMEMBERED)
def _plain(text: str) -> Address | None:
    """The address in that text; an IPv4 one mapped into IPv6 as IPv4. Ports and zones make it none."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv4Address):
        return address
    return None if address.scope_id else address.ipv4_mapped or address
