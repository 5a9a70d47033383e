"""A long answer in JSON, written to a file record by record."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile

import msgspec
from msgspec import Struct

from netledger.installation.spools import spool


def spool_json(records: Iterable[Struct], folder: Path) -> SpooledTemporaryFile[bytes]:
    """The records as one JSON list, a record a line, in a file of the folder, at its beginning.

    The file is closed by whoever sends it.
    """
    return spool(_list_of(records), folder)


def _list_of(records: Iterable[Struct]) -> Iterator[bytes]:
    separator = b"["
    for record in records:
        yield separator + msgspec.json.encode(record)
        separator = b",\n"
    yield b"[]\n" if separator == b"[" else b"]\n"
