"""The embedded PostgreSQL of one home: made, started, recovered and stopped.

Whoever starts or stops it holds the home's lock (`installation/lock.py`). The server is a child of the thread
that started it, and stops cleanly when that thread ends or its process is killed.
"""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import psycopg

from netledger.installation.backup.swap import finish_restore
from netledger.installation.database import embedded_conninfo
from netledger.installation.errors import ClusterFailed
from netledger.installation.full_disk import full_disk_named
from netledger.installation.home import Home
from netledger.installation.lock import is_held_here
from netledger.installation.postgres_account import command_as_owner
from netledger.installation.postgres_binaries import postgres_folder
from netledger.installation.postgres_creation import (
    ENVIRONMENT,
    check_version,
    last_line,
    make_cluster,
    make_roles_and_database,
)
from netledger.installation.postgres_recovery import end_leftovers, pid_file_lines
from netledger.installation.postgres_socket import (
    PORT,
    prepare_socket_folder,
    remove_link,
    remove_socket_files,
)
from netledger.installation.roles import DATABASE, ROLES, SUPERUSER, Role

KEPT_FOR_STREAM_MIB = 1024
"""How much WAL PostgreSQL keeps at most for a stream that stands still."""
FIXED_SETTINGS = {
    "listen_addresses": "",  # nothing on TCP: whoever may enter the socket's folder is trusted
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "logging_collector": "off",
    "log_destination": "stderr",
    # A failed statement's values may be secrets, and lesser messages quote them.
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",
    "log_min_duration_statement": "-1",
    "log_statement": "none",
    # A stream of WAL that stands still costs so much of the disk and no more; and holds a stop up so long.
    "wal_level": "replica",
    "max_slot_wal_keep_size": f"{KEPT_FOR_STREAM_MIB}MB",
    "wal_sender_timeout": "30s",
}
"""What must hold whatever postgresql.conf says."""
START_TIMEOUT_S = 600.0
"""Recovery reads what was written since the last checkpoint: seconds, on a slow disk minutes."""
STOP_TIMEOUT_S = 60.0
QUIT_TIMEOUT_S = 5.0
PAUSE_S = 0.01


class Cluster:
    """The embedded PostgreSQL of one home."""

    def __init__(
        self,
        home: Home,
        *,
        folder: Path | None = None,
        extra_settings: Mapping[str, str] | None = None,
        start_timeout_s: float = START_TIMEOUT_S,
    ) -> None:
        """Name the cluster; nothing is touched yet.

        Args:
            folder: where it lies, if not in its place: a restored one that has to prove itself.
            extra_settings: settings of PostgreSQL that stand above all others; tests trade safety for speed.
        """
        self._home = home
        self._folder = folder or home.cluster
        self._settings = {**FIXED_SETTINGS, **(extra_settings or {})}
        self._start_timeout_s = start_timeout_s
        self.process: subprocess.Popen[bytes] | None = None
        """The running server; its end is the server's end."""

    def start(self) -> None:
        """Make the cluster if need be, end what a killed server left, start it and wait until it answers.

        Raises: DiskFull, ClusterVersion, ClusterForeign, ClusterBusy, ClusterFailed, PostgresNeedsUser,
            PostgresMissing.
        """
        assert is_held_here(self._home), "the home's lock is not held"
        with full_disk_named(self._home.path, ClusterFailed, psycopg.Error):
            if self._folder == self._home.cluster:
                finish_restore(self._home)
            make_cluster(self._folder)
            check_version(self._folder)
            end_leftovers(self._folder)
            remove_socket_files(self._home)
            try:
                self._launch()
                make_roles_and_database(self.superuser_conninfo())
            except BaseException:
                self._end_server()
                raise

    def stop(self) -> None:
        """Stop the server, if it runs, and take away what clients found it by."""
        self._end_server()
        remove_socket_files(self._home)
        remove_link(self._home)

    def conninfo(self, role: Role, dbname: str = DATABASE) -> str:
        """What libpq needs to reach a database of the cluster in that role."""
        return embedded_conninfo(self._home, user=ROLES[role], dbname=dbname)

    def superuser_conninfo(self, dbname: str = "postgres") -> str:
        """The same for who makes roles and databases; the server has no use for it."""
        return embedded_conninfo(self._home, user=SUPERUSER, dbname=dbname)

    def _launch(self) -> None:
        """Start the server and wait until it answers."""
        cluster = self._folder
        settings = self._settings | {"unix_socket_directories": f'"{prepare_socket_folder(self._home)}"'}
        command = [str(postgres_folder() / "postgres"), "-D", str(cluster)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        log = self._home.log / "postgres.log"
        log.parent.mkdir(mode=0o700, exist_ok=True)
        with open(log, "ab", opener=_open_closed) as written:
            logged_before = written.tell()
            self.process = subprocess.Popen(  # noqa: S603
                command_as_owner(cluster, command, death_signal="INT"),
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=written,
                env=ENVIRONMENT,
                cwd="/",
                start_new_session=True,  # a terminal's Ctrl-C is its parent's to answer
            )
        if not self._becomes_ready():
            with log.open("rb") as read:
                read.seek(logged_before)
                raise ClusterFailed(path=str(cluster), why=last_line(read.read().decode(errors="replace")))

    def _end_server(self) -> None:
        """End the sessions, write a checkpoint and stop; harder, if that takes too long."""
        if self.process is None:
            return
        for number, timeout_s in ((signal.SIGINT, STOP_TIMEOUT_S), (signal.SIGQUIT, QUIT_TIMEOUT_S)):
            self.process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout_s)
                break
        end_leftovers(self._folder)
        self.process.wait()
        self.process = None

    def _becomes_ready(self) -> bool:
        """Wait until the server's pid file says that it takes connections."""
        assert self.process is not None
        give_up_at = time.monotonic() + self._start_timeout_s
        while self.process.poll() is None and time.monotonic() < give_up_at:
            lines = pid_file_lines(self._folder)
            if len(lines) > 7 and lines[0] == str(self.process.pid) and lines[7].strip() == "ready":
                return True
            time.sleep(PAUSE_S)
        return False


def _open_closed(path: str, flags: int) -> int:
    """Open a file that only its owner reads."""
    return os.open(path, flags, 0o600)
