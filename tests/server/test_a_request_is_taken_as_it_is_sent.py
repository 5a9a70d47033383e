"""Clients send raw quotes, raw UTF-8, no host, several headers of one name: all of it arrives unchanged."""

import socket

import pytest

from server.conftest import Toy
from server.wire import get, receive, send

LETTERS = "".join(chr(code) for code in range(0x400, 0x460))
SPECIFIED = '/system_api/?model=Abonents&arg1={"contract_number":"Р х","sum_in":"1"}&psw=a%98s+b|^`<>\\#d'


def test_with_raw_quotes_braces_and_what_no_url_may_hold(toy: Toy) -> None:
    target = SPECIFIED.replace(" ", "%20")

    environ = get(toy.port, target).json

    assert environ["PATH_INFO"] == "/system_api/"
    assert environ["QUERY_STRING"].encode("latin-1").decode() == target.partition("?")[2]


def test_with_every_letter_of_raw_cyrillic(toy: Toy) -> None:
    environ = get(toy.port, f"/?name={LETTERS}").json

    assert environ["QUERY_STRING"].encode("latin-1").decode() == f"name={LETTERS}"


def test_by_http_1_0_without_a_host(toy: Toy) -> None:
    answer = send(toy.port, b"GET /a?b=c HTTP/1.0\r\n\r\n")

    assert (answer.status, answer.json["QUERY_STRING"]) == (200, "b=c")
    assert answer.ended_well


def test_with_the_whole_address_as_sent_to_a_proxy(toy: Toy) -> None:
    environ = get(toy.port, "http://billing:8082/system_api/?a=http://b/").json

    assert (environ["PATH_INFO"], environ["QUERY_STRING"]) == ("/system_api/", "a=http://b/")


def test_with_two_forwarding_headers_joined_in_their_order(toy: Toy) -> None:
    head = b"X-Forwarded-For: 127.0.0.1, 10.0.0.1\r\nOther: x\r\nx-forwarded-for: 198.51.100.7\r\n"

    environ = send(toy.port, b"GET / HTTP/1.1\r\n" + head + b"\r\n").json

    assert environ["HTTP_X_FORWARDED_FOR"] == "127.0.0.1, 10.0.0.1, 198.51.100.7"


def test_without_a_header_that_only_looks_like_another(toy: Toy) -> None:
    environ = send(toy.port, b"GET / HTTP/1.1\r\nX_Forwarded_For: 127.0.0.1\r\n\r\n").json

    assert "HTTP_X_FORWARDED_FOR" not in environ


def test_with_a_line_of_8191_bytes_and_no_more(toy: Toy) -> None:
    def line_of(length: int) -> bytes:
        return b"GET /?" + b"a" * (length - len(b"GET /? HTTP/1.1\r\n")) + b" HTTP/1.1\r\n"

    longest = send(toy.port, line_of(8191) + b"\r\n")
    longer = send(toy.port, line_of(8192) + b"\r\n")

    assert (longest.status, len(longest.json["QUERY_STRING"])) == (200, 8191 - len(b"GET /? HTTP/1.1\r\n"))
    assert longer.status == 414
    assert longer.ended_well


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (b"Content-Length: 9\r\n", b"psw=%D0+b"),
        (b"Transfer-Encoding: chunked\r\n", b"4\r\npsw=\r\n5;x=y\r\n%D0+b\r\n0\r\n\r\n"),
    ],
)
def test_with_a_body_of_either_form(toy: Toy, headers: bytes, body: bytes) -> None:
    answer = send(toy.port, b"POST / HTTP/1.1\r\n" + headers + b"\r\n" + body)

    assert answer.json["body"] == "psw=%D0+b"


def test_with_a_body_that_waits_to_be_asked_for(toy: Toy) -> None:
    with socket.create_connection(("127.0.0.1", toy.port), timeout=5) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
        asked = connection.recv(100)
        connection.sendall(b"a=b")
        answer = receive(connection)

    assert asked == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert answer.json["body"] == "a=b"


def test_and_the_length_of_a_body_that_is_too_long_is_left_to_the_application(toy: Toy) -> None:
    body = b"a" * (64 * 1024 + 1)
    chunks = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)

    told = send(toy.port, b"POST / HTTP/1.1\r\nContent-Length: 65537\r\n\r\n" + body)
    chunked = send(toy.port, b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)

    assert (told.json["CONTENT_LENGTH"], told.json["body"]) == ("65537", "")
    assert len(chunked.json["body"]) == 65537


def test_and_head_is_answered_with_the_headers_alone(toy: Toy) -> None:
    answer = send(toy.port, b"HEAD /list HTTP/1.1\r\n\r\n")

    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers["content-length"]) > 0


def test_and_the_answer_closes_the_connection(toy: Toy) -> None:
    answer = send(toy.port, b"GET / HTTP/1.1\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.1\r\n\r\n")

    assert answer.headers["connection"] == "close"
    assert answer.body.count(b"QUERY_STRING") == 1
