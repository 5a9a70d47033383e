"""The processes that the supervisor keeps: each ends when the supervisor does, also by kill -9."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

from netledger.installation.home import VARIABLE as HOME_VARIABLE
from netledger.installation.home import Home
from netledger.installation.postgres_binaries import system_program
from netledger.installation.roles import Role
from netledger.server.metrics_folder import VARIABLE as METRICS_VARIABLE
from netledger.server.metrics_folder import folder_of
from netledger.server.systemd import VARIABLE as SYSTEMD_VARIABLE

LEAVE_WITHIN_S = 35.0
"""What was asked to end is killed after so long."""
PAUSE_MIN_S = 1.0
PAUSE_MAX_S = 30.0
WELL_AFTER_S = 60.0
"""A process that lived so long did not fail at starting: the next one is started after the shortest pause."""


def start_module(
    home: Home,
    module: str,
    *arguments: str,
    role: Role = "server",
    environ: Mapping[str, str] | None = None,
    pass_fds: Sequence[int] = (),
    shown: bool = False,
) -> subprocess.Popen[bytes]:
    """Start `python -m MODULE` for that home.

    It is in a session of its own, so that Ctrl-C in a terminal reaches the supervisor alone, which then stops
    everything in order; and systemd hears of the supervisor alone.

    Args:
        role: whom it is to the database.
        shown: it writes to our own output, and else to HOME/log/output.log.
    """
    argv = [
        system_program("setpriv"),
        "--pdeathsig",
        "TERM",
        "--",
        sys.executable,
        "-P",
        "-m",
        module,
        *arguments,
    ]
    own = {
        HOME_VARIABLE: str(home.path),
        METRICS_VARIABLE: str(folder_of(home)),
        "NETLEDGER_ROLE": role,
        **(environ or {}),
    }
    output = None if shown else os.open(output_log(home), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        return subprocess.Popen(  # noqa: S603
            argv,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={name: text for name, text in os.environ.items() if name != SYSTEMD_VARIABLE} | own,
            pass_fds=pass_fds,
            start_new_session=True,
        )
    finally:
        if output is not None:
            os.close(output)


def output_log(home: Home) -> str:
    """The file that takes what our processes print: nothing, unless one fails to start."""
    return str(home.log / "output.log")


def end(child: subprocess.Popen[bytes]) -> None:
    """Ask the process to end, if it runs."""
    if child.poll() is None:
        child.send_signal(signal.SIGTERM)


class Leaving:
    """Processes that were asked to end, and are killed if they do not in time."""

    def __init__(self) -> None:
        self._children: list[tuple[subprocess.Popen[bytes], float]] = []

    def add(self, child: subprocess.Popen[bytes], patience_s: float = LEAVE_WITHIN_S) -> None:
        """Ask the process to end."""
        end(child)
        self._children.append((child, time.monotonic() + patience_s))

    def hurry(self) -> None:
        """From now on wait for nobody longer than usual."""
        at_last = time.monotonic() + LEAVE_WITHIN_S
        self._children = [(child, min(kill_at, at_last)) for child, kill_at in self._children]

    def look(self) -> bool:
        """Kill what has been asked for too long; whether any is left."""
        self._children = [(child, kill_at) for child, kill_at in self._children if child.poll() is None]
        for child, kill_at in self._children:
            if time.monotonic() > kill_at:
                child.kill()
        return bool(self._children)


class Pause:
    """How long to wait before something that ended is started anew: longer each time that it ends soon."""

    def __init__(self) -> None:
        self.pause_s = PAUSE_MIN_S
        self.started_at_s = time.monotonic()
        self.next_at_s: float | None = None

    def is_over(self) -> bool:
        """Called while the thing is down; whether it is time to start it, which the caller then does."""
        now_s = time.monotonic()
        if self.next_at_s is None:
            if now_s - self.started_at_s > WELL_AFTER_S:
                self.pause_s = PAUSE_MIN_S
            self.next_at_s = now_s + self.pause_s
        if now_s < self.next_at_s:
            return False
        self.pause_s = min(2 * self.pause_s, PAUSE_MAX_S)
        self.started_at_s = now_s
        self.next_at_s = None
        return True
