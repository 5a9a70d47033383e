"""The events that the package logs, and the pages that tell people what each says."""

import ast
from collections.abc import Iterable, Iterator
from typing import get_args

from house.tree import DOCS, Offence, Source

PAGES = (DOCS / "operating" / "watching.md", DOCS / "operating" / "watching.ru.md")
LEVELS = frozenset({"info", "warning", "error"})


def logged_events(sources: Iterable[Source]) -> Iterator[tuple[Source, int, str]]:
    """Each event with the place where it is logged; those that another one's words decide are left out."""
    for source in sources:
        for node in ast.walk(source.module):
            if isinstance(node, ast.Call) and _logs(node.func) and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield source, node.lineno, first.value


def untold(sources: Iterable[Source], page: str) -> Iterator[Offence]:
    """Events that the page does not tell."""
    for source, line, event in logged_events(sources):
        if f"`{event}`" not in page:
            yield Offence(
                source.path, line, f"what “{event}” says stands in docs/operating/watching.md nowhere"
            )


def phases() -> tuple[str, ...]:
    """The events that are the supervisor's phases."""
    from netledger.server.state import Phase

    return get_args(Phase)


def _logs(function: ast.expr) -> bool:
    words = ast.unparse(function).split(".")
    if words[-1] == "log_trouble":
        return True
    return words[-1] in LEVELS and "log" in words[:-1]
