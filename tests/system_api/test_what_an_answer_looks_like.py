"""A value goes out bare, an error in the one form that its clients read; each answer tells its length."""

import pytest
from structlog.testing import capture_logs

from calls import PSW, Reply
from system_api.conftest import Ask

ERROR_KEYS = {"error", "error_text", "code", "field"}


def web(name: str, who: str = "Жук") -> bytes:
    return f'format=json&context=web&model=users&method1=test.{name}&arg1={{"who":"{who}"}}&'.encode()


def collector(name: str, who: str = "1") -> bytes:
    psw = PSW["collector"]
    return f'context=collector&psw={psw}&model=users&method1=test.{name}&arg1={{"who":"{who}"}}'.encode()


def is_whole(reply: Reply) -> bool:
    return (
        reply.headers["Content-Length"] == str(len(reply.body))
        and reply.headers["Connection"] == "close"
        and reply.headers["X-Content-Type-Options"] == "nosniff"
    )


def test_a_value_is_bare_json_with_its_letters_as_they_are(ask: Ask) -> None:
    reply = ask(web("echo"))

    assert reply.body == '{"who":"Жук"}'.encode()
    assert reply.headers["Content-Type"] == "application/json; charset=utf-8"
    assert is_whole(reply)


def test_a_refusal_of_the_business_is_200_with_error(ask: Ask) -> None:
    reply = ask(web("refuse"))

    assert reply.status == 200
    assert reply.json == {"error": "Нет, Жук", "error_text": "Нет, Жук", "code": "sorry", "field": None}
    assert is_whole(reply)


def test_a_wrong_request_is_4xx_and_names_the_field(ask: Ask) -> None:
    reply = ask(web("echo", ""))

    assert (reply.status, set(reply.json)) == (400, ERROR_KEYS)
    assert (reply.json["code"], reply.json["field"]) == ("field_wrong", "who")
    assert reply.json["error"] == reply.json["error_text"]
    assert is_whole(reply)


def test_a_trouble_of_ours_is_503_to_be_repeated_and_tells_nothing_of_itself(ask: Ask) -> None:
    reply = ask(web("fail", "inner-secret"))

    assert (reply.status, set(reply.json)) == (503, ERROR_KEYS)
    assert int(reply.headers["Retry-After"]) > 0
    assert "Traceback" not in reply.text and "inner-secret" not in reply.text
    assert is_whole(reply)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        (collector("refuse"), 404),
        (collector("echo", ""), 400),
        (collector("fail"), 503),
        (collector("other"), 404),
        (collector("echo").replace(b"psw=", b"psw=x"), 403),
        (collector("refuse") + b"&format=json", 404),
        (collector("refuse", "a%5Cnb"), 404),
    ],
)
def test_a_router_gets_errors_as_one_line_of_text_and_never_as_200(
    ask: Ask, query: bytes, status: int
) -> None:
    reply = ask(query)

    assert (reply.status, reply.text.count("\n"), reply.text[-1]) == (status, 1, "\n")
    assert reply.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert is_whole(reply)


def test_the_sentence_is_in_the_language_that_the_caller_prefers(ask: Ask) -> None:
    assert ask(web("refuse"), HTTP_ACCEPT_LANGUAGE="en-US,en;q=0.9").json["error"] == "No, Жук"
    assert ask(web("refuse"), HTTP_ACCEPT_LANGUAGE="ru").json["error"] == "Нет, Жук"


def test_braces_that_curl_has_eaten_give_a_hint(ask: Ask) -> None:
    reply = ask(b'model=users&method1=test.echo&context=web&arg1="who":"1"')

    assert (reply.status, reply.json["field"]) == (400, "arg1")
    assert "-g" in reply.json["error"]


def test_text_of_1c_comes_in_windows_1251_and_leaves_in_utf8(ask: Ask) -> None:
    query = b'context=api_1c&psw=one-psw&model=users&method1=test.echo&arg1={"who":"%C6%F3%EA"}'

    assert ask(query).json == {"who": "Жук"}
    assert ask(query.replace(b"context=api_1c&psw=one-psw", b"context=web")).json["field"] == "arg1"


@pytest.mark.parametrize("name", ["echo", "refuse", "fail"])
def test_one_line_is_logged_for_each_call_and_no_secret_in_it(ask: Ask, name: str) -> None:
    with capture_logs() as lines:
        ask(collector(name, "inner-secret") + b"&suid=session-secret")

    (call,) = [line for line in lines if line["event"] == "call"]
    assert (call["method"], call["context"], call["address"]) == (f"test.{name}", "collector", "127.0.0.1")
    assert call["status"] in (200, 404, 503) and call["took_ms"] >= 0
    assert not any(secret in repr(lines) for secret in ("inner-secret", "session-secret", PSW["collector"]))


def test_what_a_stranger_writes_is_not_logged(ask: Ask) -> None:
    with capture_logs() as lines:
        ask(b"context=psw-in-the-wrong-place&method1=another-secret", REMOTE_ADDR="198.51.100.7")

    assert lines == [
        {
            "event": "call",
            "log_level": "info",
            "method": None,
            "context": None,
            "address": "198.51.100.7",
            "status": 403,
            "code": "address_refused",
            "took_ms": lines[0]["took_ms"],
        }
    ]
