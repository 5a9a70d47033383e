"""The server may bound calls and is told of each, in declared words only; a long answer keeps its place to its end."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec import Struct

from calls import PSW, environ_of, send, settings
from netledger.system_api import views
from netledger.system_api.answers import TEXT, Spooled
from netledger.system_api.declaration import method
from netledger.system_api.errors import CallsTooMany, ListsTooMany
from netledger.system_api.traffic import LongAnswer, Told, Traffic
from netledger.system_api.views import SystemApi

GOOD = b'model=users&method1=test.echo&arg1={"who":"1"}&context=collector&psw=' + PSW["collector"].encode()
LIST = GOOD.replace(b"test.echo", b"test.list")


class Item(Struct):
    """What the list is of."""


class Nobody(Struct):
    """Arguments that nobody looks at."""


class Place(LongAnswer):
    """Notes what becomes of it."""

    def __init__(self, story: list[str]) -> None:
        self.story = story

    @contextmanager
    def turn(self) -> Iterator[None]:
        self.story.append("read")
        yield

    def close(self) -> None:
        self.story.append("free")


class Strict(Traffic):
    """Refuses what the test tells it to."""

    def __init__(self) -> None:
        self.calls: list[Told] = []
        self.admitted: list[tuple[str, str]] = []
        self.story: list[str] = []
        self.placed: list[str] = []
        self.wait_s = ""
        self.is_full = False

    def admit(self, address: str, context: str) -> None:
        self.admitted.append((address, context))
        if self.wait_s:
            raise CallsTooMany(wait_s=self.wait_s)

    def long_answer(self, address: str) -> LongAnswer:
        self.placed.append(address)
        if self.is_full:
            raise ListsTooMany(wait_s="5")
        return Place(self.story)

    def told(self, call: Told) -> None:
        self.calls.append(call)


@pytest.fixture
def traffic() -> Strict:
    return Strict()


@pytest.fixture
def api(traffic: Strict) -> SystemApi:
    def listed(nobody: Nobody) -> Spooled:
        """A list."""
        return Spooled(io.BytesIO(b"a line\n"), TEXT)

    def broken(nobody: Nobody) -> Spooled:
        """A list that cannot be read."""
        raise RuntimeError

    for name, function in {"list": listed, "broken": broken}.items():
        declared = method(
            context="collector",
            model="users",
            name=f"test.{name}",
            spec="-",
            items=Item,
            tag_of=lambda _nobody, _call: 'W/"now"',
        )
        declared(function)
    return SystemApi(settings(), Path("/nonexistent"), traffic)


def test_a_caller_that_calls_too_often_is_told_when_to_repeat(api: SystemApi, traffic: Strict) -> None:
    traffic.wait_s = "7"

    reply = send(api, environ_of(GOOD, HTTP_ACCEPT_LANGUAGE="en"))

    assert (reply.status, reply.headers["Retry-After"]) == (429, "7")
    assert reply.text == "Too many calls come from your address; repeat in 7 s\n"


def test_a_call_is_counted_before_its_password_is_looked_at(api: SystemApi, traffic: Strict) -> None:
    send(api, environ_of(GOOD.replace(b"psw=", b"psw=x")))
    send(api, environ_of(GOOD.replace(b"context=collector", b"context=other")))
    send(api, environ_of(GOOD, REMOTE_ADDR="198.51.100.7"))

    assert traffic.admitted == [("127.0.0.1", "collector")]


def test_a_list_too_many_is_told_when_to_repeat(api: SystemApi, traffic: Strict) -> None:
    traffic.is_full = True

    reply, other = send(api, environ_of(LIST)), send(api, environ_of(GOOD))

    assert (reply.status, reply.headers["Retry-After"], other.status) == (503, "5", 200)


def test_a_list_that_the_caller_has_takes_no_place_and_no_turn(api: SystemApi, traffic: Strict) -> None:
    traffic.is_full = True

    has_it = send(api, environ_of(LIST, HTTP_IF_NONE_MATCH='W/"now"'))
    has_another = send(api, environ_of(LIST, HTTP_IF_NONE_MATCH='W/"then"'))

    assert (has_it.status, has_it.headers["ETag"], has_another.status) == (304, 'W/"now"', 503)
    assert traffic.story == []


def test_no_connection_waits_for_a_lists_turn(
    api: SystemApi, traffic: Strict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "close_old_connections", lambda: traffic.story.append("given back"))

    send(api, environ_of(LIST, HTTP_IF_NONE_MATCH='W/"then"'))

    assert traffic.story[:2] == ["given back", "read"]


def test_a_list_keeps_its_place_until_it_is_closed(api: SystemApi, traffic: Strict) -> None:
    blocks = api(environ_of(LIST), lambda status, headers: None)
    while_sent = list(traffic.story)
    blocks.close()  # type: ignore[attr-defined]

    assert (while_sent, traffic.placed) == (["read"], ["127.0.0.1"])
    assert traffic.story == ["read", "free"]


def test_a_list_that_breaks_leaves_its_place(api: SystemApi, traffic: Strict) -> None:
    reply = send(api, environ_of(LIST.replace(b"test.list", b"test.broken")))

    assert reply.status == 503
    assert traffic.story == ["read", "free"]


def test_each_call_is_told_in_declared_words_alone(api: SystemApi, traffic: Strict) -> None:
    for query in (
        GOOD,
        GOOD.replace(b"test.echo", b"test.refuse"),
        GOOD.replace(b"test.echo", b"test.made-up"),
        GOOD.replace(b"context=collector", b"context=made-up"),
        GOOD.replace(b"test.echo", b"test.fail"),
    ):
        send(api, environ_of(query))

    assert [call[:4] for call in traffic.calls] == [
        ("collector", "test.echo", 200, ""),
        ("collector", "test.refuse", 404, "sorry"),
        ("collector", "", 404, "method_unknown"),
        ("", "", 400, "context_not_defined"),
        ("collector", "test.fail", 503, "temporary_trouble"),
    ]
    assert all(0 < call.took_s < 5 for call in traffic.calls)
