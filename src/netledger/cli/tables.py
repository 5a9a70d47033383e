"""What an answer looks like: a table on a terminal, lines with tabs elsewhere, or one JSON document."""

import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

import msgspec

from netledger.cli.language import say


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under their columns' names; a program that reads them gets the rows alone."""
    if sys.stdout.isatty():
        _print_table(columns, rows)
        return
    for row in rows:
        sys.stdout.write("\t".join(" ".join(cell.split()) for cell in row) + "\n")


def print_facts(facts: Sequence[tuple[str, str]]) -> None:
    """Print what is known of one thing, a line a fact."""
    if not sys.stdout.isatty():
        print_rows((), facts)
        return
    width = max(len(what) for what, _ in facts)
    for what, told in facts:
        sys.stdout.write(f"{what:{width}}  {told}\n")


def print_records(columns: Sequence[str], records: Sequence[msgspec.Struct], *, as_json: bool) -> None:
    """Print records, a column a field, or a JSON list of them with their fields' names."""
    if as_json:
        print_document(records)
        return
    print_rows(columns, [[shown(value) for value in msgspec.structs.astuple(record)] for record in records])


def tell(sentence: str, record: msgspec.Struct, *, as_json: bool) -> None:
    """Say what was done, or answer with what it made."""
    if as_json:
        print_document(record)
    else:
        sys.stdout.write(f"{sentence}\n")


def tell_contract(ru: str, en: str, subscriber_id: int, *, as_json: bool) -> None:
    """Say what was done to a contract, by its number and then its subscriber's name, or answer with its card."""
    from netledger.cli.cards import card_of

    card = card_of(subscriber_id)
    tell(say(ru, en).format(card.contract_number, card.name), card, as_json=as_json)


def print_document(document: object) -> None:
    """Print one JSON document in UTF-8; sums are strings, moments and dates as ISO 8601 writes them."""
    text = msgspec.json.format(msgspec.json.encode(document), indent=2)
    sys.stdout.buffer.write(text + b"\n")
    sys.stdout.buffer.flush()


def shown(value: object) -> str:
    """A value as people read it; nothing for none."""
    match value:
        case None:
            return ""
        case bool():
            return say("да", "yes") if value else say("нет", "no")
        case datetime():
            return shown_time(value)
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:.2f}"
        case _:
            return str(value)


def shown_time(moment: datetime | None) -> str:
    """A moment in the provider's time zone, to the second; nothing for none."""
    from netledger.ledger.clock import zone  # Django must be set up

    return "" if moment is None else moment.astimezone(zone()).isoformat(" ", "seconds")


def _print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A column that says nothing in any row is left out, so that the others have its place."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    cells = [[Text(cell) for cell in row] for row in rows]
    told = [number for number in range(len(columns)) if not cells or any(row[number] for row in cells)]
    table = Table()
    for number in told:
        table.add_column(columns[number], overflow="fold")
    for row in cells:
        table.add_row(*(row[number] for number in told))
    Console().print(table)
