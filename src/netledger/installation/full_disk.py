"""Says that the disk is full, in whatever shape that shows."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from netledger.installation.errors import DiskFull

ROOM_BYTES_MIN = 16 * 2**20
"""Room for one more file of the write-ahead log: with less, PostgreSQL failed for that, whatever it says."""

NO_SPACE = "No space left on device"
"""As programs in the language C say it. What initdb made it removes again, so that there is room afterwards."""


@contextmanager
def full_disk_named(folder: Path, *symptoms: type[Exception]) -> Iterator[None]:
    """Turn the system's "no space" into a refusal, and so each symptom where there is no room in the folder.

    Raises: DiskFull.
    """
    try:
        yield
    except OSError as trouble:
        if trouble.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise DiskFull(path=str(folder)) from trouble
    except symptoms as trouble:
        if NO_SPACE not in str(trouble) and shutil.disk_usage(folder).free >= ROOM_BYTES_MIN:
            raise
        raise DiskFull(path=str(folder)) from trouble
