"""`service restart` while gateways pay and routers read: each is answered, once, and soon."""

import os
import sys
import time

import pytest

from demonstration import Demonstration
from faults.downloads import Downloads
from faults.gateways import Gateways
from long_list import connect_many
from netledger.installation.home import Home
from server.running import eventually

NAS_IP = "203.0.113.50"
LINES = 60_000
DOWNLOADS = 50
RESTARTS = 20
SLOWEST_S = 1.0
BETWEEN_S = 0.5


def _busy() -> float:
    """How much longer things take here: what else runs on this machine is not our slowness."""
    return max(1.0, os.getloadavg()[0] / len(os.sched_getaffinity(0)))


@pytest.mark.faults
@pytest.mark.timeout(600)
def test_of_payments_and_of_long_lists(own_demo: Demonstration) -> None:
    contract = own_demo.facts["contract_number"]
    connect_many(Home(own_demo.service.home), nas_ip=NAS_IP, contract_number=contract, count=LINES)
    reading, gateways = Downloads(own_demo, NAS_IP, DOWNLOADS), Gateways(own_demo, [contract], "restarted")

    with reading.running(), gateways.paying():
        for _ in range(RESTARTS):
            own_demo.restart()
            time.sleep(BETWEEN_S)
    kept = own_demo.rows(
        "SELECT operator_payment_id FROM payments_payment WHERE starts_with(operator_payment_id, 'restarted-')"
    )

    sys.stdout.write(f"{len(gateways.acknowledged)} payments, the slowest {gateways.slowest_s:.3f} s\n")
    assert gateways.unanswered == []
    assert sorted(pay_id for (pay_id,) in kept) == sorted(sent.pay_id for sent in gateways.acknowledged)
    assert gateways.slowest_s < SLOWEST_S * _busy()
    assert [
        (answer.status, answer.ended_well, answer.body.count(b"\n")) for answer in reading.answers if answer
    ] == [(200, True, LINES)] * DOWNLOADS
    eventually(lambda: len(own_demo.service.processes("netledger.server.web")) <= 5, timeout_s=30)
