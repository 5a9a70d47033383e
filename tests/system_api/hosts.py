"""Hosts that are verified: each answers as it is told, byte for byte, and keeps what it was sent."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread

Answering = Callable[[bytes], bytes]


@dataclass
class PlayedHost:
    """A host on a port of this machine."""

    port: int
    received: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def http(body: bytes, status: str = "200 OK", *, length: int | None = None) -> bytes:
    """A whole answer; with another length than its own it is cut short."""
    told = len(body) if length is None else length
    return f"HTTP/1.1 {status}\r\nContent-Length: {told}\r\n\r\n".encode() + body


@contextmanager
def played(answering: Answering) -> Iterator[PlayedHost]:
    """A host that answers each request with what that makes of it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        host = PlayedHost(listener.getsockname()[1])

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    with connection, suppress(OSError):
                        host.received.append(_request(connection))
                        connection.sendall(answering(host.received[-1]))

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield host
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=10)


def _request(connection: socket.socket) -> bytes:
    """A request with its body."""
    connection.settimeout(10)
    received = b""
    while b"\r\n\r\n" not in received and (piece := connection.recv(65536)):
        received += piece
    head, _, body = received.partition(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        if line.startswith(b"Content-Length: "):
            while len(body) < int(line.partition(b" ")[2]):
                body += connection.recv(65536)
    return head + b"\r\n\r\n" + body
