"""The load client: plain blocking sockets, one request a connection, as gateways and routers call.

Several processes, so that Python's lock bounds none of them. Its own cost in CPU is told beside each figure.
"""

import multiprocessing
import os
import random
import re
import resource
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

TIMEOUT_S = 120
FAILURES_MAX = 0.05
"""Of the payments of a demonstration one in a hundred is refused: the contract is closed."""
PIECE_BYTES = 1024 * 1024
SHORT_BYTES = 16 * 1024
"""A buffer for answers that fit into one: a larger one costs the client more than the rest of a call."""
LENGTH = re.compile(rb"\r\nContent-Length: (\d+)\r\n", re.IGNORECASE)

_processes = multiprocessing.get_context("fork")


class Answer(NamedTuple):
    """What came back, and how long it took from connecting to the last byte."""

    status: int
    headers: dict[str, str]
    body_bytes: int
    body: bytes
    cookies: dict[str, str]
    took_s: float


@dataclass
class Load:
    """What a load of requests came to."""

    took_s: float
    latencies_s: list[float] = field(default_factory=list)
    failures: int = 0
    cpu_s: float = 0.0
    """Of the client itself."""

    @property
    def per_s(self) -> float:
        """Answers a second."""
        return len(self.latencies_s) / self.took_s

    def quantile_s(self, share: float) -> float:
        """So long at most took that share of the answers."""
        ordered = sorted(self.latencies_s)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def request_of(target: str, *, head: str = "") -> bytes:
    """A GET of a target as it stands, with further lines of the head."""
    return f"GET {target} HTTP/1.1\r\nHost: billing\r\n{head}\r\n".encode()


def ask(port: int, request: bytes, *, keep: bool = True) -> Answer:
    """Send a request and read the answer to its end; `keep`: the body too, not only how long it is.

    Raises: ConnectionError: it ended before its own length.
    """
    begun_s = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT_S) as connection:
        connection.sendall(request)
        head, _, body = _head_of(connection).partition(b"\r\n\r\n")
        kept, received = [body], len(body)
        while piece := connection.recv(PIECE_BYTES):
            received += len(piece)
            if keep:
                kept.append(piece)
    took_s = time.perf_counter() - begun_s
    lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): text.strip() for name, _, text in (line.partition(":") for line in lines[1:])}
    set_cookies = [line.partition(":")[2] for line in lines if line.lower().startswith("set-cookie:")]
    cookies = dict(text.partition(";")[0].strip().split("=", 1) for text in set_cookies)
    if received != int(headers.get("content-length", received)):
        raise ConnectionError(f"{received} bytes of {headers['content-length']}")
    return Answer(int(lines[0].split()[1]), headers, received, b"".join(kept), cookies, took_s)


def load(
    port: int, request: Callable[[int, int], bytes], *, clients: int, seconds: float, is_right: bytes = b""
) -> Load:
    """Let clients send requests one after the other for so long.

    Args:
        request: the bytes to send, by the client's number and the request's.
        is_right: what an answer's body holds where it went well.
    """
    receivers = []
    begun_s = time.perf_counter()
    for number in range(clients):
        receiver, sender = _processes.Pipe(duplex=False)
        worker = _processes.Process(target=_client, args=(port, request, number, seconds, is_right, sender))
        worker.start()
        sender.close()
        receivers.append((receiver, worker))
    told = [receiver.recv() for receiver, _worker in receivers]
    took_s = time.perf_counter() - begun_s
    for _receiver, worker in receivers:
        worker.join()
    whole = Load(took_s)
    for latencies_s, failures, cpu_s in told:
        whole.latencies_s += latencies_s
        whole.failures += failures
        whole.cpu_s += cpu_s
    if whole.failures > FAILURES_MAX * (whole.failures + len(whole.latencies_s)):
        raise RuntimeError(f"{whole.failures} requests failed, {len(whole.latencies_s)} went well")
    return whole


def slow_reader(port: int, request: bytes, *, bytes_a_second: int) -> tuple[object, object]:
    """A process that reads an answer slowly until it is ended, and an event that says that it has begun."""
    begun = _processes.Event()
    process = _processes.Process(
        target=_read_slowly, args=(port, request, bytes_a_second, begun), daemon=True
    )
    process.start()
    return process, begun


def _client(
    port: int, request: Callable[[int, int], bytes], number: int, seconds: float, right: bytes, to: object
) -> None:
    random.seed()  # else all clients of a fork would draw the same
    latencies_s, failures, count = [], 0, 0
    deadline_s = time.perf_counter() + seconds
    while time.perf_counter() < deadline_s:
        sent = request(number, count)
        begun_s = time.perf_counter()
        try:
            is_right = _is_right(_exchanged(port, sent), right)
        except OSError:
            is_right = False
        count += 1
        if is_right:
            latencies_s.append(time.perf_counter() - begun_s)
        else:
            failures += 1
    used = resource.getrusage(resource.RUSAGE_SELF)
    to.send((latencies_s, failures, used.ru_utime + used.ru_stime))  # type: ignore[attr-defined]
    os._exit(0)


def _exchanged(port: int, request: bytes) -> bytes:
    """All that comes back, in as few calls of the kernel as a client in C would make."""
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", TIMEOUT_S, 0))
        connection.connect(("127.0.0.1", port))
        connection.sendall(request)
        received = connection.recv(SHORT_BYTES)
        while piece := connection.recv(SHORT_BYTES):
            received += piece
    return received


def _is_right(received: bytes, right: bytes) -> bool:
    """Whether it is a whole answer that says that it went well."""
    head, _, body = received.partition(b"\r\n\r\n")
    told = LENGTH.search(head + b"\r\n")
    is_whole = told is None or int(told[1]) == len(body)
    return is_whole and head.startswith(b"HTTP/1.1 200 ") and right in body


def _read_slowly(port: int, request: bytes, bytes_a_second: int, begun: object) -> None:
    """Take a tenth of it each tenth of a second."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
    connection.settimeout(TIMEOUT_S)
    connection.connect(("127.0.0.1", port))
    connection.sendall(request)
    while connection.recv(max(1, bytes_a_second // 10)):
        begun.set()  # type: ignore[attr-defined]
        time.sleep(0.1)


def _head_of(connection: socket.socket) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        piece = connection.recv(PIECE_BYTES)
        if not piece:
            raise ConnectionError("no answer")
        received += piece
    return received
