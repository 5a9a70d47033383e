"""Speaks to a server over a raw socket, and reads what comes until the connection ends."""

import json
import socket
from typing import Any, NamedTuple


class Answer(NamedTuple):
    """What came back, and how the connection ended."""

    status: int
    headers: dict[str, str]
    body: bytes
    reset: bool

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def ended_well(self) -> bool:
        """Whether a client would take this body for whole."""
        return not self.reset and len(self.body) == int(self.headers.get("content-length", -1))


def send(port: int, request: bytes, *, timeout_s: float = 15, caller: str = "") -> Answer:
    """Send these bytes, from that one of this machine's addresses if any, and read the answer to its end."""
    with socket.create_connection(
        ("127.0.0.1", port), timeout=timeout_s, source_address=(caller, 0) if caller else None
    ) as connection:
        connection.sendall(request)
        return receive(connection)


def get(port: int, target: str, *, timeout_s: float = 15) -> Answer:
    """GET a target as it stands, raw quotes and raw UTF-8 included."""
    return send(port, f"GET {target} HTTP/1.1\r\nHost: billing\r\n\r\n".encode(), timeout_s=timeout_s)


def receive(connection: socket.socket) -> Answer:
    """Read an answer until the connection ends."""
    received = bytearray()
    reset = False
    try:
        while piece := connection.recv(65536):
            received += piece
    except ConnectionResetError:
        reset = True
    head, _, body = bytes(received).partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines[1:])
    headers = {name.lower(): text.strip() for name, _, text in pairs}
    return Answer(int((lines[0].split() or ["", "0"])[1]), headers, body, reset)
