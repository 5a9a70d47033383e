"""HOME/run/wal.json: how the stream of WAL beside the backups does, for whoever watches.

The moment through which it is complete stands beside its segments too, where a restore finds it on another machine.
"""

from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from netledger.installation.home import Home

Phase = Literal["idle", "streaming", "stalled", "no_room"]
"""Without a backup there is nothing to stream for; else it runs, or does not, or may not fill the disk up."""
THROUGH = "through"
HOLE = "hole"
"""A file of a stream that does not go on from where the one before it ended."""


class StreamState(Struct, frozen=True, kw_only=True):
    """How the stream does."""

    phase: Phase
    told_at: datetime
    behind_bytes: int = 0
    """What PostgreSQL has written and the stream has not."""
    through: datetime | None = None
    """All that was committed before is in the stream."""
    trouble: str = ""
    """What stands in its way, as the program that writes it says."""
    begun_at: datetime | None = None
    """When the process was started that keeps the stream."""
    last_backup_at: datetime | None = None
    """When the newest base backup was finished."""

    def behind_s(self, now: datetime) -> float:
        """For how long what was committed may not be in the stream; 0 without one."""
        if self.phase == "idle":
            return 0.0
        return (now - self.through).total_seconds() if self.through else float("inf")


def tell_state(home: Home, state: StreamState) -> None:
    """Tell how the stream does; after a crash of the machine nobody needs to know."""
    _replace(home.run / "wal.json", msgspec.json.encode(state))


def read_state(home: Home) -> StreamState | None:
    """What was told last; None where no service runs."""
    try:
        return msgspec.json.decode((home.run / "wal.json").read_bytes(), type=StreamState)
    except FileNotFoundError:
        return None


def forget_state(home: Home) -> None:
    """Nobody keeps the stream any more."""
    (home.run / "wal.json").unlink(missing_ok=True)


def tell_through(stream: Path, moment: datetime) -> None:
    """Write down that all that was committed before the moment is in the stream."""
    _replace(stream / THROUGH, moment.isoformat().encode())


def read_through(stream: Path) -> datetime | None:
    """The moment through which the stream is complete."""
    try:
        return datetime.fromisoformat((stream / THROUGH).read_text(encoding="ascii"))
    except FileNotFoundError:
        return None


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)
