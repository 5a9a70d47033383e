"""Whatever is killed while gateways pay: each acknowledged payment is there exactly once, and a repeat succeeds."""

import os
import random
import signal
import time
from contextlib import suppress
from decimal import Decimal

import pytest

from demonstration import Demonstration
from faults.gateways import AMOUNT, Gateways, Sent
from server.running import eventually, is_ready, start

SEED = 20261125
CONTRACTS = 6
TRAFFIC_S = (0.2, 0.8)
"""How long gateways pay before a kill."""
AFTERWARDS_S = 0.2
BACKENDS = ("postgres:", "netledger_server")
PROGRAMS = {
    "PostgreSQL": ("bin/postgres", "-D"),
    "everything": (),
    "a backend of PostgreSQL": BACKENDS,
    "the web": ("netledger.server.web",),
    "the supervisor": (" demo --home ",),
}
"""What is killed in turn, by words of its command line."""


@pytest.mark.embedded
@pytest.mark.timeout(600)
@pytest.mark.parametrize("rounds", [3, pytest.param(20, marks=pytest.mark.faults)])
def test_though_processes_are_killed_at_random_moments(own_demo: Demonstration, rounds: int) -> None:
    chance = random.Random(SEED)
    contracts = [
        number
        for (number,) in own_demo.rows(
            "SELECT contract_number FROM subscribers_subscriber WHERE closed_at IS NULL ORDER BY id LIMIT %s",
            CONTRACTS,
        )
    ]
    for number in range(rounds):
        _one_round(own_demo, contracts, list(PROGRAMS)[number % len(PROGRAMS)], chance, f"round-{number}")

    checked = own_demo.service.cli("check")

    assert checked.returncode == 0, checked.stdout


def _one_round(
    demo: Demonstration, contracts: list[str], what: str, chance: random.Random, name: str
) -> None:
    before = {number: demo.balance(number) for number in contracts}
    gateways = Gateways(demo, contracts, name)

    with gateways.paying():
        time.sleep(chance.uniform(*TRAFFIC_S))
        _kill(demo, what, chance)
        _wait_until_it_is_back(demo)
        time.sleep(AFTERWARDS_S)
    kept = _kept(demo, name)
    acknowledged, unanswered = dict(gateways.acknowledged), list(gateways.unanswered)
    gateways.repeat_unanswered()

    assert len(acknowledged) > 10, f"{what}: hardly anything was paid"
    assert {sent: [(answer["op_id"], AMOUNT)] for sent, answer in acknowledged.items()} == {
        sent: kept.get(sent.pay_id, []) for sent in acknowledged
    }
    assert all(len(kept.get(sent.pay_id, [])) <= 1 for sent in unanswered)
    assert set(kept) <= {sent.pay_id for sent in (*acknowledged, *unanswered)}
    assert {number: demo.balance(number) for number in contracts} == {
        number: before[number] + _paid(gateways, number) for number in contracts
    }
    assert _still_answered_the_same(gateways, chance)


def _kill(demo: Demonstration, what: str, chance: random.Random) -> None:
    """Kill one process of what is named, or all of them, and wait until PostgreSQL has noticed, if it is its own.

    Until then its other backends answer on, and /readyz would be true of a service that is about to fall.
    """
    pids = demo.service.processes(*PROGRAMS[what])
    backends = set(demo.service.processes(*BACKENDS))
    assert pids, f"{what} does not run"
    killed = pids if what == "everything" else [chance.choice(pids)]
    for pid in killed:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    if demo.service.process.pid in killed:
        demo.service.process.wait(timeout=10)
    if "PostgreSQL" in what:
        eventually(lambda: not backends & set(demo.service.processes(*BACKENDS)))


def _wait_until_it_is_back(demo: Demonstration) -> None:
    """Start it anew where the supervisor is gone, which else does it by itself."""
    service = demo.service
    if service.process.poll() is not None:
        service.process = start(service.home, service.port, command=("demo",)).process
    eventually(lambda: is_ready(service.port), timeout_s=60)


def _kept(demo: Demonstration, name: str) -> dict[str, list[tuple[str, Decimal]]]:
    """The operations, with their sums, of each payment of the round that is in the books."""
    kept: dict[str, list[tuple[str, Decimal]]] = {}
    for pay_id, operation, amount in demo.rows(
        """SELECT p.operator_payment_id, t.id::text, t.amount FROM payments_payment p
             JOIN ledger_transfer t ON t.id = p.transfer_id WHERE starts_with(p.operator_payment_id, %s)""",
        f"{name}-",
    ):
        kept.setdefault(pay_id, []).append((operation, amount))
    return kept


def _paid(gateways: Gateways, contract_number: str) -> Decimal:
    return AMOUNT * sum(sent.contract_number == contract_number for sent in gateways.acknowledged)


def _still_answered_the_same(gateways: Gateways, chance: random.Random) -> bool:
    """Whether some of the payments, sent once more, are answered as they were, balance included."""
    some: list[Sent] = chance.sample(sorted(gateways.acknowledged), k=5)
    return all(gateways.send(sent) == gateways.acknowledged[sent] for sent in some)
