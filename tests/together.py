"""Many at once: calls in threads, each with a database connection of its own. They need `committed_db`."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import psycopg
from django.db import connection

from netledger.errors import Refusal
from netledger.installation.database import conninfo

START_TIMEOUT_S = 20
CALL_TIMEOUT_S = 60
LOCK_TIMEOUT_S = 20
LOOK_EVERY_S = 0.01


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Let all calls go at the same moment; what each answered, or the refusal that it met, in their order."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(START_TIMEOUT_S)
            return call()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls, timeout=CALL_TIMEOUT_S))


@contextmanager
def beside() -> Iterator[Callable[[Callable[[], Any]], Future[Any]]]:
    """Start a call in another thread, where it waits for a lock of this one's transaction; at the end it has ended.

    with beside() as waits, transaction.atomic():
        charged(customer, "20.00")
        payment = waits(lambda: paid(customer, "15.00"))
    """

    def run(call: Callable[[], Any]) -> Any:
        try:
            return call()
        finally:
            connection.close()

    def start(call: Callable[[], Any]) -> Future[Any]:
        answer = thread.submit(run, call)
        until_somebody_waits()
        return answer

    with ThreadPoolExecutor(1) as thread:
        yield start


def until_somebody_waits() -> None:
    """Look until a connection of this database waits for a lock of another."""
    query = """SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock'"""
    deadline_s = time.monotonic() + LOCK_TIMEOUT_S
    with psycopg.connect(conninfo("server"), autocommit=True) as watcher:
        while watcher.execute(query).fetchone() == (0,):
            assert time.monotonic() < deadline_s, "nobody waits for a lock"
            time.sleep(LOOK_EVERY_S)
