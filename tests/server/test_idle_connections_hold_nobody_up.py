"""Thousands of connections that send nothing, or drop by drop, do not stop a payment; nor does a lock for long."""

import resource
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from statistics import median

import pytest

from demonstration import Demonstration, connected, demonstration
from netledger.installation.home import Home
from netledger.server.handler import LINE_TIME_S
from server.wire import receive

pytestmark = pytest.mark.faults
IDLE = 2000
FILES_BESIDE = 200
PAYMENTS = 20


@pytest.fixture(scope="module")
def demo() -> Iterator[Demonstration]:
    with demonstration({"network.api.statement_time_max_s": "1"}) as running:
        yield running


@contextmanager
def _connected(port: int, count: int, first_words: bytes) -> Iterator[list[socket.socket]]:
    """So many connections that have said no more than that."""
    with ExitStack() as stack:
        connections = []
        for _ in range(count):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
            connection.sendall(first_words)
            connections.append(connection)
        yield connections


def _payments_s(demo: Demonstration, name: str) -> list[float]:
    """How long each of some payments took."""
    took_s = []
    for number in range(PAYMENTS):
        begun_s = time.monotonic()
        assert "error" not in demo.pay(demo.facts["contract_number"], "1.00", f"{name}-{number}")
        took_s.append(time.monotonic() - begun_s)
    return took_s


@pytest.fixture
def many() -> int:
    """As many connections as this machine lets a process have, up to 2,000."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, IDLE + FILES_BESIDE)), hard))
    return min(IDLE, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - FILES_BESIDE)


@pytest.mark.parametrize(
    "first_words",
    [b"", b"GET /system_api/?context=coll", b"GET / HTTP/1.1\r\nHo"],
    ids=["idle", "line", "headers"],
)
def test_a_payment_passes_them_by(demo: Demonstration, many: int, first_words: bytes) -> None:
    alone_s = _payments_s(demo, f"alone-{len(first_words)}")

    with _connected(demo.service.port, many, first_words):
        beside_s = _payments_s(demo, f"beside-{len(first_words)}")

    assert median(beside_s) < max(0.5, 4 * median(alone_s))
    assert max(beside_s) < LINE_TIME_S - 1, "it had to wait until the others were let go"


def test_who_waited_longest_is_told_so(demo: Demonstration, many: int) -> None:
    with _connected(demo.service.port, 1, b"GET / HT") as (first,), _connected(demo.service.port, many, b""):
        answer = receive(first)

    assert answer.status == 408


def test_an_account_that_is_locked_is_told_of_in_time(demo: Demonstration) -> None:
    contract = demo.facts["contract_number"]
    with connected(Home(demo.service.home)) as other, other.transaction():
        other.execute(
            """SELECT FROM ledger_account WHERE id = (
                   SELECT account_id FROM subscribers_subscriber WHERE contract_number = %s) FOR UPDATE""",
            [contract],
        )
        begun_s = time.monotonic()
        refused = demo.act(
            {
                "act": "PAY",
                "contract_number": contract,
                "sum_in": "1.00",
                "pay_operator": "osmp",
                "pay_id_str": "late",
            }
        )
        took_s = time.monotonic() - begun_s
    afterwards = demo.pay(contract, "1.00", "late")

    assert (refused.status, refused.json["code"]) == (503, "statement_too_long")
    assert "retry-after" in refused.headers
    assert 0.9 < took_s < 4
    assert "error" not in afterwards
    assert demo.payments_by("late") == 1
