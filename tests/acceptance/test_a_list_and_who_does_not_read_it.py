"""A slow or vanished router holds no database connection and no snapshot; a list that fails half-way tells so.

Case V16 of cases.md.
"""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import pytest

from demonstration import Demonstration, connected, request_of
from long_list import connect_many
from netledger.installation.home import Home
from netledger.installation.roles import ROLES
from server.running import eventually
from server.wire import Answer, receive

NAS_IP = "203.0.113.50"
CONNECTIONS = 20_000
VANISHING = 200
PAYMENTS = 15
SLOW = 10
QUICK_S = 2.0
"""So long a request waits for a connection of the database before it is told of trouble."""
JITTER_S = 0.02
HELD = """SELECT count(*) FROM pg_stat_activity
           WHERE usename = %s AND (backend_xmin IS NOT NULL OR state <> 'idle')"""
"""Connections of the server that are in use, or keep a snapshot."""


@pytest.fixture(scope="module")
def long_demo(demo: Demonstration) -> Demonstration:
    """A demonstration with a NAS whose list is longer than what the system's buffers take in."""
    connect_many(
        Home(demo.service.home),
        nas_ip=NAS_IP,
        contract_number=demo.facts["contract_number"],
        count=CONNECTIONS,
    )
    return demo


def asking(demo: Demonstration) -> socket.socket:
    """A connection that has asked for the long list, and takes little in by itself."""
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(30)
    connection.connect(("127.0.0.1", demo.service.port))
    arg1 = {"nas_ip": NAS_IP}
    connection.sendall(request_of(demo.query("collector", "collector_manager.users_logged", arg1)))
    return connection


def pay_s(demo: Demonstration, pay_id: str) -> float:
    """How long a payment takes."""
    begun_s = time.monotonic()
    assert "error" not in demo.pay(demo.facts["contract_number"], "1.00", pay_id)
    return time.monotonic() - begun_s


def usual_pay_s(demo: Demonstration, pay_id: str) -> float:
    """How long most payments take."""
    return median(pay_s(demo, f"{pay_id}-{number}") for number in range(PAYMENTS))


def holds_nothing(demo: Demonstration) -> bool:
    """Whether no connection of the server is in use or keeps a snapshot; the ticker's is for moments.

    The superuser is asked: to others PostgreSQL shows nothing of it.
    """
    with connected(Home(demo.service.home)) as superuser:
        return superuser.execute(HELD, [ROLES["server"]]).fetchone() == (0,)


def server_connections(demo: Demonstration) -> int:
    return int(demo.value("SELECT count(*) FROM pg_stat_activity WHERE usename = %s", ROLES["server"]))


def open_files(demo: Demonstration) -> int:
    """The files and sockets that the web processes have open."""
    pids = demo.service.processes("netledger.server.web")
    return sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in pids)


def test_slow_ones_hold_nothing_and_get_all_of_it_in_the_end(long_demo: Demonstration) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(asking(long_demo)) for _ in range(SLOW)]
        eventually(lambda: not holds_nothing(long_demo), timeout_s=20)
        begun = [connection.recv(1) for connection in slow]
        eventually(lambda: holds_nothing(long_demo), timeout_s=20)
        paid_s = pay_s(long_demo, "while-they-are-slow")
        still_unread = [connection.recv(1, socket.MSG_PEEK) for connection in slow]
        answer = receive(slow[0])

    assert begun == [b"H"] * SLOW
    assert still_unread == [b"T"] * SLOW
    assert paid_s < QUICK_S
    assert len(answer.body) == int(answer.headers["content-length"])
    assert answer.body.count(b"\n") == CONNECTIONS


@pytest.mark.faults
def test_vanished_ones_leave_nothing_behind(long_demo: Demonstration) -> None:
    before_s = usual_pay_s(long_demo, "before-they-vanish")
    files, connections = open_files(long_demo), server_connections(long_demo)

    for _ in range(VANISHING):
        with asking(long_demo) as connection:
            connection.recv(1000)
    eventually(lambda: holds_nothing(long_demo), timeout_s=20)
    after_s = usual_pay_s(long_demo, "after-they-vanished")

    eventually(lambda: open_files(long_demo) <= files, timeout_s=20)
    assert server_connections(long_demo) <= connections
    assert list(Home(long_demo.service.home).tmp.glob("tmp*")) == []
    assert after_s < 3 * before_s + JITTER_S


def test_one_whose_database_connection_breaks_gets_no_clean_end(long_demo: Demonstration) -> None:
    whole = len(long_demo.list_of("logged", NAS_IP).body)

    answers = [answer for answer in terminated(long_demo) if answer is not None]
    afterwards = long_demo.list_of("logged", NAS_IP)

    assert answers, "no list was being read when its connection was to be ended"
    for answer in answers:
        assert answer.status == 503 or not answer.ended_well
    assert (afterwards.status, len(afterwards.body)) == (200, whole)


def terminated(demo: Demonstration, times: int = 5) -> Iterator[Answer | None]:
    """What a router gets whose list's connection is ended while it is read; None: the list was quicker."""
    for _ in range(times):
        with ThreadPoolExecutor(1) as threads:
            answer = threads.submit(demo.list_of, "logged", NAS_IP)
            was_ended = end_reading(demo, answer)
            yield answer.result() if was_ended else None


def end_reading(demo: Demonstration, answer: Future[Answer]) -> bool:
    """End the connection that fetches rows of a list; whether one was found."""
    statement = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE usename = %s AND state <> 'idle' AND query LIKE 'COPY (%%'
                      AND backend_type = 'client backend'"""
    with connected(Home(demo.service.home)) as superuser:
        while not answer.done():
            if superuser.execute(statement, [ROLES["server"]]).fetchone() == (True,):
                return True
    return False
