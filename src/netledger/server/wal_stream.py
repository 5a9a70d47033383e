"""Keeps the WAL beside the backups: `python -m netledger.server.wal_stream` streams while the service runs.

It begins with the first backup. What stands in its way is logged once until it is over, and told in run/wal.json.
"""

import contextlib
import os
import signal
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from netledger.errors import Refusal
from netledger.installation.backup.folder import BackupFolder, folder_of
from netledger.installation.backup.receiver import Receiver, free_bytes, places_of, room_bytes_min
from netledger.installation.backup.slots import has_hole_before, is_any_kept, stream_in_use
from netledger.installation.backup.stream_state import (
    HOLE,
    Phase,
    StreamState,
    forget_state,
    read_through,
    tell_state,
    tell_through,
)
from netledger.installation.backup.wal_times import stopped_at
from netledger.installation.home import Home, home_from_environment
from netledger.installation.postgres import Cluster
from netledger.installation.settings import read_settings
from netledger.server import logs

EVERY_S = 1.0
NAP_S = 0.1
THROUGH_EVERY = timedelta(seconds=10)
PATIENCE_S = 10.0
"""For how long something may stand in the way before the log says so: PostgreSQL may be starting anew."""
BEHIND_BYTES_MAX = 64 * 2**20
CONNECT_TIMEOUT_S = 5
STATEMENT_TIMEOUT_MS = 5000


class WalKeeper:
    """Looks each second at the stream, and does what it needs."""

    def __init__(self, home: Home, folder: BackupFolder, *, room_bytes: int | None = None) -> None:
        """Nothing is touched before `look`.

        Args:
            room_bytes: how much of the disk stays free; without it, what suits the disk.
        """
        self.home = home
        self.folder = folder
        self.room_bytes = room_bytes
        self.begun_at = datetime.now(UTC)
        self.state = StreamState(phase="idle", told_at=self.begun_at)
        self._receiver: Receiver | None = None
        self._superuser: psycopg.Connection | None = None
        self._pending: tuple[datetime, int] | None = None
        self._told_through: datetime | None = None
        self._trouble_since_s: float | None = None
        self._is_told = False

    def look(self) -> None:
        """Start what is not there, measure what is, and tell."""
        try:
            phase, trouble = self._stream()
        except (psycopg.Error, OSError, Refusal) as reason:
            self._disconnect()
            phase, trouble = "stalled", str(reason).partition("\n")[0]
        self.state = StreamState(
            phase=phase,
            told_at=datetime.now(UTC),
            behind_bytes=self.state.behind_bytes if phase != "idle" else 0,
            through=self.state.through if phase != "idle" else None,
            trouble=trouble,
            begun_at=self.begun_at,
            last_backup_at=self._last_backup_at(),
        )
        self._log()
        with contextlib.suppress(OSError):  # where the home's disk is full, the log cannot say so either
            tell_state(self.home, self.state)

    def stop(self) -> None:
        """End the stream; where PostgreSQL was stopped before, in its own order, it has had all to the end."""
        if self._receiver and self._receiver.has_ended():
            ended_at = stopped_at(self.home.cluster)
            if ended_at and self.state.behind_bytes < BEHIND_BYTES_MAX:
                tell_through(self._receiver.stream, ended_at)
        self._end_receiver()
        self._disconnect()
        forget_state(self.home)

    def _stream(self) -> tuple[Phase, str]:
        superuser = self._connected()
        streams = self.folder.streams()
        if not streams:
            self._end_receiver()
            if is_any_kept(superuser):  # a disk that is not mounted, perhaps: what is kept stays kept
                return "stalled", f"there is no stream in {self.folder.path}: look for it, or make a backup"
            return "idle", ""
        if not self._has_room():
            self._end_receiver()
            self._measure(superuser, streams[-1])
            return "no_room", f"less than {self.room_bytes} bytes are free in {self.folder.path}"
        if self._receiver is None or self._receiver.has_ended() or self._receiver.stream != streams[-1]:
            trouble = self._receiver.trouble() if self._receiver and self._receiver.has_ended() else ""
            self._begin(superuser, streams[-1])
            if trouble:
                return "stalled", trouble
        assert self._receiver is not None
        received = self._measure(superuser, self._receiver.stream)
        return ("streaming", "") if received else ("stalled", "the stream has not begun yet")

    def _begin(self, superuser: psycopg.Connection, last: Path) -> None:
        """Start pg_receivewal; in a new stream, perhaps after a hole, if PostgreSQL has kept nothing for the last."""
        self._end_receiver()
        stream = stream_in_use(superuser, self.folder)
        if stream != last and has_hole_before(superuser, self.folder, stream):
            (stream / HOLE).touch()
            logs.log.error("wal has a hole", cure="netledger backup", stream=stream.name)
        self._receiver = Receiver(self.home, stream)

    def _measure(self, superuser: psycopg.Connection, stream: Path) -> bool:
        """Note how far behind the stream is; whether anything receives."""
        places = places_of(superuser, stream)
        through = self.state.through or read_through(stream)
        if places.received is not None:
            at, wanted = self._pending or (places.at, places.written)
            self._pending = at, wanted
            if places.received >= wanted:
                through, self._pending = at, None
                self._tell_through(stream, at)
        self.state = StreamState(
            phase=self.state.phase, told_at=places.at, behind_bytes=places.behind_bytes, through=through
        )
        return places.received is not None

    def _tell_through(self, stream: Path, moment: datetime) -> None:
        if self._told_through is None or moment - self._told_through >= THROUGH_EVERY:
            tell_through(stream, moment)
            self._told_through = moment

    def _log(self) -> None:
        """Say once that something stands in the way, when it has for a while, and once that it is over."""
        behind = self.state.behind_bytes > BEHIND_BYTES_MAX
        if self.state.phase in ("idle", "streaming") and not behind:
            if self._is_told:
                logs.log.info("wal stream works again")
            self._trouble_since_s, self._is_told = None, False
            return
        now_s = time.monotonic()
        self._trouble_since_s = self._trouble_since_s or now_s
        if not self._is_told and now_s - self._trouble_since_s >= PATIENCE_S:
            self._is_told = True
            logs.log.error(
                "wal stream is behind",
                phase=self.state.phase,
                behind_bytes=self.state.behind_bytes,
                trouble=self.state.trouble,
            )

    def _last_backup_at(self) -> datetime | None:
        with contextlib.suppress(OSError):
            if bases := self.folder.bases():
                return bases[-1].facts.finished_at
        return None

    def _has_room(self) -> bool:
        if self.room_bytes is None:
            self.room_bytes = room_bytes_min(self.home, self.folder)
        return free_bytes(self.folder) >= self.room_bytes

    def _connected(self) -> psycopg.Connection:
        if self._superuser is None:
            self._superuser = psycopg.connect(
                Cluster(self.home).superuser_conninfo(),
                autocommit=True,
                connect_timeout=CONNECT_TIMEOUT_S,
                options=f"-c statement_timeout={STATEMENT_TIMEOUT_MS}",
            )
        return self._superuser

    def _disconnect(self) -> None:
        if self._superuser is not None:
            self._superuser.close()
            self._superuser = None

    def _end_receiver(self) -> None:
        if self._receiver is not None:
            self._receiver.end()
            self._receiver = None


def main() -> None:
    """The command."""
    home = home_from_environment()
    logs.configure(home, "wal_stream")
    keeper = WalKeeper(home, folder_of(home, read_settings(home.active_config)))
    asked: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: asked.append(number))
    os.umask(0o077)
    while not asked:
        begun_s = time.monotonic()
        keeper.look()
        while not asked and time.monotonic() < begun_s + EVERY_S:
            time.sleep(NAP_S)
    keeper.stop()


if __name__ == "__main__":
    main()
