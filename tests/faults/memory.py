"""The memory of the web processes, while several read the same long answer."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from demonstration import Demonstration

GROWTH_MAX_KIB = 32 * 1024
TIMES, AT_ONCE = 4, 2
"""So often that each web process answers once."""

Read = TypeVar("Read")


def read_often(read: Callable[[], Read]) -> set[Read]:
    """What several readings at once, and several after them, tell."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return set(threads.map(lambda _: read(), range(TIMES)))


def peaks_kib(demo: Demonstration) -> dict[int, int]:
    """The most memory that each web process has had."""
    return dict(_peaks_kib(demo))


def _peaks_kib(demo: Demonstration) -> Iterator[tuple[int, int]]:
    for pid in demo.service.processes("netledger.server.web"):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        yield pid, next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
