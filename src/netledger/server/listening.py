"""The listening socket, which the supervisor opens and lends to the web processes."""

import errno
import json
import socket
import time
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address

from netledger.installation.reasons import UnfitError
from netledger.installation.setting_values import Listen, read_listen
from netledger.server.errors import ListenAddressTaken, ListenAddressUnusable, ListenWrong

BACKLOG = 4096
"""Connections that wait while no worker takes them: during a restart, or at a start."""
PAUSE_S = 0.05
PROBE_S = 5


def listen_of(option: str) -> Listen:
    """What --listen says. Raises: ListenWrong."""
    try:
        return read_listen(option)
    except UnfitError as reason:
        raise ListenWrong(why_ru=reason.ru, why_en=reason.en) from None


def as_text(listen: Listen) -> str:
    """ADDRESS:PORT, an IPv6 address in brackets."""
    host = f"[{listen.address}]" if ":" in listen.address else listen.address
    return f"{host}:{listen.port}"


def local_address(listen: Listen) -> str:
    """Where a program on this machine reaches the service: any address includes this machine's own."""
    if not ip_address(listen.address).is_unspecified:
        return listen.address
    return "::1" if ":" in listen.address else "127.0.0.1"


def url_of(listen: Listen) -> str:
    """The address for a browser or curl on this machine."""
    return "http://" + as_text(Listen(local_address(listen), listen.port))


def open_listener(listen: Listen, *, patience_s: float) -> socket.socket:
    """Listen at that address; at `[::]` for IPv4 too.

    Args:
        patience_s: for how long others may still listen there.

    Raises: ListenAddressTaken, ListenAddressUnusable.
    """
    give_up_at = time.monotonic() + patience_s
    while True:
        try:
            return _bound(listen)
        except OSError as trouble:
            if trouble.errno != errno.EADDRINUSE:
                why = trouble.strerror or str(trouble)
                raise ListenAddressUnusable(address=as_text(listen), why=why) from trouble
            if time.monotonic() > give_up_at:
                raise ListenAddressTaken(address=as_text(listen)) from trouble
        time.sleep(PAUSE_S)


def _bound(listen: Listen) -> socket.socket:
    is_ipv6 = ":" in listen.address
    listener = socket.socket(socket.AF_INET6 if is_ipv6 else socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if is_ipv6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        listener.bind((listen.address, listen.port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def answers_ready(listen: Listen) -> bool:
    """Whether what listens there says at /readyz that it can answer; that the disk is nearly full is borne."""
    probe = HTTPConnection(local_address(listen), listen.port, timeout=PROBE_S)
    try:
        probe.request("GET", "/readyz", headers={"Accept": "application/json"})
        wrong = json.loads(probe.getresponse().read())["wrong"]
        return set(wrong) <= {"disk"}
    except (OSError, HTTPException, ValueError, LookupError):
        return False
    finally:
        probe.close()
