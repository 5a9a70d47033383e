"""How far the making of the demonstration provider is: a bar on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from netledger.cli.language import say

LINE_EVERY_S = 5.0


@contextmanager
def shown_progress(subscribers: int) -> Iterator[Callable[[int], None]]:
    """Answers what is to be told how many subscribers are made."""
    title = say("Создаётся демонстрационный провайдер", "Making the demonstration provider")
    if not sys.stdout.isatty():
        _print(say(f"{title}: {subscribers} абонентов", f"{title}: {subscribers} subscribers"))
        yield _line_teller(subscribers)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns) as progress:
        task = progress.add_task(title, total=subscribers)
        yield lambda made: progress.update(task, completed=made)


def _line_teller(subscribers: int) -> Callable[[int], None]:
    """Prints a line from time to time."""
    next_at_s = time.monotonic() + LINE_EVERY_S

    def tell(made: int) -> None:
        nonlocal next_at_s
        if time.monotonic() >= next_at_s:
            next_at_s = time.monotonic() + LINE_EVERY_S
            _print(say(f"  {made} из {subscribers}", f"  {made} of {subscribers}"))

    return tell


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
