"""What a list of rows looks like: a table on a terminal, lines with tabs elsewhere."""

import sys
from collections.abc import Iterable, Sequence
from datetime import datetime


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under their columns' names; a program that reads them gets the rows alone."""
    if sys.stdout.isatty():
        _print_table(columns, rows)
        return
    for row in rows:
        sys.stdout.write("\t".join(" ".join(cell.split()) for cell in row) + "\n")


def shown_time(moment: datetime | None) -> str:
    """A moment in the provider's time zone, to the second; nothing for none."""
    from netledger.ledger.clock import zone  # Django must be set up

    return "" if moment is None else moment.astimezone(zone()).isoformat(" ", "seconds")


def _print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)
