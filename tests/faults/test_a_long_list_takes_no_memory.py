"""A list of 1,000,000 lines costs a web process no more memory than an empty one, but for a few buffers."""

import pytest

from demonstration import Demonstration
from faults.memory import GROWTH_MAX_KIB, peaks_kib, read_often
from long_list import connect_many
from netledger.installation.home import Home

LONG, EMPTY = "203.0.113.50", "203.0.113.51"
READ_WITHIN_S = 120


@pytest.mark.faults
@pytest.mark.timeout(550)
@pytest.mark.parametrize(
    ("more", "connections"), [({}, 1_000_000), ({"format": "json"}, 200_000)], ids=["text", "json"]
)
def test_however_long_it_is(own_demo: Demonstration, more: dict[str, str], connections: int) -> None:
    own_demo.timeout_s = READ_WITHIN_S
    own_demo.cli("nas", "add", EMPTY, "--name", "пустой")
    connect_many(
        Home(own_demo.service.home),
        nas_ip=LONG,
        contract_number=own_demo.facts["contract_number"],
        count=connections,
    )
    empty = read_often(lambda: _read(own_demo, EMPTY, more))
    before = peaks_kib(own_demo)

    lengths = read_often(lambda: _read(own_demo, LONG, more))
    growth_kib = {pid: peak - before[pid] for pid, peak in peaks_kib(own_demo).items()}

    assert empty == {(200, 0)}
    assert lengths == {(200, connections)}
    assert max(growth_kib.values()) < GROWTH_MAX_KIB


def _read(demo: Demonstration, nas_ip: str, more: dict[str, str]) -> tuple[int, int]:
    """Status and count of connections of the list."""
    answer = demo.list_of("logged", nas_ip, **more)
    assert answer.ended_well
    return answer.status, answer.body.count(nas_ip.encode() + (b'"' if more else b" "))
