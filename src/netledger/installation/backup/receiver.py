"""Writes the stream of WAL: runs pg_receivewal and measures how far behind PostgreSQL it is."""

import contextlib
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import psycopg

from netledger.installation.backup import programs
from netledger.installation.backup.folder import BackupFolder
from netledger.installation.backup.segments import parse_lsn
from netledger.installation.backup.slots import slot_of
from netledger.installation.full_disk import nearly_full_below_bytes
from netledger.installation.home import Home
from netledger.installation.postgres import KEPT_FOR_STREAM_MIB
from netledger.installation.postgres_creation import ENVIRONMENT, last_line

PLACES = """
    SELECT clock_timestamp(), pg_current_wal_flush_lsn()::text,
           r.write_lsn::text, s.restart_lsn::text
      FROM (VALUES (%s)) AS asked (slot_name)
      LEFT JOIN pg_replication_slots s USING (slot_name)
      LEFT JOIN pg_stat_replication r ON r.pid = s.active_pid
"""
ROOM_ALONE_BYTES = 256 * 2**20
END_TIMEOUT_S = 5.0
"""It flushes one file and leaves. What was not flushed PostgreSQL keeps, so a kill loses nothing."""


class Places(NamedTuple):
    """How far PostgreSQL and the stream are, at a moment of PostgreSQL's clock."""

    at: datetime
    written: int
    received: int | None
    """None where nothing receives."""
    kept_from: int | None
    """Where what PostgreSQL keeps for the stream begins; None where it keeps nothing."""

    @property
    def behind_bytes(self) -> int:
        """What was written and not received."""
        received = self.kept_from if self.received is None else self.received
        return 0 if received is None else max(0, self.written - received)


class Receiver:
    """One run of pg_receivewal."""

    def __init__(self, home: Home, stream: Path) -> None:
        """Start it; it goes on from the stream's last whole segment, or from what the slot keeps."""
        self.stream = stream
        self._log = home.log / "pg_receivewal.log"
        options = [f"--slot={slot_of(stream)}", f"--directory={stream}", "--no-loop", "--status-interval=1"]
        descriptor = os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            self.process = subprocess.Popen(  # noqa: S603
                programs.command_of("pg_receivewal", *programs.connecting(home), *options),
                stdin=subprocess.DEVNULL,
                stdout=descriptor,
                stderr=descriptor,
                env=ENVIRONMENT,
                cwd="/",
            )
        finally:
            os.close(descriptor)

    def has_ended(self) -> bool:
        """Whether it runs no more."""
        return self.process.poll() is not None

    def trouble(self) -> str:
        """The last that it said."""
        return last_line(self._log.read_text(encoding="utf-8", errors="replace"))

    def end(self) -> None:
        """Let it close its file, and wait for that a while; kill it then, and leave it if its disk holds it even so."""
        for ask in (self.process.terminate, self.process.kill):
            ask()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(END_TIMEOUT_S)
                return


def places_of(superuser: psycopg.Connection, stream: Path) -> Places:
    """How far both are."""
    ((at, written, received, kept_from),) = superuser.execute(PLACES, [slot_of(stream)]).fetchall()
    return Places(at.astimezone(UTC), parse_lsn(written), _place(received), _place(kept_from))


def _place(text: str | None) -> int | None:
    return parse_lsn(text) if text else None


def room_bytes_min(home: Home, folder: BackupFolder) -> int:
    """How much of the disk the stream leaves free: a backup must not stop the service that it is a backup of.

    On the service's disk that is what PostgreSQL may keep for the stream meanwhile, above where `/readyz` says "disk".
    """
    if folder.path.stat().st_dev in (home.path.stat().st_dev, home.cluster.stat().st_dev):
        return nearly_full_below_bytes(folder.path) + KEPT_FOR_STREAM_MIB * 2**20
    return ROOM_ALONE_BYTES


def free_bytes(folder: BackupFolder) -> int:
    """How much of the disk is free."""
    return shutil.disk_usage(folder.path).free
