"""A list of 1,000,000 lines costs a web process no more memory than an empty one, but for a few buffers."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from demonstration import Demonstration
from long_list import connect_many
from netledger.installation.home import Home

GROWTH_MAX_KIB = 32 * 1024
LONG, EMPTY = "203.0.113.50", "203.0.113.51"
TIMES, AT_ONCE = 4, 2
"""So often that each web process reads one."""
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
    empty = _read(own_demo, EMPTY, more)
    before = dict(_peaks_kib(own_demo))

    lengths = _read(own_demo, LONG, more)
    growth_kib = {pid: peak - before[pid] for pid, peak in _peaks_kib(own_demo)}

    assert empty == {(200, 0)}
    assert lengths == {(200, connections)}
    assert max(growth_kib.values()) < GROWTH_MAX_KIB


def _read(demo: Demonstration, nas_ip: str, more: dict[str, str]) -> set[tuple[int, int]]:
    """Statuses and counts of connections of the list, read several times at once."""

    def read(_number: int) -> tuple[int, int]:
        answer = demo.list_of("logged", nas_ip, **more)
        assert answer.ended_well
        return answer.status, answer.body.count(nas_ip.encode() + (b'"' if more else b" "))

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return set(threads.map(read, range(TIMES)))


def _peaks_kib(demo: Demonstration) -> Iterator[tuple[int, int]]:
    """The most memory that each web process has had."""
    for pid in demo.service.processes("netledger.server.web"):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        yield pid, next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
