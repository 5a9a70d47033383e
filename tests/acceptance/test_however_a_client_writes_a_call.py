"""However a client writes a call, the answer is the one to the specification's own bytes."""

from collections.abc import Callable
from urllib.parse import quote

import pytest

from acceptance.specification import LISTS, query_in, target_of
from demonstration import ACT_PAY, Demonstration, payment, request_of
from server.wire import send

FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
CASHIER = "КАССА-№1"


def encoded(query: bytes) -> bytes:
    """The values percent-encoded, quotes, braces and all, as PHP's http_build_query does."""
    pairs = (part.partition(b"=") for part in query.split(b"&"))
    return b"&".join(name + b"=" + quote(value, safe="").encode() for name, _, value in pairs)


def reversed_parts(query: bytes) -> bytes:
    return b"&".join(reversed(query.split(b"&")))


def posted(body: bytes, path: bytes = b"/system_api/") -> bytes:
    return b"POST %b HTTP/1.1\r\nHost: a\r\n%bContent-Length: %d\r\n\r\n%b" % (path, FORM, len(body), body)


def posted_in_chunks(body: bytes) -> bytes:
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (body[:7], body[7:]))
    return b"POST /system_api/ HTTP/1.1\r\nHost: a\r\n%bTransfer-Encoding: chunked\r\n\r\n%b0\r\n\r\n" % (
        FORM,
        chunks,
    )


WAYS: dict[str, Callable[[bytes], bytes]] = {
    "percent-encoded": lambda query: request_of(encoded(query)),
    "by POST, raw": posted,
    "by POST, percent-encoded": lambda query: posted(encoded(query)),
    "by POST, in chunks": posted_in_chunks,
    "by POST, half in the URL": lambda query: posted(
        query.split(b"&", 2)[2], b"/system_api/?" + b"&".join(query.split(b"&", 2)[:2])
    ),
    "by POST, the body above the URL": lambda query: posted(query, b"/system_api/?arg1={}&psw=wrong"),
    "by HTTP/1.0 without Host": lambda query: b"GET /system_api/?" + query + b" HTTP/1.0\r\n\r\n",
    "of another Host": lambda query: request_of(query).replace(b"billing", b"old-billing.example:8082"),
    "in another order": lambda query: request_of(reversed_parts(query)),
    "with a trailing &": lambda query: request_of(query + b"&"),
    "with parameters that nobody knows": lambda query: request_of(b"hash_key=&" + query + b"&x=1"),
    "with a name given twice, the last one counts": lambda query: request_of(b"psw=wrong&arg1={}&" + query),
    "with its model in another case": lambda query: request_of(query.replace(b"Abonents", b"aBONENTS")),
}


@pytest.mark.parametrize("way", WAYS)
def test_as_a_router_does(demo: Demonstration, way: str) -> None:
    filled = {"ип адрес Nas": demo.facts["nas_ip"], "пароль": demo.psw("collector")}
    query = query_in(target_of(LISTS["negbal"], filled))
    as_specified = demo.ask(query)

    answer = send(demo.service.port, WAYS[way](query))

    assert (answer.status, answer.body) == (200, as_specified.body)
    assert answer.ended_well
    assert answer.headers["connection"] == "close"
    assert as_specified.body


@pytest.mark.parametrize("way", WAYS)
def test_as_a_gateway_does_russian_letters_and_all(demo: Demonstration, cashier: str, way: str) -> None:
    contract_number = demo.facts["contract_number"]
    before = demo.balance(contract_number)
    pay_id = f"чек-{list(WAYS).index(way)}"
    arg1 = payment(contract_number, "7.00", pay_id, cashier) | {"act": "PAY"}
    query = demo.query("asr_fiscal", ACT_PAY, arg1)
    assert "чек".encode() in query and b"%" not in query

    answer = send(demo.service.port, WAYS[way](query))
    as_specified = demo.ask(query)

    assert (answer.status, answer.body) == (200, as_specified.body)
    assert (answer.json["pay_operator"], answer.json["pay_id_str"]) == (cashier, pay_id)
    assert demo.balance(contract_number) == before + 7


@pytest.fixture(scope="module")
def cashier(demo: Demonstration) -> str:
    """An operator whose code is not ASCII, added by the command."""
    demo.cli("operator", "add", CASHIER, "--name", "Касса")
    return CASHIER
