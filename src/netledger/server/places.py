"""Places that all web processes share: each is a kernel's lock of a byte, which a killed process leaves.

The file holds whose each place is, or was: so nobody can have more of them than a share, by however many processes.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

OWNER_BYTES = 8
GUARD_AT = 2**32
"""Beyond all places, the byte whose lock keeps two from counting at once."""


class Places:
    """So many places, known by that file; one owner has at most half of them, rounded up."""

    def __init__(self, path: Path, *, count: int) -> None:
        self.count = count
        self.share = (count + 1) // 2
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._own: set[int] = set()
        """The kernel does not tell a process's own locks apart."""

    def take(self, owner: str) -> int | None:
        """A place that nobody has; None, if all are taken, or so many by the owner as it may have."""
        with self._guarded():
            if self._held_by(owner) >= self.share:
                return None
            for place in range(self.count):
                if self._lock(place):
                    self._own.add(place)
                    os.pwrite(self._file, _hash_of(owner), place * OWNER_BYTES)
                    return place
        return None

    def has_share(self, owner: str) -> bool:
        """Whether the owner has as many as it may."""
        with self._guarded():
            return self._held_by(owner) >= self.share

    def leave(self, place: int) -> None:
        """Let others have it."""
        self._unlock(place)
        self._own.remove(place)

    def _held_by(self, owner: str) -> int:
        owners, wanted = os.pread(self._file, self.count * OWNER_BYTES, 0), _hash_of(owner)
        its = (at for at in range(self.count) if owners.startswith(wanted, at * OWNER_BYTES))
        return sum(map(self._is_held, its))

    def _is_held(self, place: int) -> bool:
        if not self._lock(place):
            return True
        self._unlock(place)
        return False

    def _lock(self, place: int) -> bool:
        if place in self._own:
            return False
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except OSError:
            return False
        return True

    def _unlock(self, place: int) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_UN, 1, place)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        fcntl.lockf(self._file, fcntl.LOCK_EX, 1, GUARD_AT)
        try:
            yield
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, GUARD_AT)


def _hash_of(owner: str) -> bytes:
    return blake2b(owner.encode(), digest_size=OWNER_BYTES).digest()
