"""Whatever a client makes of the OpenAPI document, and whatever bytes come: an answer or a refusal, and nothing else.

No trouble of ours, no trace, nothing written by what only looks, and the same processes answer on.
"""

import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from demonstration import Demonstration, demonstration
from netledger.installation.home import Home
from netledger.system_api.declaration import REGISTRY, Method
from netledger.system_api.openapi import openapi_document
from server.running import Service
from server.wire import receive

METHODS = list(REGISTRY.values())
DOCUMENT = schemathesis.openapi.from_dict(json.loads(openapi_document()))
AS_DOCUMENTED = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
TRACES = (b"Traceback", b'File "', b"psycopg", b"django", b"gevent")
WRITTEN_ANYWAY = ("cabinet_",)
"""A refused sign-in is counted."""
tried = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def demo() -> Iterator[Demonstration]:
    """One of this file's own: what is made up here may stand in it afterwards."""
    with demonstration() as running:
        yield running


@pytest.fixture(scope="module")
def passwords(demo: Demonstration) -> dict[str, str]:
    return {context: demo.psw(context) for context in ("collector", "asr_fiscal", "api_1c")}


@pytest.fixture(autouse=True)
def unharmed(demo: Demonstration) -> Iterator[None]:
    """After it, the same processes answer, and none has told of a trouble."""
    log = Home(demo.service.home).log / "netledger.log"
    before, processes = log.stat().st_size, web_processes(demo.service)
    yield
    assert demo.service.get("/readyz").status == 200
    assert web_processes(demo.service) == processes
    told = [json.loads(line) for line in log.read_bytes()[before:].splitlines()]
    assert [line for line in told if line["level"] in ("error", "critical")] == []


def web_processes(service: Service) -> list[int]:
    return sorted(service.processes("netledger.server.web"))


def rows_written(demo: Demonstration) -> dict[str, int]:
    """How many rows each table has, but for those that every caller's attempt is counted in."""
    tables = demo.rows(
        """SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
              AND relnamespace = 'public'::regnamespace ORDER BY relname"""
    )
    names = [name for (name,) in tables if not name.startswith(WRITTEN_ANYWAY)]
    counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in names)
    return dict(demo.rows(counts))  # type: ignore[arg-type]


def reads_only(method: Method, arg1: str) -> bool:
    """Whether these arguments of the method only look; an act is taken in any case."""
    if not method.writes:
        return True
    tags = [str(struct.__struct_config__.tag) for struct in method.writes if struct.__struct_config__.tag]
    return bool(tags) and not any(tag in arg1.upper() for tag in tags)


def sent(demo: Demonstration, case: Case) -> None:
    """Send it by GET and as a form, and hold each answer against the document."""
    host = f"http://127.0.0.1:{demo.service.port}"
    response = case.call(base_url=host)
    case.validate_response(response, checks=AS_DOCUMENTED)
    pairs = case.query.items() if isinstance(case.query, dict) else []
    form = "&".join(f"{quote(str(name))}={quote(str(value))}" for name, value in pairs).encode(
        "utf-8", "replace"
    )
    head = (
        b"POST /system_api/ HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
        + str(len(form)).encode()
    )
    posted = exchanged(demo.service.port, head + b"\r\n\r\n" + form)
    for body in (response.content, posted):
        assert [trace for trace in TRACES if trace in body] == []


def exchanged(port: int, request: bytes) -> bytes:
    """The whole answer to these bytes, after which the client says no more."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        with suppress(OSError):
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
        answer = receive(connection)
    assert answer.status < 500 or answer.status in (501, 505), (request, answer)
    return answer.body


@pytest.mark.parametrize(
    "mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value
)
@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name.rpartition(".")[2])
@pytest.mark.parametrize("examples", [3, pytest.param(30, marks=pytest.mark.faults)])
def test_by_a_client_that_reads_the_document(
    demo: Demonstration, passwords: dict[str, str], method: Method, mode: GenerationMode, examples: int
) -> None:
    operation = DOCUMENT[f"/system_api/#{method.name}"]["GET"]
    before = rows_written(demo)
    only_looked = True

    @settings(tried, max_examples=examples)
    @given(case=operation.as_strategy(generation_mode=mode))
    def try_one(case: Case) -> None:
        nonlocal only_looked
        if method.context in passwords and isinstance(case.query, dict):
            case.query["psw"] = passwords[method.context]
        only_looked = only_looked and reads_only(method, str(case.query))
        sent(demo, case)

    try_one()
    assert not only_looked or rows_written(demo) == before


names = st.sampled_from(["model", "method1", "arg1", "context", "psw", "format", "", "%00"]).map(str.encode)
pieces = st.one_of(
    st.binary(max_size=30),
    st.sampled_from(
        [b"Abonents", b"users", b'{"nas_ip":"', b"web_cabinet.user_info", b"collector", b"web", b"{", b"%"]
    ),
)
queries = st.lists(st.tuples(names, pieces), max_size=8).map(
    lambda pairs: b"&".join(n + b"=" + v for n, v in pairs)
)
lines = st.one_of(
    st.binary(max_size=200),
    st.builds(
        lambda verb, query, protocol: verb + b" /system_api/?" + query + b" " + protocol + b"\r\n",
        st.sampled_from([b"GET", b"POST", b"HEAD", b"TRACE", b"get", b""]),
        queries,
        st.sampled_from([b"HTTP/1.1", b"HTTP/1.0", b"HTTP/2", b"HTTP/9.9", b"ICY", b""]),
    ),
    st.just(b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n"),
)
headers = st.lists(
    st.one_of(
        st.binary(max_size=60).map(lambda header: header + b"\r\n"),
        st.builds(
            lambda name, value: name + b": " + value + b"\r\n",
            st.sampled_from(
                [
                    *(b"Content-Length", b"Transfer-Encoding", b"Host", b"X-Forwarded-For", b"Cookie"),
                    *(b"Content-Type", b"Expect", b"Accept-Language", b"If-None-Match", b"Sec-Fetch-Site"),
                ]
            ),
            st.one_of(
                st.binary(max_size=30),
                st.sampled_from([b"5", b"-1", b"99999999999", b"chunked", b"100-continue", b"127.0.0.1"]),
            ),
        ),
    ),
    max_size=6,
).map(b"".join)


@pytest.mark.parametrize("examples", [100, pytest.param(2000, marks=pytest.mark.faults)])
def test_by_whoever_sends_bytes(demo: Demonstration, examples: int) -> None:
    before = rows_written(demo)

    @settings(tried, max_examples=examples)
    @given(line=lines, head=headers, end=st.sampled_from([b"\r\n", b"\n", b""]), body=st.binary(max_size=80))
    def try_one(line: bytes, head: bytes, end: bytes, body: bytes) -> None:
        answer = exchanged(demo.service.port, line + head + end + body)
        assert [trace for trace in TRACES if trace in answer] == []

    try_one()
    assert rows_written(demo) == before


def test_the_document_that_is_served_is_the_one_that_was_played(demo: Demonstration) -> None:
    served: Any = demo.service.get("/system_api/openapi.json")

    assert served.body == openapi_document()
