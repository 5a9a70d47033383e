"""Who may not call, or calls wrongly, costs the database nothing; in trouble it is said to repeat."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calls import Application, environ_of, query_of, send
from given_cluster import Database
from wire.conftest import ACT_PAY

GOOD = query_of("asr_fiscal", ACT_PAY, {"contract_number": "10245", "act": "CHECK"})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "more", "status"),
    [
        (GOOD, {"REMOTE_ADDR": "198.51.100.7"}, 403),
        (GOOD, {"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
        (GOOD, {"verb": "PUT"}, 405),
        (GOOD.replace(b"context=asr_fiscal", b"context=asr_fiscal2"), {}, 400),
        (GOOD.replace(b"context=asr_fiscal", b"context=collector"), {}, 403),
        (GOOD.replace(b"psw=", b"psw=x"), {}, 403),
        (GOOD.replace(b"psw=", b"psw=%FF"), {}, 400),
        (GOOD.replace(b"act_pay", b"act_pay2"), {}, 404),
        (GOOD.replace(b"model=Abonents", b"model=Users"), {}, 404),
        (GOOD.replace(b"contract_number", b"number"), {}, 400),
        (GOOD.replace(b"CHECK", b"CHECKS"), {}, 400),
        (GOOD.replace(b"{", b"").replace(b"}", b""), {}, 400),
        (GOOD.replace(b"10245", b"%5Cu0000"), {}, 400),
    ],
)
def test_that_fails_a_check(api: Application, query: bytes, more: dict[str, Any], status: int) -> None:
    with CaptureQueriesContext(connection) as queries:
        reply = send(api, environ_of(query, **more))

    assert (reply.status, len(queries)) == (status, 0), reply.text


@pytest.mark.django_db
def test_a_good_one_does_ask_the_database(api: Application) -> None:
    with CaptureQueriesContext(connection) as queries:
        reply = send(api, environ_of(GOOD))

    assert (reply.json["code"], len(queries) > 0) == ("subscriber_unknown", True)


def test_when_the_database_is_away_the_caller_is_told_to_repeat(
    committed_db: Database, api: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nonexistent")

    reply = send(api, environ_of(GOOD))

    assert (reply.status, reply.json["code"]) == (503, "temporary_trouble")
    assert int(reply.headers["Retry-After"]) > 0
    assert "nonexistent" not in reply.text


def test_a_connection_is_given_back_after_each_call(committed_db: Database, api: Application) -> None:
    send(api, environ_of(GOOD))

    assert connection.connection is None
