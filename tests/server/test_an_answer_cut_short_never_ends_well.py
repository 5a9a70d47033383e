"""A router must never take half a list for a list: an answer that breaks on the way does not end well."""

import socket
import time

import pytest

from server.conftest import Toy
from server.toy import LIST, SECRET
from server.wire import get, receive, send


@pytest.mark.parametrize("target", ["/breaks", "/short"])
def test_when_its_length_was_announced(toy: Toy, target: str) -> None:
    answer = get(toy.port, target)

    assert answer.status in (0, 200)
    assert not answer.ended_well


@pytest.mark.parametrize("protocol", [b"HTTP/1.1", b"HTTP/1.0"])
def test_when_no_length_was_announced(toy: Toy, protocol: bytes) -> None:
    answer = send(toy.port, b"GET /breaks-without-length " + protocol + b"\r\n\r\n")

    assert answer.reset
    assert b"\r\n0\r\n" not in answer.body


def test_and_one_that_would_go_on_is_cut_at_its_length(toy: Toy) -> None:
    answer = get(toy.port, "/long")

    assert answer.reset
    assert answer.body in (b"", b"halfhalf")


def test_while_a_failure_before_the_answer_says_try_again(toy: Toy) -> None:
    answer = get(toy.port, "/fails")

    assert (answer.status, answer.headers["retry-after"]) == (503, "5")
    assert answer.ended_well
    assert SECRET.encode() not in answer.body + toy.log.read_bytes()
    assert b"ValueError" in toy.log.read_bytes()


def test_while_a_whole_one_ends_well_for_a_slow_reader_too(toy: Toy) -> None:
    with socket.create_connection(("127.0.0.1", toy.port), timeout=10) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        connection.sendall(b"GET /list HTTP/1.1\r\n\r\n")
        received = bytearray()
        while piece := connection.recv(262144):
            received += piece
            time.sleep(0.02)

    assert received.partition(b"\r\n\r\n")[2] == LIST


def test_while_a_whole_one_ends_well_for_who_sends_on_after_its_body(toy: Toy) -> None:
    """Old clients end the body of a POST with a line end that its length does not count."""
    request = b"POST /list HTTP/1.1\r\nContent-Length: 3\r\n\r\na=b"
    with socket.create_connection(("127.0.0.1", toy.port), timeout=10) as connection:
        connection.sendall(request)
        begun = connection.recv(1000)  # the body has been read: what comes now, nobody asks for
        connection.sendall(b"\r\n")
        received = bytearray(begun)
        while piece := connection.recv(262144):
            received += piece
            time.sleep(0.02)

    assert received.partition(b"\r\n\r\n")[2] == LIST


def test_and_who_keeps_the_connection_open_after_that_is_not_waited_for_long(toy: Toy) -> None:
    with socket.create_connection(("127.0.0.1", toy.port), timeout=10) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\na=b")
        assert receive(connection).ended_well
        begun_s = time.monotonic()
        with pytest.raises(OSError):
            while time.monotonic() < begun_s + 4:
                connection.sendall(b"\r\n")
                time.sleep(0.1)

    assert time.monotonic() - begun_s < 3


def test_and_a_client_that_stops_reading_is_given_up(toy: Toy) -> None:
    closed_before = get(toy.port, "/closed").json

    with socket.create_connection(("127.0.0.1", toy.port), timeout=10) as connection:
        connection.sendall(b"GET /list HTTP/1.1\r\n\r\n")
        time.sleep(2.5)  # the toy gives a client one second to take some bytes
        closed_after = get(toy.port, "/closed").json
        answer = receive(connection)

    assert closed_after == closed_before + 1
    assert not answer.ended_well


def test_and_two_hundred_clients_that_vanish_leave_nothing_behind(toy: Toy) -> None:
    closed_before = get(toy.port, "/closed").json

    for _ in range(200):
        with socket.create_connection(("127.0.0.1", toy.port), timeout=10) as connection:
            connection.sendall(b"GET /list HTTP/1.1\r\n\r\n")
            connection.recv(100)

    assert get(toy.port, "/closed").json == closed_before + 200
