"""Parameters come raw or encoded, in any order, in the query or in a form body, and mean the same."""

import io
from typing import Any

import pytest

from calls import environ_of
from netledger.system_api import errors
from netledger.system_api.request import BODY_MAX_BYTES, body_of, language_of, query_of, text_of

RAW = '{"name":"Жук Ё"}'
ENCODED = b"%7B%22name%22:%22%D0%96%D1%83%D0%BA%20%D0%81%22%7D"


@pytest.mark.parametrize(
    ("query", "name", "text"),
    [
        (b"arg1=" + RAW.replace(" ", "%20").encode(), "arg1", RAW),
        (b"arg1=" + ENCODED, "arg1", RAW),
        (b"arg1=" + ENCODED.replace(b"%20", b"+"), "arg1", RAW),
        (b"psw=a%2Bb%26c%25%23", "psw", "a+b&c%#"),
        (b"x=1&model=Users&", "model", "Users"),
        (b"model=a&model=b", "model", "b"),
        (b"mod%65l=b", "model", "b"),
        (b"arg1=a=b?c", "arg1", "a=b?c"),
        (b"&&model=b&&", "model", "b"),
        (b"psw=100%zz%", "psw", "100%zz%"),
        (b"model", "model", ""),
        (b"", "model", ""),
    ],
)
def test_a_query_is_read_as_it_stands(query: bytes, name: str, text: str) -> None:
    assert text_of(query_of(environ_of(query)), name) == text


def post(body: bytes, **more: Any) -> dict[str, Any]:
    return environ_of(verb="POST", body=body, **more)


def test_a_form_body_is_read_as_a_query_is() -> None:
    body = body_of(post(b"arg1=" + ENCODED + b"&model=Users"))

    assert (text_of(body, "arg1"), text_of(body, "model")) == (RAW, "Users")


def test_a_chunked_body_is_read_to_its_end() -> None:
    chunked = {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}

    assert body_of(post(b"model=Users", **chunked)) == {b"model": b"Users"}


def test_a_body_that_tells_no_length_and_has_no_end_of_its_own_is_not_waited_for() -> None:
    assert body_of(post(b"model=Users", CONTENT_LENGTH="")) == {}


@pytest.mark.parametrize(
    ("body", "more", "refused"),
    [
        (b"a" * (BODY_MAX_BYTES + 1), {}, errors.BodyTooLarge),
        (
            b"a" * (BODY_MAX_BYTES + 1),
            {"CONTENT_LENGTH": "", "wsgi.input_terminated": True},
            errors.BodyTooLarge,
        ),
        (b"a", {"CONTENT_LENGTH": "9" * 5000}, errors.BodyTooLarge),
        (b"a", {"CONTENT_LENGTH": "-1"}, errors.BodyMalformed),
        (b"a", {"CONTENT_LENGTH": "1x"}, errors.BodyMalformed),
        (b"a", {"CONTENT_LENGTH": "²"}, errors.BodyMalformed),
        (b"a", {"CONTENT_LENGTH": "2"}, errors.BodyMalformed),
        (b"a", {"HTTP_TRANSFER_ENCODING": "chunked"}, errors.BodyMalformed),
        (b"{}", {"CONTENT_TYPE": "application/json"}, errors.BodyNotForm),
        (b"--x", {"CONTENT_TYPE": "multipart/form-data; boundary=x"}, errors.BodyNotForm),
    ],
)
def test_a_body_that_cannot_be_a_form_is_refused(
    body: bytes, more: dict[str, Any], refused: type[errors.WrongRequest]
) -> None:
    with pytest.raises(refused):
        body_of(post(body, **more))


def test_no_more_of_a_long_body_is_read_than_it_takes_to_know() -> None:
    stream = io.BytesIO(b"a" * (10 * BODY_MAX_BYTES))

    with pytest.raises(errors.BodyTooLarge):
        body_of(post(b"", CONTENT_LENGTH="", **{"wsgi.input": stream, "wsgi.input_terminated": True}))

    assert stream.tell() == BODY_MAX_BYTES + 1


def test_a_body_of_exactly_the_limit_is_taken() -> None:
    body = b"arg1=" + b"a" * (BODY_MAX_BYTES - len("arg1="))

    assert len(body_of(post(body))[b"arg1"]) == BODY_MAX_BYTES - 5


def test_a_connection_that_breaks_within_the_body_is_a_wrong_request() -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("unexpected end of file")

    with pytest.raises(errors.BodyMalformed):
        body_of(post(b"", CONTENT_LENGTH="5", **{"wsgi.input": Broken()}))


@pytest.mark.parametrize("value", [b"\xff", b"%FF", "Жук".encode("cp1251")])
def test_text_that_is_not_utf8_is_refused_by_its_name(value: bytes) -> None:
    with pytest.raises(errors.TextNotUtf8) as refused:
        text_of(query_of(environ_of(b"arg1=" + value)), "arg1", context="asr_fiscal")

    assert refused.value.field == "arg1"


def test_text_of_1c_is_read_as_windows_1251_where_it_is_not_utf8() -> None:
    query = query_of(environ_of(b"arg1=%C6%F3%EA&name=%D0%96%D1%83%D0%BA&no=%98"))

    assert text_of(query, "arg1", context="api_1c") == "Жук"
    assert text_of(query, "name", context="api_1c") == "Жук"
    with pytest.raises(errors.TextNotUtf8):
        text_of(query, "no", context="api_1c")


@pytest.mark.parametrize("value", [b"a%00b", b"a\0b"])
def test_a_nul_is_refused_in_any_text(value: bytes) -> None:
    with pytest.raises(errors.NulRefused) as refused:
        text_of(query_of(environ_of(b"psw=" + value)), "psw")

    assert refused.value.field == "psw"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "ru"),
        ("en", "en"),
        ("en-US,en;q=0.9", "en"),
        ("en-US,en;q=0.9,ru;q=0.8", "en"),
        ("ru,en;q=0.9", "ru"),
        ("ru;q=0.5, EN ; Q=0.7", "en"),
        ("de,*", "ru"),
        ("en;q=0", "ru"),
        ("en;q=rubbish", "ru"),
        ("en;q=nan", "ru"),
    ],
)
def test_the_language_is_english_only_for_who_prefers_it(header: str, language: str) -> None:
    assert language_of({"HTTP_ACCEPT_LANGUAGE": header}) == language
