"""Tells systemd that the service answers, or leaves, where a unit of Type=notify has started it: sd_notify(3)."""

import contextlib
import os
import socket

from netledger.server.state import Phase

VARIABLE = "NOTIFY_SOCKET"
SAID: dict[Phase, bytes] = {"ready": b"READY=1", "stopping": b"STOPPING=1"}


def tell_systemd(phase: Phase, address: str) -> None:
    """Say in which phase we are; without systemd, or where it does not listen, nothing happens."""
    where = os.environ.get(VARIABLE, "")
    if not where or phase not in SAID:
        return
    name = "\0" + where[1:] if where.startswith("@") else where  # an abstract socket
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
        notify.sendto(SAID[phase] + f"\nSTATUS={phase}, {address}".encode(), name)
