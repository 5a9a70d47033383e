"""A long answer in a file of its own, so that memory stays flat however long it is."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import SpooledTemporaryFile

IN_MEMORY_BYTES = 1024 * 1024


def spool(blocks: Iterable[bytes], folder: Path) -> SpooledTemporaryFile[bytes]:
    """All blocks in a file without a name in the folder, at its beginning; a short one stays in memory.

    Where the blocks break off, no file is left. The file is closed by whoever sends it.
    """
    spooled = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES, dir=str(folder))  # noqa: SIM115 - outlives us
    try:
        for block in blocks:
            spooled.write(block)
        spooled.seek(0)
    except BaseException:
        spooled.close()
        raise
    return spooled
