"""Address, HTTP method, context, its addresses, password, method, arguments: the first that fails answers."""

from ipaddress import ip_network
from typing import Any

import pytest

from calls import PSW
from system_api.conftest import Ask

GOOD = b'model=users&method1=test.echo&arg1={"who":"1"}&context=collector&psw=' + PSW["collector"].encode()


def test_a_call_that_passes_all_is_answered(ask: Ask) -> None:
    assert ask(GOOD).status == 200


STRANGER = {"REMOTE_ADDR": "198.51.100.7"}
CLOSED = {"network": {"context_allowed_ip": {"collector": (ip_network("10.0.0.0/8"),)}}}
NOT_ENABLED = GOOD.replace(b"context=collector", b"context=other")
WRONG_PSW = GOOD.replace(b"psw=", b"psw=x")
NO_METHOD = GOOD.replace(b"test.echo", b"test.other")
BAD_ARG1 = GOOD.replace(b"who", b"whom")


@pytest.mark.parametrize(
    ("query", "more", "status", "says"),
    [
        (b"", STRANGER | {"verb": "DELETE"}, 403, "address"),
        (b"context=other", STRANGER, 403, "address"),
        (GOOD, {"HTTP_SEC_FETCH_SITE": "cross-site", "verb": "DELETE"}, 403, "another site"),
        (b"context=other", {"verb": "DELETE"}, 405, "GET and POST"),
        (NOT_ENABLED + b"&psw=x", CLOSED, 400, "Context=other is not defined"),
        (WRONG_PSW, CLOSED, 403, "this context"),
        (WRONG_PSW.replace(b"test.echo", b"test.other"), {}, 403, "password"),
        (NO_METHOD.replace(b"who", b"whom"), {}, 404, "no such method"),
        (BAD_ARG1, {}, 400, "who"),
    ],
)
def test_each_check_comes_before_the_next(
    ask: Ask, query: bytes, more: dict[str, Any], status: int, says: str
) -> None:
    reply = ask(query, HTTP_ACCEPT_LANGUAGE="en", **more)

    assert (reply.status, says in reply.text) == (status, True), reply.text


@pytest.mark.parametrize("name", ["other", "asr_fiscal_", "Collector", "", "Ж", "a=b"])
def test_a_context_that_is_not_enabled_is_named_in_carbons_words(ask: Ask, name: str) -> None:
    reply = ask(b"context=" + name.encode())

    assert (reply.status, reply.body) == (400, f"Context={name} is not defined".encode())
    assert reply.headers["Content-Type"].startswith("text/plain")
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


def test_a_context_that_is_not_told_is_an_empty_name(ask: Ask) -> None:
    assert ask(b"model=users").body == b"Context= is not defined"


def test_the_name_of_a_context_is_given_back_short_and_on_one_line(ask: Ask) -> None:
    assert ask(b"context=" + b"a" * 5000).body == b"Context=" + b"a" * 64 + b" is not defined"
    assert ask(b"context=a%0d%0aX-Evil:1").body == b"Context=aX-Evil:1 is not defined"


@pytest.mark.parametrize("context", ["web", "cabinet", "asr_cabinet"])
def test_the_cabinets_contexts_work_by_address_alone_until_a_password_is_set(ask: Ask, context: str) -> None:
    query = b'model=Users&method1=test.echo&arg1={"who":"1"}&context=' + context.encode()

    assert ask(query).status == 200
    assert ask(query, network={"psw": {context: "secret"}}).status == 403
    assert ask(query + b"&psw=secret", network={"psw": {context: "secret"}}).status == 200


@pytest.mark.parametrize("psw", [b"", b"psw=", b"psw=col-ps", b"psw=col-psww", b"psw=COL-PSW", b"psw=%D0%96"])
def test_any_other_password_is_refused(ask: Ask, psw: bytes) -> None:
    assert ask(GOOD.rpartition(b"psw=")[0] + psw).status == 403


def test_a_context_whose_password_is_not_set_is_refused(ask: Ask) -> None:
    reply = ask(GOOD, network={"psw": {}}, HTTP_ACCEPT_LANGUAGE="en")

    assert (reply.status, "no password" in reply.text) == (403, True)


def test_a_password_of_special_characters_works_when_it_is_encoded(ask: Ask) -> None:
    network = {"psw": {"collector": "pa%98s&w#d+1"}}
    before = GOOD.rpartition(b"psw=")[0]

    assert ask(before + b"psw=pa%2598s%26w%23d%2B1", network=network).status == 200
    assert ask(before + b"psw=pa%98s&w#d+1", network=network).status == 400


@pytest.mark.parametrize("context", ["base", "webcash"])
def test_contexts_without_methods_are_accepted_and_know_none(ask: Ask, context: str) -> None:
    query = f"model=Users&method1=test.echo&context={context}&psw=p".encode()

    assert ask(query, network={"psw": {context: "p"}}).status == 404


@pytest.mark.parametrize(
    ("peer", "forwarded", "status"),
    [
        ("198.51.100.7", "127.0.0.1", 403),
        ("192.0.2.1", "127.0.0.1, 198.51.100.7", 403),
        ("192.0.2.1", "198.51.100.7, 127.0.0.1", 200),
        ("192.0.2.1", "", 403),
        ("192.0.2.10", "", 200),
        ("::ffff:127.0.0.1", "", 200),
        ("fe80::1%eth0", "", 403),
        ("rubbish", "", 403),
    ],
)
def test_the_caller_behind_a_proxy_is_the_one_that_counts(
    ask: Ask, peer: str, forwarded: str, status: int
) -> None:
    allowed = (ip_network("127.0.0.1"), ip_network("192.0.2.10"))
    network = {"allowed_ip": allowed, "trusted_proxy": (ip_network("192.0.2.1"),)}

    assert ask(GOOD, network=network, REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded).status == status


def test_a_body_stands_above_the_query(ask: Ask) -> None:
    wrong = GOOD.replace(b"collector", b"other")

    assert ask(wrong, verb="POST", body=b"context=collector").status == 200
    assert ask(b"", verb="POST", body=GOOD).status == 200
    assert ask(GOOD, verb="POST", body=b"context=other").status == 400
    assert ask(GOOD, body=b"context=other").status == 200


def test_a_head_is_refused_without_a_body(ask: Ask) -> None:
    reply = ask(GOOD, verb="HEAD")

    assert (reply.status, reply.body, reply.headers["Allow"]) == (405, b"", "GET, POST")
