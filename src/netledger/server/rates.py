"""How often each caller called of late, in one file that all web processes share, so that the bound is exact.

A bucket leaks at the rate that is allowed, and each call pours one into it; when it is full, the caller has to wait.
The file is a table of as many buckets as there are callers with a memory, and more: where two want the same place,
the one that called last keeps it. A kernel lock guards it, which a killed process leaves by itself.
"""

import fcntl
import mmap
import os
import struct
import time
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from netledger.installation.home import Home

BUCKETS = 4096
TRIED = 8
"""Places where the bucket of one caller may be."""
BURST_S = 60
"""What so long a time allows may come at once."""

_BUCKET = struct.Struct("<Qdd")
"""The caller's hash, what is in the bucket, and when that was so, by the machine's monotonic clock."""


def forget_rates(home: Home) -> None:
    """Since the machine was started the clock may have begun anew."""
    _path_of(home).unlink(missing_ok=True)


class Rates:
    """The buckets of that home, each leaking at `a_second_max`."""

    def __init__(self, home: Home, *, a_second_max: int) -> None:
        self.a_second_max = a_second_max
        self._file = os.open(_path_of(home), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        os.posix_fallocate(self._file, 0, BUCKETS * _BUCKET.size)
        self._table = mmap.mmap(self._file, BUCKETS * _BUCKET.size)

    def wait_s(self, address: str, context: str) -> float:
        """Count a call, or say in how many seconds the next one would be taken; it is not counted then."""
        caller, now_s = _hash_of(address, context), time.monotonic()
        fcntl.lockf(self._file, fcntl.LOCK_EX)
        try:
            at, held, since_s = self._find(caller)
            held = max(0.0, held - max(0.0, now_s - since_s) * self.a_second_max)
            over = held + 1 - BURST_S * self.a_second_max
            if over > 0:
                return over / self.a_second_max
            _BUCKET.pack_into(self._table, at, caller, held + 1, now_s)
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN)
        return 0.0

    def _find(self, caller: int) -> tuple[int, float, float]:
        """Where the caller's bucket is, what it held and when; an empty one instead of whose is unused longest."""
        unused_at, unused_since_s = 0, float("inf")
        for step in range(TRIED):
            at = (caller + step) % BUCKETS * _BUCKET.size
            owner, held, since_s = _BUCKET.unpack_from(self._table, at)
            if owner == caller:
                return at, held, since_s
            if since_s < unused_since_s:
                unused_at, unused_since_s = at, since_s
        return unused_at, 0.0, 0.0


@lru_cache(maxsize=BUCKETS)
def _hash_of(address: str, context: str) -> int:
    return int.from_bytes(blake2b(f"{address} {context}".encode(), digest_size=8).digest()) or 1


def _path_of(home: Home) -> Path:
    return home.run / "rates"
