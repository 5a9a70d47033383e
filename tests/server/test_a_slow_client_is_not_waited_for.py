"""A client that sends its request drop by drop is told so after a time and let go."""

import socket
import time

import pytest

from server.conftest import Toy
from server.wire import get, receive

GIVEN_UP_AFTER_S = 1
"""So long the toy waits for a line."""
HALVES = {
    "the request line": b"GET /?psw=very-secret-word",
    "the headers": b"GET / HTTP/1.1\r\nHost: bil",
    "the body": b"POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\npsw=",
}


@pytest.mark.parametrize("part", HALVES)
def test_with(toy: Toy, part: str) -> None:
    begun_s = time.monotonic()
    with socket.create_connection(("127.0.0.1", toy.port), timeout=10) as connection:
        connection.sendall(HALVES[part])
        answer = receive(connection)

    # The toy's limits are one second each, then a second for the client to read the answer.
    assert answer.status == 408
    assert 0.5 < time.monotonic() - begun_s < 4


def test_though_each_drop_comes_in_time(toy: Toy) -> None:
    begun_s = time.monotonic()
    with socket.create_connection(("127.0.0.1", toy.port), timeout=10) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n")
        try:
            for _ in range(30):
                connection.sendall(b"A: b\r\n")
                time.sleep(0.1)
        except OSError:
            pass

    assert time.monotonic() - begun_s < 4


def test_and_holds_nobody_else_up(toy: Toy) -> None:
    waiting = [socket.create_connection(("127.0.0.1", toy.port), timeout=10) for _ in range(50)]

    begun_s = time.monotonic()
    answer = get(toy.port, "/")
    took_s = time.monotonic() - begun_s

    for connection in waiting:
        connection.close()
    assert answer.status == 200
    assert took_s < GIVEN_UP_AFTER_S
