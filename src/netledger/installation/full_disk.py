"""Says that the disk is full, in whatever shape that shows."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from netledger.installation.errors import DiskFull

ROOM_BYTES_MIN = 16 * 2**20
"""Room for one more file of the write-ahead log: with less, PostgreSQL failed for that, whatever it says.

Our own processes need less: what they count is written through a mapping of the memory, and without room ends them."""

NEARLY_FULL_BYTES = 2**30
NEARLY_FULL_SHARE = 0.05
NEARLY_FULL_BYTES_MAX = 10 * 2**30
"""A disk is nearly full with less than a GiB free, or with less than a twentieth, unless that is still much."""

NO_SPACE = "No space left on device"
"""As programs in the language C say it. What initdb made it removes again, so that there is room afterwards."""


class Room(NamedTuple):
    """The room on a disk, as who is not root has it."""

    total_bytes: int
    free_bytes: int


def room_of(folder: Path) -> Room:
    """The room on the folder's disk."""
    usage = shutil.disk_usage(folder)
    return Room(usage.total, usage.free)


def is_nearly_full(folder: Path) -> bool:
    """Whether there is so little room on the folder's disk that somebody has to act."""
    return room_of(folder).free_bytes < nearly_full_below_bytes(folder)


def nearly_full_below_bytes(folder: Path) -> int:
    """With how much room, or more, the folder's disk is not nearly full."""
    little = min(int(room_of(folder).total_bytes * NEARLY_FULL_SHARE), NEARLY_FULL_BYTES_MAX)
    return max(NEARLY_FULL_BYTES, little)


def require_room(folder: Path) -> None:
    """Ask whether new processes of ours would find room for what they must write.

    Raises: DiskFull.
    """
    if room_of(folder).free_bytes < ROOM_BYTES_MIN:
        raise DiskFull(path=str(folder))


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
