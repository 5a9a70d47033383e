"""What the server answers before the System API sees a request: JSON, as all its clients but routers parse; else text.

1C parses every body and looks at no status; a router takes each line of text for one of a list, and JSON for nothing.
"""

import socket

import pytest

from server.conftest import Toy
from server.wire import Answer, get, receive, send

SECRET = b"psw=very-secret-word"
OF_1C = b"/system_api/?context=api_1c&" + SECRET
OF_A_ROUTER = b"/system_api/?model=Abonents&context=collector&" + SECRET

WRONG = {
    "a line that is malformed": (b"GET %s&name=Ivan Ivanov HTTP/1.1\r\n\r\n", 400, "bad_request"),
    "a line that is too long": (b"GET %s" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n", 414, "request_uri_too_long"),
    "a header that is malformed": (b"GET %s HTTP/1.1\r\nno colon\r\n\r\n", 400, "bad_request"),
    "too many headers": (
        b"GET %s HTTP/1.1\r\n" + b"A: b\r\n" * 101 + b"\r\n",
        431,
        "request_header_fields_too_large",
    ),
    "chunks that are none": (
        b"POST %s HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nnone\r\n",
        400,
        "bad_request",
    ),
    "an unknown encoding": (b"POST %s HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501, "not_implemented"),
    "another version": (b"GET %s HTTP/3.0\r\n\r\n", 505, "http_version_not_supported"),
}


def ask(toy: Toy, form: bytes, target: bytes) -> Answer:
    return send(toy.port, form.replace(b"%s", target))


def is_json(answer: Answer) -> bool:
    return answer.headers["content-type"].startswith("application/json")


@pytest.mark.parametrize("wrong", WRONG)
def test_an_error_in_json(toy: Toy, wrong: str) -> None:
    form, status, code = WRONG[wrong]

    answer = ask(toy, form, OF_1C)

    assert (answer.status, answer.ended_well, is_json(answer)) == (status, True, True)
    assert answer.json["error"] == answer.json["error_text"] != ""
    assert answer.json["code"] == code
    assert b"very-secret-word" not in answer.body + toy.log.read_bytes()


@pytest.mark.parametrize("wrong", WRONG)
def test_a_line_to_a_router(toy: Toy, wrong: str) -> None:
    form, status, _ = WRONG[wrong]

    answer = ask(toy, form, OF_A_ROUTER)

    assert (answer.status, answer.ended_well, is_json(answer)) == (status, True, False)
    assert answer.body.count(b"\n") == 1


@pytest.mark.parametrize(
    ("target", "in_json"),
    [
        (b"/system_api/", True),
        (b"/system_api/?", True),
        (b"/%73ystem_api/?context=web", True),
        (b"http://billing:8082/system_api/?context=web", True),
        (b"/system_api/?context=collectors", True),
        (b"/system_api/?acontext=collector", True),
        (b"/system_api/?context=collector", False),
        (b"/system_api/?context=%63ollector&a=b", False),
        (b"http://billing:8082/system_api/?a=b&context=collector", False),
        (b"/", False),
        (b"/other/?/system_api/", False),
    ],
)
def test_whichever_way_the_target_is_written(toy: Toy, target: bytes, in_json: bool) -> None:
    malformed, no_header = (
        ask(toy, form, target) for form in (b"GET %s\r\n\r\n", b"GET %s HTTP/1.1\r\nA\r\n\r\n")
    )

    assert (malformed.status, is_json(malformed)) == (400, in_json)
    assert (no_header.status, is_json(no_header)) == (400, in_json)


@pytest.mark.parametrize(("target", "in_json"), [(OF_1C, True), (OF_A_ROUTER, False)])
def test_to_a_slow_client_too(toy: Toy, target: bytes, in_json: bool) -> None:
    with socket.create_connection(("127.0.0.1", toy.port), timeout=10) as connection:
        connection.sendall(b"POST " + target + b" HTTP/1.1\r\nContent-Length: 10\r\n\r\npsw=")
        answer = receive(connection)

    assert (answer.status, is_json(answer)) == (408, in_json)


@pytest.mark.parametrize(("context", "in_json"), [("api_1c", True), ("collector", False)])
def test_when_the_failure_is_ours(toy: Toy, context: str, in_json: bool) -> None:
    answer = get(toy.port, f"/system_api/?context={context}&fails")

    assert (answer.status, answer.headers["retry-after"], is_json(answer)) == (503, "5", in_json)
    assert not in_json or (answer.json["code"], bool(answer.json["error_text"])) == (
        "temporary_trouble",
        True,
    )
