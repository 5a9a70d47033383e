"""In a demonstration each answer tells its time and its queries; elsewhere none does."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from calls import Reply, environ_of, send
from demonstration import Demonstration, demonstration
from netledger.installation.home import Home
from netledger.server.timing import timed_in_demonstration
from server.running import Service

TOLD = re.compile(r'total;dur=([0-9.]+), database;dur=([0-9.]+);desc="queries: ([0-9]+)"')


@pytest.fixture(scope="module")
def demo() -> Iterator[Demonstration]:
    with demonstration() as running:
        yield running


def told_by(headers: dict[str, str]) -> tuple[float, float, int]:
    """Total and database milliseconds, and queries."""
    lower = {name.lower(): text for name, text in headers.items()}
    found = TOLD.fullmatch(lower["server-timing"])
    assert found is not None, lower
    assert found[3] == lower["x-query-count"]
    return float(found[1]), float(found[2]), int(found[3])


@pytest.mark.parametrize(
    "target", ["/", "/readyz", "/nowhere", "/admin/", "/system_api/", "/system_api/docs"]
)
def test_on_every_page_and_refusal(demo: Demonstration, target: str) -> None:
    total, database, _ = told_by(demo.service.get(target).headers)

    assert total >= database


def test_with_the_queries_that_it_ran(demo: Demonstration) -> None:
    check = demo.act({"contract_number": demo.facts["contract_number"], "act": "CHECK"})
    listed = demo.list_of("negbal")
    refused = demo.ask(b"context=collector&psw=wrong")

    for answer in (check, listed):
        total, database, queries = told_by(answer.headers)
        assert total > database > 0 and queries > 0
    assert told_by(refused.headers)[1:] == (0, 0)


def test_in_no_other_home(shared_service: Service) -> None:
    for target in ("/", "/system_api/", "/readyz"):
        assert not {"server-timing", "x-query-count"} & shared_service.get(target).headers.keys()


def asking(queries: int) -> Callable[..., Iterable[bytes]]:
    """An application that runs so many queries."""

    def application(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        with connection.cursor() as cursor:
            for _ in range(queries):
                cursor.execute("SELECT pg_sleep(0.01)")
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]

    return application


@pytest.mark.django_db
def test_each_answer_counts_its_own(tmp_path: Path) -> None:
    (tmp_path / "demo.json").touch()
    told = []
    for queries in (3, 0, 1):
        reply: Reply = send(timed_in_demonstration(asking(queries), Home(tmp_path)), environ_of())
        told.append(told_by(reply.headers))

    assert [queries for _, _, queries in told] == [3, 0, 1]
    assert told[0][0] >= told[0][1] >= 30 and told[1][1] == 0


def test_elsewhere_the_application_is_the_bare_one(tmp_path: Path) -> None:
    application = asking(0)

    assert timed_in_demonstration(application, Home(tmp_path)) is application
