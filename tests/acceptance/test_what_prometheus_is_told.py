"""Prometheus reads at a port of its own how often and how fast each method answers, and how the service is."""

import os
import signal
import time
from collections.abc import Callable

import pytest

from calls import query_of
from demonstration import Demonstration, payment
from scrape import Samples, samples_of, scraped, value_of
from server.running import eventually
from server.wire import send

SECRETS = ("secret-psw", "made-up-method", "made-up-context", "made-up-login")
Told = Callable[[], Samples]


@pytest.fixture
def told(demo: Demonstration) -> Told:
    """All samples as they are now."""
    return lambda: samples_of(scraped(demo.facts["metrics_url"]))


def _check(demo: Demonstration) -> None:
    assert "error" not in demo.told(act="CHECK", contract_number=demo.facts["contract_number"])


def test_calls_are_counted_and_timed_by_method(demo: Demonstration, told: Told) -> None:
    labels = {"context": "asr_fiscal", "method": "asr_fiscal_manager.act_pay"}
    before = told()

    for _ in range(3):
        _check(demo)
    after = told()

    assert value_of(after, "netledger_call_seconds_count", **labels) == 3 + value_of(
        before, "netledger_call_seconds_count", **labels
    )
    took_s = value_of(after, "netledger_call_seconds_sum", **labels) - value_of(
        before, "netledger_call_seconds_sum", **labels
    )
    assert 0 < took_s < 10


def test_refusals_are_counted_by_code(demo: Demonstration, told: Told) -> None:
    before = told()

    demo.told(act="PAY", **payment(demo.facts["contract_number"], "1", "1", operator="no-such-operator"))
    demo.ask(demo.query("asr_fiscal", "x", {}, psw="wrong"))
    after = told()

    for code in ("operator_unknown", "password_wrong"):
        grown = [value_of(samples, "netledger_refusals_total", code=code) for samples in (before, after)]
        assert grown[1] == grown[0] + 1


def test_answers_are_counted_by_path_and_status(demo: Demonstration, told: Told) -> None:
    before = told()

    demo.service.get("/made-up-path")
    send(demo.service.port, b"GET / HTTP/9.9\r\n\r\n")
    after = told()

    for labels in ({"route": "other", "status": "404"}, {"route": "other", "status": "505"}):
        grown = [value_of(samples, "netledger_answers_total", **labels) for samples in (before, after)]
        assert grown[1] == grown[0] + 1


def test_failures_to_sign_in_are_counted(demo: Demonstration, told: Told) -> None:
    before = told()

    guess = {"login": "made-up-login", "passwd": "secret-psw"}
    query = query_of("web", "web_cabinet.login", guess, model="users")
    for _ in range(6):
        demo.ask(query)
    after = told()

    failed, delayed = (
        value_of(after, f"netledger_cabinet_sign_in_{name}_total")
        - value_of(before, f"netledger_cabinet_sign_in_{name}_total")
        for name in ("failures", "delays")
    )
    assert (failed, delayed) == (5, 1)


def test_the_ticker_the_pool_the_queues_and_the_disk_are_told(demo: Demonstration, told: Told) -> None:
    _check(demo)
    eventually(lambda: value_of(told(), "netledger_pool_connections") > 0)

    samples = told()

    names = {name for name, _ in samples}
    assert value_of(samples, "netledger_ticker_lag_seconds") < 30
    assert value_of(samples, "netledger_disk_free_bytes") > 0
    assert value_of(samples, "netledger_build", version="0.1.0") == 1
    assert value_of(samples, "netledger_queue", what="noted_subscribers") == 0
    assert {"netledger_queue", "netledger_pool_waiting", "netledger_connections"} <= names
    assert value_of(samples, "netledger_ticker_step_seconds_count") > 0


def test_nothing_of_what_a_caller_sent_is_a_label(demo: Demonstration) -> None:
    demo.ask(demo.query("asr_fiscal", "made-up-method", {}, psw="secret-psw"))
    demo.ask(query_of("made-up-context", "made-up-method", {}, psw="secret-psw"))
    demo.ask(query_of("web", "web_cabinet.login", {"login": "made-up-login", "passwd": "secret-psw"}))
    demo.service.get("/secret-psw")

    text = scraped(demo.facts["metrics_url"])

    assert not [secret for secret in SECRETS if secret in text]


def test_what_a_dead_process_counted_stays_counted(demo: Demonstration, told: Told) -> None:
    _check(demo)
    before = told()
    workers = demo.service.processes("netledger.server.web")

    for pid in workers[1:]:
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: set(demo.service.processes("netledger.server.web")) > set(workers[:1]))
    time.sleep(0.2)
    after = told()

    counted = "netledger_call_seconds_count"
    assert value_of(after, counted) >= value_of(before, counted) > 0
    folder = demo.service.home / "run" / "metrics"
    owners = {int(file.stem.rpartition("_")[2]) for file in folder.iterdir()}
    assert owners.isdisjoint(workers[1:])


def test_nothing_else_is_at_that_port(demo: Demonstration) -> None:
    port = int(demo.facts["metrics_url"].rpartition(":")[2].partition("/")[0])

    answer = send(port, b"GET /system_api/?psw=secret-psw HTTP/1.1\r\nHost: a\r\n\r\n")

    assert answer.status == 404
    assert b"secret-psw" not in answer.body
