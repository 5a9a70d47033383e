"""What a setting's text means: addresses, contexts, a time zone. A reason never quotes a secret."""

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address, ip_network
from typing import NamedTuple
from zoneinfo import available_timezones

from netledger.installation.reasons import UnfitError

Network = IPv4Network | IPv6Network
Networks = tuple[Network, ...]

CONTEXT = r"[A-Za-z0-9_]+"
PORT_MAX = 65_535
# ::ffff:a.b.c.d: how an IPv4 caller looks to a socket that listens on [::].
MAPPED = IPv6Network("::ffff:0:0/96")


class Listen(NamedTuple):
    """Where to listen."""

    address: str
    port: int


def read_text(text: str) -> str:
    """Any text, as it stands."""
    return text


def read_whole_number(text: str) -> int:
    """A number written in digits alone."""
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise UnfitError("нужно целое число, одними цифрами", "a whole number is needed, in digits alone")
    return int(text)


def read_yes_no(text: str) -> bool:
    """`yes` or `no`."""
    if text not in ("yes", "no"):
        raise UnfitError("нужно yes или no", "it must be yes or no")
    return text == "yes"


def read_time_zone(text: str) -> str:
    """A time zone of the IANA database."""
    if text not in available_timezones():
        raise UnfitError(
            "нет такого часового пояса; нужен, например, Europe/Moscow",
            "there is no such time zone; it should be like Europe/Moscow",
        )
    return text


def read_listen(text: str) -> Listen:
    """ADDRESS:PORT; an IPv6 address stands in brackets."""
    found = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([0-9.]+)):([0-9]{1,5})", text)
    try:
        address = ip_address((found[1] or found[2]) if found else "")
    except ValueError:
        found = None
    if not found or (found[1] is None) != isinstance(address, IPv4Address):
        raise UnfitError(
            "нужно АДРЕС:ПОРТ, например 0.0.0.0:8082 или [::]:8082",
            "ADDRESS:PORT is needed, as 0.0.0.0:8082 or [::]:8082",
        )
    if not 1 <= int(found[3]) <= PORT_MAX:
        raise UnfitError("порт бывает от 1 до 65535", "a port is from 1 to 65535")
    return Listen(str(address), int(found[3]))


def read_optional_listen(text: str) -> str:
    """ADDRESS:PORT as text, or nothing."""
    if text:
        read_listen(text)
    return text


def read_networks(text: str) -> Networks:
    """Addresses and networks separated by spaces."""
    return tuple(_network(part) for part in text.split(" ") if part)


def read_contexts(text: str) -> tuple[str, ...]:
    """Names of contexts separated by spaces, each kept once."""
    names = [name for name in text.split(" ") if name]
    for name in names:
        if not re.fullmatch(CONTEXT, name):
            raise UnfitError(
                f"«{name}» не имя контекста: буквы латиницы, цифры и _, между именами пробел",
                f'"{name}" is no name of a context: Latin letters, digits and _, a space between names',
            )
    return tuple(dict.fromkeys(names))


def text_of(part: object) -> str:
    """One item of a list as people write it: the network of one address as that address."""
    if isinstance(part, Network) and part.prefixlen == part.max_prefixlen:
        return str(part.network_address)
    return str(part)


def _network(text: str) -> Network:
    """One address or network; IPv4 in IPv6's clothes becomes plain, as the caller's address does."""
    try:
        network = ip_network(text)
    except ValueError:
        raise _unfit_network(text) from None
    if isinstance(network, IPv6Network):
        if network.network_address.scope_id:
            raise _unfit_network(text)
        if network.subnet_of(MAPPED):
            plain = int(network.network_address) & 0xFFFF_FFFF
            return IPv4Network((plain, network.prefixlen - MAPPED.prefixlen))
    return network


def _unfit_network(text: str) -> UnfitError:
    """Say why that is no address or network; with the network meant, where only the bits do not fit."""
    try:
        meant = ip_network(text, strict=False)
    except ValueError:
        return UnfitError(
            f"«{text}» не адрес и не сеть; между адресами пробел",
            f'"{text}" is neither an address nor a network; a space goes between addresses',
        )
    return UnfitError(
        f"«{text}» не сеть: напишите {meant} или один адрес",
        f'"{text}" is no network: {meant} or one address',
    )
