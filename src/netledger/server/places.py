"""Places that all web processes share: each is a kernel's lock of a byte, which a killed process leaves."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path


class Places:
    """So many places, known by that file."""

    def __init__(self, path: Path, *, count: int) -> None:
        self.count = count
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._own: set[int] = set()
        """The kernel does not tell a process's own locks apart."""

    def take(self) -> int | None:
        """A place that nobody has; None, if all are taken."""
        for place in range(self.count):
            if place in self._own:
                continue
            with suppress(OSError):
                fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
                self._own.add(place)
                return place
        return None

    def leave(self, place: int) -> None:
        """Let others have it."""
        fcntl.lockf(self._file, fcntl.LOCK_UN, 1, place)
        self._own.remove(place)
