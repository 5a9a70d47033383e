"""Whatever is refused, and by whom: in Russian, unless the caller prefers English."""

import re
import socket

import pytest

from server.conftest import Toy
from server.running import Service
from server.wire import Answer, receive, send

CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
API = b"/system_api/"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"

BY_THE_HANDLER = {
    "too many headers": (b"GET / HTTP/1.1\r\n%s" + b"A: b\r\n" * 101 + b"\r\n", 431),
    "a header that is malformed": (b"GET / HTTP/1.1\r\n%sno colon\r\n\r\n", 400),
    "a second length": (b"POST / HTTP/1.1\r\n%sContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
    "a length that is none": (b"POST / HTTP/1.1\r\n%sContent-Length: x\r\n\r\n", 400),
    "chunks that are none": (b"POST / HTTP/1.1\r\n%sTransfer-Encoding: chunked\r\n\r\nnone\r\n", 400),
    "an unknown encoding": (b"POST / HTTP/1.1\r\n%sTransfer-Encoding: gzip\r\n\r\n", 501),
    "trouble": (b"GET /fails HTTP/1.1\r\n%s\r\n", 503),
    "trouble of the API": (b"GET " + API + b"?context=api_1c&fails HTTP/1.1\r\n%s\r\n", 503),
}
BEFORE_THE_HEADERS = {
    "a line that is malformed": (b"GET / / HTTP/1.1\r\n\r\n", 400),
    "a line that is too long": (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n", 414),
    "another version": (b"GET / HTTP/3.0\r\n\r\n", 505),
}
BY_THE_SERVICE = {
    "a page that is not there": (b"GET /nowhere HTTP/1.1\r\n%s\r\n", 404),
    "another method": (b"PUT " + API + b" HTTP/1.1\r\n%s\r\n", 405),
    "another method of the reference": (b"POST " + API + b"docs HTTP/1.1\r\n%s\r\n", 405),
    "too long a body": (b"POST " + API + b" HTTP/1.1\r\n%s" + FORM + b"Content-Length: 99999\r\n\r\n", 413),
    "a body that is no form": (
        b"POST " + API + b" HTTP/1.1\r\n%sContent-Type: text/xml\r\nContent-Length: 1\r\n\r\n<",
        415,
    ),
    "no password": (b"GET " + API + b"?context=collector HTTP/1.1\r\n%s\r\n", 403),
    "no method": (b"GET " + API + b"?context=web HTTP/1.1\r\n%s\r\n", 404),
    "no argument": (
        b"GET " + API + b"?context=web&model=users&method1=web_cabinet.login HTTP/1.1\r\n%s\r\n",
        400,
    ),
    "a page of another site": (b"GET " + API + b" HTTP/1.1\r\n%sSec-Fetch-Site: cross-site\r\n\r\n", 403),
}

each_language = pytest.mark.parametrize(
    ("told", "is_russian"),
    [
        (b"", True),
        (b"Accept-Language: ru,en;q=0.5\r\n", True),
        (b"Accept-Language: en-US,en;q=0.9\r\n", False),
        (b"accept-LANGUAGE:en\r\n", False),
        (b"Accept-Language: \xff\r\n", True),
    ],
)


def check(answer: Answer, status: int, is_russian: bool) -> None:
    assert (answer.status, answer.ended_well) == (status, True)
    assert bool(CYRILLIC.search(answer.body.decode())) is is_russian, answer.body.decode()


@each_language
@pytest.mark.parametrize("wrong", BY_THE_HANDLER)
def test_of_what_the_handler_refuses(toy: Toy, wrong: str, told: bytes, is_russian: bool) -> None:
    request, status = BY_THE_HANDLER[wrong]

    check(send(toy.port, request.replace(b"%s", told)), status, is_russian)


@pytest.mark.parametrize("wrong", BEFORE_THE_HEADERS)
def test_of_what_is_refused_before_the_language_was_told(toy: Toy, wrong: str) -> None:
    request, status = BEFORE_THE_HEADERS[wrong]

    check(send(toy.port, request), status, is_russian=True)


@pytest.mark.parametrize(("told", "is_russian"), [(b"", True), (b"Accept-Language: en\r\n", False)])
def test_of_what_comes_too_slowly(toy: Toy, told: bytes, is_russian: bool) -> None:
    with socket.create_connection(("127.0.0.1", toy.port), timeout=15) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\n" + told + b"Content-Length: 10\r\n\r\n12")
        check(receive(connection), 408, is_russian)


@each_language
@pytest.mark.parametrize("wrong", BY_THE_SERVICE)
def test_of_what_the_service_refuses(
    shared_service: Service, wrong: str, told: bytes, is_russian: bool
) -> None:
    request, status = BY_THE_SERVICE[wrong]

    check(send(shared_service.port, request.replace(b"%s", told)), status, is_russian)


@pytest.mark.parametrize(
    ("cookie", "is_russian"), [(b"language=en", False), (b"language=ru", True), (b"a=b", True)]
)
def test_of_a_page_is_what_the_reader_chose(shared_service: Service, cookie: bytes, is_russian: bool) -> None:
    for target, status in ((b"/", 200), (b"/nowhere", 404), (b"/system_api/docs", 200)):
        answer = send(shared_service.port, b"GET " + target + b" HTTP/1.1\r\nCookie: " + cookie + b"\r\n\r\n")

        assert (answer.status, answer.headers["content-language"]) == (status, "ru" if is_russian else "en")


def test_the_specifications_own_text_is_the_same_in_both(shared_service: Service) -> None:
    for told in (b"", b"Accept-Language: en\r\n"):
        answer = send(shared_service.port, b"GET " + API + b"?context=x HTTP/1.1\r\n" + told + b"\r\n")
        assert (answer.status, answer.body) == (400, b"Context=x is not defined")
