"""What is no request gets a clean 4xx or 5xx, and no word of it is written down.

It holds passwords as often as others do.
"""

import socket

import pytest

from server.conftest import Toy
from server.wire import send

SECRET = b"psw=very-secret-word"
QUERY = b"/system_api/?" + SECRET

MALFORMED = {
    "an unknown method": (b"BREW " + QUERY + b" HTTP/1.1\r\n\r\n", 400),
    "a method in lower case": (b"get " + QUERY + b" HTTP/1.1\r\n\r\n", 400),
    "a secret for a method": (SECRET + b" / HTTP/1.1\r\n\r\n", 400),
    "another version": (b"GET " + QUERY + b" HTTP/3.0\r\n\r\n", 505),
    "a version of the future": (b"GET " + QUERY + b" HTTP/1.2\r\n\r\n", 505),
    "no version": (b"GET " + QUERY + b"\r\n\r\n", 400),
    "a version that is none": (b"GET " + QUERY + b" HTTP/one.one\r\n\r\n", 400),
    "a space in the query": (b"GET " + QUERY + b"&name=Ivan Ivanov HTTP/1.1\r\n\r\n", 400),
    "a tab in the query": (b"GET " + QUERY + b"&name=Ivan\tIvanov HTTP/1.1\r\n\r\n", 400),
    "a NUL in the query": (b"GET " + QUERY + b"\0 HTTP/1.1\r\n\r\n", 400),
    "a line that is too long": (b"GET " + QUERY + b"a" * 9000 + b" HTTP/1.1\r\n\r\n", 414),
    "a line that is much too long": (b"GET " + QUERY + b"a" * 200_000 + b" HTTP/1.1\r\n\r\n", 414),
    "no path": (b"GET " + SECRET + b" HTTP/1.1\r\n\r\n", 400),
    "an empty line": (b"\r\nGET " + QUERY + b" HTTP/1.1\r\n\r\n", 400),
    "another protocol": (b"\x16\x03\x01\x02\x00\x01" + SECRET + b"\n", 400),
    "a header without a colon": (b"GET " + QUERY + b" HTTP/1.1\r\n" + SECRET + b"\r\n\r\n", 400),
    "a header over two lines": (b"GET / HTTP/1.1\r\nA: b\r\n " + SECRET + b"\r\n\r\n", 400),
    "a space before the colon": (b"GET / HTTP/1.1\r\nContent-Length : 5\r\n\r\n" + SECRET, 400),
    "two hosts": (b"GET " + QUERY + b" HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    "two lengths": (b"POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n" + SECRET, 400),
    "a length and chunks": (
        b"POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + SECRET,
        400,
    ),
    "a length that is no number": (b"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n" + SECRET, 400),
    "chunks that are none": (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + SECRET, 400),
    "an unknown encoding": (b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n" + SECRET, 501),
    "too many headers": (b"GET " + QUERY + b" HTTP/1.1\r\n" + b"A: b\r\n" * 101 + b"\r\n", 431),
    "headers that are too long": (b"GET / HTTP/1.1\r\nA: " + SECRET * 2000 + b"\r\n\r\n", 431),
}


@pytest.mark.parametrize("form", MALFORMED)
def test_with_a_status_and_one_line(toy: Toy, form: str) -> None:
    request, status = MALFORMED[form]

    answer = send(toy.port, request)

    assert answer.status == status
    assert answer.ended_well
    assert len(answer.body.splitlines()) == 1
    assert SECRET not in answer.body
    assert b"very-secret-word" not in toy.log.read_bytes()


def test_though_a_line_of_the_log_says_that_it_came(toy: Toy) -> None:
    before = toy.log.read_bytes().count(b'"status":505')

    send(toy.port, MALFORMED["another version"][0])

    assert toy.log.read_bytes().count(b'"status":505') == before + 1


def test_and_a_client_that_hangs_up_half_way_is_nobodys_trouble(toy: Toy) -> None:
    for half in (
        b"",
        b"GET /?" + SECRET,
        b"GET / HTTP/1.1\r\nA: b",
        b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\na",
    ):
        with socket.create_connection(("127.0.0.1", toy.port), timeout=5) as connection:
            connection.sendall(half)

    assert send(toy.port, b"GET / HTTP/1.1\r\n\r\n").status == 200
    assert b"very-secret-word" not in toy.log.read_bytes()
