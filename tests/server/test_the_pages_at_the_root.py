"""`GET /` says what runs here and where to go, in the reader's language; health is told to whoever watches."""

import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from netledger.installation.home import Home
from netledger.installation.roles import SUPERUSER
from origin import address_of_home
from server.running import Service, eventually
from server.wire import send

STRICT = "default-src 'none'; style-src 'self'"


@pytest.mark.parametrize(
    ("asked", "language", "words"),
    [
        ("", "ru", "Здесь работает netledger"),
        ("ru", "ru", "Здесь"),
        ("en-GB,en;q=0.9,ru;q=0.1", "en", "netledger runs here"),
    ],
)
def test_speak_the_readers_language(shared_service: Service, asked: str, language: str, words: str) -> None:
    answer = send(shared_service.port, f"GET / HTTP/1.1\r\nAccept-Language: {asked}\r\n\r\n".encode())

    assert (answer.status, answer.headers["content-language"]) == (200, language)
    assert words in answer.body.decode()
    assert answer.ended_well


def test_run_nothing_and_take_their_style_from_here(shared_service: Service) -> None:
    page = shared_service.get("/")
    style = shared_service.get("/page.css")

    assert page.headers["content-security-policy"].startswith(STRICT)
    assert b'href="/page.css"' in page.body
    assert b"<style" not in page.body and b"style=" not in page.body and b"<script" not in page.body
    assert (style.status, style.headers["content-type"]) == (200, "text/css; charset=utf-8")


def test_repeat_nothing_of_an_address_that_is_not_there(shared_service: Service) -> None:
    answer = shared_service.get("/nowhere/very-secret?psw=very-secret")

    assert answer.status == 404
    assert answer.headers["content-security-policy"].startswith(STRICT)
    assert b"very-secret" not in answer.body


def test_take_no_other_method(shared_service: Service) -> None:
    answer = send(shared_service.port, b"DELETE / HTTP/1.1\r\n\r\n")

    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


def test_answer_whatever_host_is_asked_for(shared_service: Service) -> None:
    for host in ("billing", "10.0.0.1:8082", "a_b", ""):
        assert send(shared_service.port, f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()).status == 200


def test_tell_that_the_process_lives_and_the_service_is_ready(shared_service: Service) -> None:
    assert shared_service.get("/healthz").body == b"alive\n"
    assert shared_service.get("/readyz").body == b"ready\n"


def test_tell_that_the_ticker_stands_still(shared_service: Service) -> None:
    (ticker,) = shared_service.processes("netledger.server.ticker")
    os.kill(ticker, signal.SIGSTOP)
    (shared_service.home / "run" / "ticker").write_text(f"{ticker} {time.monotonic() - 61}\n")

    answer = shared_service.get("/readyz")
    os.kill(ticker, signal.SIGCONT)

    assert answer.status == 503
    assert re.fullmatch(rb"the ticker is 6\d s late\n", answer.body)
    assert "retry-after" in answer.headers
    eventually(lambda: shared_service.get("/readyz").status == 200)


def test_and_however_many_ask_at_once_the_database_has_few_connections(shared_service: Service) -> None:
    with ThreadPoolExecutor(60) as askers:
        statuses = list(askers.map(lambda _: shared_service.get("/readyz").status, range(300)))

    # Four a worker, two workers here, and the ticker's.
    superuser = address_of_home(Home(shared_service.home), SUPERUSER)
    with psycopg.connect(superuser) as connection:
        used = connection.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE usename = 'netledger_server' AND datname = current_database()"
        )
        (count,) = used.fetchone() or (0,)
    assert set(statuses) == {200}
    assert 0 < count <= 4 * min(len(os.sched_getaffinity(0)), 4) + 1
