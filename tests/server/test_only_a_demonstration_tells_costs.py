"""Times and queries are told where the home is a demonstration's, and nowhere else."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from calls import Reply, environ_of, send
from netledger.installation.home import Home
from netledger.server.timing import timed_in_demonstration
from server.costs import told_by
from server.running import Service


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
