"""Each request has an id: in its answer, and on every line of the log that it causes."""

import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from netledger.installation.config_edit import set_value
from netledger.installation.home import Home
from server.conftest import FirstStart
from server.running import Service, copy_of, running
from server.wire import Answer, get, send

PROXY, STRANGER = "127.0.0.2", "127.0.0.3"
SENT = "0b7c2f66-proxy-wrote-this"
TARGETS = ["/", "/readyz", "/admin/", "/no-such-page", "/system_api/?context=no-such-context"]


@pytest.fixture(scope="module")
def service(first_start: FirstStart, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that trusts one proxy."""
    home = copy_of(first_start.home, tmp_path_factory.mktemp("proxied") / "home")
    set_value(Home(home), "network.api.trusted_proxy", PROXY)
    with running(home) as service:
        yield service


def _lines(service: Service, request_id: str) -> list[dict[str, Any]]:
    log = (Path(service.home) / "log" / "netledger.log").read_text()
    return [entry for entry in map(json.loads, log.splitlines()) if entry.get("request_id") == request_id]


def _ask(service: Service, caller: str, request_id: str) -> Answer:
    request = f"GET /healthz HTTP/1.1\r\nHost: a\r\nX-Request-Id: {request_id}\r\n\r\n"
    return send(service.port, request.encode(), caller=caller)


@pytest.mark.parametrize("target", TARGETS)
def test_in_the_answer_and_in_the_log(service: Service, target: str) -> None:
    request_id = service.get(target).headers["x-request-id"]

    assert re.fullmatch("[0-9a-f]{16}", request_id)
    assert [entry["event"] for entry in _lines(service, request_id)] in (["call"], ["request"])


def test_also_one_that_is_malformed(service: Service) -> None:
    answer = send(service.port, b"GET\r\n\r\n")

    assert answer.status == 400
    assert len(_lines(service, answer.headers["x-request-id"])) == 1


def test_another_one_than_those_beside_it(service: Service) -> None:
    answers: list[Answer] = []
    askers = [
        threading.Thread(target=lambda: answers.append(get(service.port, "/readyz"))) for _ in range(20)
    ]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()

    ids = {answer.headers["x-request-id"] for answer in answers}
    assert len(ids) == 20
    assert all(len(_lines(service, one)) == 1 for one in ids)


def test_a_trusted_proxys_own_is_kept(service: Service) -> None:
    answer = _ask(service, PROXY, SENT)

    assert answer.headers["x-request-id"] == SENT
    assert len(_lines(service, SENT)) == 1


@pytest.mark.parametrize(
    ("caller", "sent"),
    [
        (STRANGER, "strangers-own-id-of-it"),
        (PROXY, "short"),
        (PROXY, "with space in it"),
        (PROXY, "x" * 65),
        (PROXY, 'quote"and{brace}'),
    ],
)
def test_nobody_elses_and_none_that_is_no_id(service: Service, caller: str, sent: str) -> None:
    answer = _ask(service, caller, sent)

    assert re.fullmatch("[0-9a-f]{16}", answer.headers["x-request-id"])
    assert _lines(service, sent) == []
