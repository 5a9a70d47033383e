"""Sends one request to any host, its bytes as they are given, and reads the answer within limits.

No library's client: each encodes or refuses raw quotes and raw UTF-8, which are what is to be verified.
"""

import contextlib
import socket
import ssl
from http.client import HTTPException, HTTPResponse, IncompleteRead
from threading import Timer
from time import monotonic
from typing import NamedTuple
from urllib.parse import urlsplit

from netledger.system_api.request import FORM
from netledger.system_api.verification.said import Said

CONNECT_WITHIN_S = 5
ANSWER_WITHIN_S = 30
BODY_MAX_BYTES = 64 * 1024 * 1024
BLOCK_BYTES = 256 * 1024
PATH_AT_FIRST = "/system_api/"


_LATE = Said(f"нет ответа за {ANSWER_WITHIN_S} с", f"no answer within {ANSWER_WITHIN_S} s")


class Host(NamedTuple):
    """Where to send to."""

    name: str
    port: int
    path: str
    is_secure: bool

    @property
    def authority(self) -> str:
        """Name and port, as a header tells them."""
        return f"[{self.name}]:{self.port}" if ":" in self.name else f"{self.name}:{self.port}"


class Reply(NamedTuple):
    """One whole answer."""

    status: int
    body: bytes
    took_ms: int


class NotReached(Exception):
    """Nobody takes the connection: other calls will not be answered either."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.en)
        self.said = said


class NotAnswered(Exception):
    """The connection brought no whole answer."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.en)
        self.said = said


def host_of(url: str) -> Host:
    """Where a URL as http://billing:8082 points; the path of the System API, unless it has one of its own.

    Raises: ValueError: it is no such URL.
    """
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise ValueError(url)
    if parts.query or parts.fragment or not url.isascii() or not url.isprintable() or " " in url:
        raise ValueError(url)
    is_secure = parts.scheme == "https"
    path = PATH_AT_FIRST if parts.path in ("", "/") else parts.path
    return Host(parts.hostname, parts.port or (443 if is_secure else 80), path, is_secure)


def send(host: Host, verb: str, parameters: bytes, *, language: str) -> Reply:
    """Send the parameters in the query or, by POST, in a form.

    Raises: NotReached, NotAnswered.
    """
    begun_s = monotonic()
    with _connected(host) as connection:
        hurry = Timer(ANSWER_WITHIN_S, _hang_up, [connection])  # an answer that drips ends too
        hurry.daemon = True
        hurry.start()
        try:
            connection.sendall(_request(host, verb, parameters, language))
            status, body = _read(connection, verb)
        except (OSError, HTTPException, ValueError):
            is_late = monotonic() - begun_s >= ANSWER_WITHIN_S
            raise NotAnswered(
                _LATE if is_late else Said("ответ оборвался", "the answer was cut off")
            ) from None
        finally:
            hurry.cancel()
    return Reply(status, body, round((monotonic() - begun_s) * 1000))


def _connected(host: Host) -> socket.socket:
    try:
        connection = socket.create_connection((host.name, host.port), timeout=CONNECT_WITHIN_S)
        if host.is_secure:
            context = ssl.create_default_context()
            connection = context.wrap_socket(connection, server_hostname=host.name)
    except OSError as trouble:
        why = trouble.strerror or type(trouble).__name__
        raise NotReached(Said(f"нет соединения: {why}", f"no connection: {why}")) from None
    return connection


def _request(host: Host, verb: str, parameters: bytes, language: str) -> bytes:
    in_query = b"" if verb == "POST" else b"?" + parameters
    head = [
        f"Host: {host.authority}",
        "Connection: close",
        f"Accept-Language: {language}",
        "User-Agent: netledger-verify",
    ]
    if verb == "POST":
        head += [f"Content-Type: {FORM}", f"Content-Length: {len(parameters)}"]
    line = f"{verb} {host.path}".encode() + in_query + b" HTTP/1.1\r\n"
    body = parameters if verb == "POST" else b""
    return line + "".join(f"{header}\r\n" for header in head).encode() + b"\r\n" + body


def _read(connection: socket.socket, verb: str) -> tuple[int, bytes]:
    """Status and body. Raises: HTTPException: it is not whole; NotAnswered: it is too long."""
    response = HTTPResponse(connection, method=verb)
    response.begin()
    body = bytearray()
    while block := response.read(BLOCK_BYTES):
        body += block
        if len(body) > BODY_MAX_BYTES:
            limit = BODY_MAX_BYTES // 1024**2
            raise NotAnswered(Said(f"ответ длиннее {limit} МиБ", f"the answer is longer than {limit} MiB"))
    if response.length:
        raise IncompleteRead(bytes(body))
    return response.status, bytes(body)


def _hang_up(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
