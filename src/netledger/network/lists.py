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
from typing import NamedTuple

from netledger import sql
from netledger.installation.spools import spool
from netledger.network.editions import Edition


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


def spool_list(edition: Edition, *, folder: Path) -> SpooledTemporaryFile[bytes]:
    """The list as text, a line a connection, in a file of the folder, at its beginning.

    When it is answered, the database connection and its snapshot are free: however slow a router reads, it holds
    neither. The file is closed by whoever sends it.
    """
    return spool(sql.copied(_statement("network/list_lines"), **_asked(edition)), folder)


def list_entries(edition: Edition) -> Iterator[ListEntry]:
    """The same connections as typed rows, read as they are iterated: until the end they hold a connection."""
    for block in sql.blocks(_statement("network/list_objects"), **_asked(edition)):
        yield from map(ListEntry._make, block)


def _statement(form: str) -> str:
    """What answers the list in the form that the statement of that name gives it."""
    return f"WITH entry AS (\n{sql.text_of('network/list_entries')})\n{sql.text_of(form)}"


def _asked(edition: Edition) -> dict[str, object]:
    """The parameters of a list."""
    return {
        "nas_id": edition.nas_id,
        "state": edition.state,
        "today": edition.today,
        "live_since": edition.at - timedelta(seconds=edition.seen_within_s),
    }
