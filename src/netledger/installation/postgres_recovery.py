"""What a killed PostgreSQL leaves behind: processes that hold its shared memory, its pid file and its socket.

Only processes whose executable is this `postgres` and whose working folder is this cluster are ended, and
only by who holds the home's lock.
"""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from netledger.installation.errors import ClusterBusy
from netledger.installation.postgres_account import command_as_owner
from netledger.installation.postgres_binaries import postgres_folder, system_program

GRACE_S = 2.0
"""A server whose parent was killed is stopping cleanly: it gets this long before it is killed."""
KILL_TIMEOUT_S = 30.0
PAUSE_S = 0.02
DELETED = " (deleted)"
"""What the kernel adds to the name of an executable that was replaced while it ran."""


class Leftover(NamedTuple):
    """A process that works in a cluster's folder."""

    pid: int
    program: str
    """Its executable; empty while it is ending and has none any more."""


def end_leftovers(cluster: Path) -> None:
    """End what still runs in the cluster, so that a new server can start, and take its pid file away.

    Raises: ClusterBusy: a PostgreSQL of another origin works there, or a process does not end.
    """
    _ask_to_stop(cluster)
    give_up_at = time.monotonic() + KILL_TIMEOUT_S
    while left := leftovers_in(cluster):
        for leftover in left:
            if leftover.program:
                _signal(leftover.pid, signal.SIGKILL)
        if time.monotonic() > give_up_at:
            raise ClusterBusy(path=str(cluster), program=left[0].program, pid=left[0].pid)
        time.sleep(PAUSE_S)
    (cluster / "postmaster.pid").unlink(missing_ok=True)


def leftovers_in(cluster: Path) -> list[Leftover]:
    """The processes of this `postgres` that work in the cluster; a zombie has ended and is not among them.

    Raises: ClusterBusy: a PostgreSQL of another origin works there.
    """
    ours = str(postgres_folder() / "postgres")
    found = []
    for leftover in _working_in(cluster):
        if leftover.program not in (ours, ""):
            if Path(leftover.program).name == "postgres":
                raise ClusterBusy(path=str(cluster), program=leftover.program, pid=leftover.pid)
            continue
        found.append(leftover)
    return found


def server_pid(cluster: Path) -> int | None:
    """The process id that the cluster's pid file names, whether it lives or not."""
    lines = pid_file_lines(cluster)
    return int(lines[0]) if lines and lines[0].isdigit() else None


def pid_file_lines(cluster: Path) -> list[str]:
    """The lines of the server's pid file; none, if there is none."""
    try:
        return (cluster / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []


def _working_in(cluster: Path) -> Iterator[Leftover]:
    if not cluster.exists():
        return
    place = str(cluster.resolve())
    for pid in sorted(int(name) for name in os.listdir("/proc") if name.isdigit()):  # noqa: PTH208
        if _link(pid, "cwd", cluster) == place:
            yield Leftover(pid, _link(pid, "exe", cluster).removesuffix(DELETED))


def _link(pid: int, name: Literal["cwd", "exe"], cluster: Path) -> str:
    """Where the link of a process leads; empty for one that is ending, a zombie, or somebody else's."""
    link = f"/proc/{pid}/{name}"
    try:
        return os.readlink(link)  # noqa: PTH115 - compared as text, " (deleted)" included
    except (FileNotFoundError, ProcessLookupError):
        return ""
    except PermissionError:
        return _link_seen_by_owner(cluster, pid, link)


def _link_seen_by_owner(cluster: Path, pid: int, link: str) -> str:
    """The same, asked as the cluster's owner: root in a container may not look at another user's process."""
    try:
        is_theirs = os.geteuid() != cluster.stat().st_uid == Path(f"/proc/{pid}").stat().st_uid
    except FileNotFoundError:
        return ""
    if not is_theirs:
        return ""
    command = command_as_owner(cluster, [system_program("readlink"), link], death_signal="KILL")
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip("\n")  # noqa: S603


def _ask_to_stop(cluster: Path) -> None:
    """Let a server that still lives end its sessions and write its checkpoint, for a while."""
    pid = server_pid(cluster)
    if pid not in {leftover.pid for leftover in leftovers_in(cluster) if leftover.program}:
        return
    assert pid is not None
    _signal(pid, signal.SIGINT)
    kill_at = time.monotonic() + GRACE_S
    while leftovers_in(cluster) and time.monotonic() < kill_at:
        time.sleep(PAUSE_S)


def _signal(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
