"""The lock of a home: one netledger at a time, and a second one learns who runs there.

It is an flock on HOME/run/lock, which the kernel frees when its holder ends, however that happens. Its
descriptor is closed on exec, so that no child keeps a dead holder's lock.
"""

import fcntl
import os
import time
from typing import NamedTuple, Self

from netledger.installation.errors import HomeBusy
from netledger.installation.full_disk import full_disk_named
from netledger.installation.home import Home

PATIENCE_S = 0.3
"""How long a lock is tried for: another may be only looking, or not have written its name yet."""
PAUSE_S = 0.02
TEXT_BYTES_MAX = 4096


class Holder(NamedTuple):
    """Who holds a home's lock."""

    pid: int
    address: str
    """Where it listens, `address:port`."""


class HomeLock:
    """The lock of one home, held from `acquire` to `release` or to the end of the process."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._descriptor: int | None = None

    def acquire(self, *, address: str) -> Self:
        """Take the lock and write who holds it.

        Args:
            address: where the holder listens, for people to read.

        Raises: HomeBusy, DiskFull.
        """
        descriptor = _open(self._home)
        holder = _lock_or_holder(descriptor, fcntl.LOCK_EX)
        if holder is not None:
            os.close(descriptor)
            raise HomeBusy(path=str(self._home.path), pid=holder.pid, address=holder.address)
        self._descriptor = descriptor
        self.announce(address)
        return self

    def announce(self, address: str) -> None:
        """Write anew where the holder listens.

        Raises: DiskFull.
        """
        assert self._descriptor is not None, "the lock is not held"
        text = f"{os.getpid()} {address}\n".encode()
        with full_disk_named(self._home.path):
            os.pwrite(self._descriptor, text, 0)
        os.ftruncate(self._descriptor, len(text))

    def release(self) -> None:
        """Give the lock back. The file stays: to remove it would let two hold it."""
        if self._descriptor is None:
            return
        os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)
        self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def holder_of(home: Home) -> Holder | None:
    """Who holds the home's lock now; None, if nobody does."""
    try:
        descriptor = os.open(home.run / "lock", os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        return _lock_or_holder(descriptor, fcntl.LOCK_SH)
    finally:
        os.close(descriptor)


def is_held_here(home: Home) -> bool:
    """Whether this process wrote itself down as the holder."""
    try:
        return (home.run / "lock").read_bytes().startswith(b"%d " % os.getpid())
    except FileNotFoundError:
        return False


def _open(home: Home) -> int:
    with full_disk_named(home.path):
        home.run.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.open(home.run / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _try_flock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lock_or_holder(descriptor: int, kind: int) -> Holder | None:
    """Take the lock (None), or tell who holds it."""
    give_up_at = time.monotonic() + PATIENCE_S
    while not _try_flock(descriptor, kind):
        if time.monotonic() > give_up_at:
            return _holder_told(descriptor)
        time.sleep(PAUSE_S)
    return None


def _holder_told(descriptor: int) -> Holder:
    """What the holder has written, which it does right after it has the lock."""
    pid, _, address = os.pread(descriptor, TEXT_BYTES_MAX, 0).decode(errors="replace").strip().partition(" ")
    return Holder(int(pid) if pid.isdigit() else 0, address)
