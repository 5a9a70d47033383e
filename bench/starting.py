"""How long it takes until it answers: a demonstration at its first start and later, and any answer during a restart."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

from bench.client import ask, request_of
from bench.provider import Provider, start
from bench.result import Result

USUAL = 1000
EVERY_S = 0.01


def measure(folder: Path, *, rounds: int) -> Iterator[Result]:
    """First start of a new home, a later start of it, and the slowest answer while it restarts."""
    first, later, slowest = [], [], []
    for number in range(rounds):
        home = folder / f"starting-{number}"
        provider = start(home, subscribers=USUAL)
        first.append(provider.made_s)
        provider.stop()
        provider = start(home, subscribers=USUAL)
        later.append(provider.made_s)
        slowest.append(_slowest_over_a_restart_s(provider))
        provider.stop()
    yield _seconds("first answer of `netledger demo` in a new home", 10, first)
    yield _seconds("first answer of a later start", 3, later)
    yield _seconds("slowest answer over `service restart`", 1, slowest)


def _seconds(what: str, goal: float, rounds: list[float]) -> Result:
    return Result(what=what, unit="s", goal=goal, at_least=False, rounds=rounds)


def _slowest_over_a_restart_s(provider: Provider) -> float:
    """The slowest of answers asked for all the time; a refused one counts as for ever."""
    times: list[float] = []
    is_over = threading.Event()

    def look() -> None:
        while not is_over.is_set():
            try:
                times.append(ask(provider.port, request_of("/healthz")).took_s)
            except OSError:
                times.append(float("inf"))
            time.sleep(EVERY_S)

    looking = threading.Thread(target=look)
    looking.start()
    provider.cli("service", "restart")
    is_over.set()
    looking.join()
    return max(times)
