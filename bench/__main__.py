"""`make bench`: measures everything once, in rounds, and writes it to bench/results.json and results.html."""

import argparse
import json
import platform
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import lists, pages, payments, starting
from bench.provider import Provider, cores, running, temporary_folder
from bench.report import lines, write_page
from bench.result import Result
from netledger.cli.demo.shares import MANY

HERE = Path(__file__).parent
SMALL = 2000
"""About 100,000 transfers."""
SHORT_LIST, LONG_LIST = "203.0.113.10", "203.0.113.11"


def main() -> None:
    """The command."""
    asked = _asked()
    begun_s = time.perf_counter()
    results: list[Result] = []
    with temporary_folder() as folder:
        for measure in _measures(folder, asked):
            for result in measure():
                results.append(result)
                sys.stdout.write(lines([result.told()]) + "\n")
                sys.stdout.flush()
    run = {
        "when": time.strftime("%Y-%m-%d %H:%M:%S %z"),
        "took": f"{(time.perf_counter() - begun_s) / 60:.1f} minutes",
        "cores": cores(),
        "machine": platform.platform(),
        "python": platform.python_version(),
        "asked": " ".join(f"{name}={value}" for name, value in vars(asked).items()),
    }
    told = {"run": run, "results": [result.told() for result in results]}
    asked.results.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    write_page(asked.results, asked.results.with_suffix(".html"))


def _measures(folder: Path, asked: argparse.Namespace) -> Iterator[Callable[[], Iterator[Result]]]:
    """What is to be measured, one after the other, each on what the ones before have left."""
    times = {"rounds": asked.rounds, "seconds": asked.seconds}
    wanted = set(asked.only.split(",")) if asked.only else {"start", "pages", "stored", "pay", "lists"}
    if "start" in wanted:
        yield lambda: starting.measure(folder, rounds=asked.rounds)
    if wanted == {"start"}:
        return
    with running(folder, "large", subscribers=asked.subscribers) as large:
        if large.subscribers >= MANY:  # loaded in bulk, so that its making says something of a million
            yield lambda: _making(large)
        large.settle()
        if "pages" in wanted:
            yield lambda: pages.of_staff(large, rounds=asked.rounds)
            yield lambda: pages.user_info(large, **times)
        if "stored" in wanted:
            with running(folder, "small", subscribers=SMALL) as small:
                small.settle()
                yield lambda: payments.with_much_stored(large, small, **times)
        if "pay" in wanted:
            yield lambda: payments.throughput(large, **times)
        if "lists" in wanted:
            yield from _of_lists(large, asked)


def _of_lists(large: Provider, asked: argparse.Namespace) -> Iterator[Callable[[], Iterator[Result]]]:
    for nas_ip, count, goal in ((SHORT_LIST, asked.short_list, 0.9), (LONG_LIST, asked.long_list, 0.8)):
        lists.connect_many(large, nas_ip=nas_ip, count=count)

        def measure(nas_ip: str = nas_ip, count: int = count, goal: float = goal) -> Iterator[Result]:
            return lists.measure(large, nas_ip=nas_ip, count=count, goal=goal, rounds=asked.rounds)

        yield measure
    yield lambda: payments.beside_slow_readers(
        large, nas_ip=LONG_LIST, count=asked.long_list, rounds=asked.rounds, seconds=asked.seconds
    )


def _making(large: Provider) -> Iterator[Result]:
    """How long the large demonstration took to make; for a million the goal is eight minutes."""
    yield Result(
        what=f"`netledger demo --subscribers {large.subscribers}` from nothing to its first answer",
        unit="s a million subscribers",
        goal=8 * 60,
        at_least=False,
        rounds=[large.made_s * 1_000_000 / large.subscribers],
        note=f"{large.made_s:.0f} s",
    )


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--subscribers", type=int, default=50_000)
    parser.add_argument("--short-list", type=int, default=100_000)
    parser.add_argument("--long-list", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each round of a load")
    parser.add_argument(
        "--only", default="", help="some of start,pages,stored,pay,lists, separated by commas"
    )
    parser.add_argument("--results", type=Path, default=HERE / "results.json")
    return parser.parse_args()


if __name__ == "__main__":
    main()
