"""A long answer in JSON, written to a file record by record, so that memory stays flat however long it is."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import SpooledTemporaryFile

import msgspec
from msgspec import Struct

SPOOL_IN_MEMORY_BYTES = 1024 * 1024


def spool_json(records: Iterable[Struct], folder: Path) -> SpooledTemporaryFile[bytes]:
    """The records as one JSON list, a record a line, in a file of the folder, at its beginning.

    The file is closed by whoever sends it.
    """
    spool: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(  # noqa: SIM115 - outlives us
        max_size=SPOOL_IN_MEMORY_BYTES, dir=str(folder)
    )
    try:
        separator = b"["
        for record in records:
            spool.write(separator + msgspec.json.encode(record))
            separator = b",\n"
        spool.write(b"[]\n" if separator == b"[" else b"]\n")
        spool.seek(0)
    except BaseException:
        spool.close()
        raise
    return spool
