"""The lists that a NAS asks for: its connections in one state, as lines or as typed rows.

The state of a connection is its subscriber's stored decision (negbal, blocked) or its own (logged). Its speed is its
own, else the personal one of the subscription that gives access today, else that plan's version in force. A debtor's
subscription is still his, and so is a held one, so their speed stands in the list; only who has no plan that gives
access today is not shaped (-1 and 0). The MAC is the connection's own, else what its live session told.
Source: system_api.txt, «Примеры запросов»; design.md, "The wire"; clients.md, "What a NAS does with the lists".
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, Literal, NamedTuple

from django.db import connection, transaction

from netledger import sql
from netledger.ledger import clock

State = Literal["negbal", "blocked", "logged"]
"""Which of the three lists."""

SPOOL_IN_MEMORY_BYTES = 1024 * 1024
ROWS_A_FETCH = 2000


class ListEntry(NamedTuple):
    """One connection in a list. "in" is towards the subscriber; kbit/s (-1: not shaped) and bytes."""

    address: str
    login: str
    snat_address: str | None
    mac: str | None
    logged: bool
    negbal: bool
    blocked: bool
    rate_in_kbps: int
    ceil_in_kbps: int
    burst_in_bytes: int
    cburst_in_bytes: int
    rate_out_kbps: int
    ceil_out_kbps: int
    burst_out_bytes: int
    cburst_out_bytes: int
    nas_address: str


def spool_list(*, nas_id: int, state: State, folder: Path, seen_within_s: int) -> SpooledTemporaryFile[bytes]:
    """The list as text, a line a connection, in a file of the folder, at its beginning.

    When it is answered, the database connection and its snapshot are free: however slow a router reads, it holds
    neither. The file is closed by whoever sends it.
    """
    entries, lines = sql.text_of("network/list_entries"), sql.text_of("network/list_lines")
    statement = f"WITH entry AS (\n{entries})\n{lines}"
    spool = SpooledTemporaryFile(max_size=SPOOL_IN_MEMORY_BYTES, dir=str(folder))  # noqa: SIM115 - outlives us
    try:
        for rows in _fetched(statement, nas_id=nas_id, state=state, seen_within_s=seen_within_s):
            spool.write("".join([line for (line,) in rows]).encode())
        spool.seek(0)
    except BaseException:
        spool.close()
        raise
    return spool


def list_entries(*, nas_id: int, state: State, seen_within_s: int) -> Iterator[ListEntry]:
    """The same connections as typed rows, read as they are iterated: until the end they hold a connection."""
    entries = sql.text_of("network/list_entries")
    for rows in _fetched(entries, nas_id=nas_id, state=state, seen_within_s=seen_within_s):
        yield from map(ListEntry._make, rows)


def _fetched(
    statement: str, *, nas_id: int, state: State, seen_within_s: int
) -> Iterator[list[tuple[Any, ...]]]:
    """What a statement answers, in blocks of rows, by a named cursor: memory stays flat however many they are."""
    now = clock.now()
    parameters = {
        "nas_id": nas_id,
        "state": state,
        "today": clock.day_of(now),
        "live_since": now - timedelta(seconds=seen_within_s),
    }
    with transaction.atomic():
        with connection.cursor() as cursor:
            # All rows will be read: not the plan that is quickest with the first of them, nor one compiled first.
            cursor.execute("SET LOCAL cursor_tuple_fraction = 1; SET LOCAL jit = off")
        with connection.chunked_cursor() as cursor:
            cursor.execute(statement, parameters)
            while rows := cursor.fetchmany(ROWS_A_FETCH):
                yield rows
