"""One generation of web processes: started on the shared socket, ready when each of its workers said so.

A pipe tells it: each worker writes a byte when it serves, and the pipe ends when none of them, nor their master, holds
it any more: each lets it go at the moment from which it takes no new connection.
"""

import contextlib
import os
import socket
import subprocess
from dataclasses import dataclass

from netledger.installation.home import Home
from netledger.server.children import start_module

LISTEN_VARIABLE = "NETLEDGER_LISTEN_FD"
READY_VARIABLE = "NETLEDGER_READY_FD"
WORKERS_VARIABLE = "NETLEDGER_WORKERS"
WORKERS_MAX = 4
SAID_MAX_BYTES = 64
GRACEFUL_S = 600
"""So long a worker that was told to stop goes on sending what is in flight."""


@dataclass
class Generation:
    """gunicorn's master with its workers, and the pipe on which they tell of themselves."""

    master: subprocess.Popen[bytes]
    workers: int
    _pipe: int
    _said_ready: int = 0

    def has_ended(self) -> bool:
        """Whether the master is gone."""
        self._listen()
        return self.master.poll() is not None

    def is_ready(self) -> bool:
        """Whether every worker serves."""
        self._listen()
        return self._said_ready >= self.workers

    def takes_nobody(self) -> bool:
        """Whether none of its workers takes a new connection any more; what is in flight may still go on."""
        self._listen()
        return self._pipe < 0

    def _listen(self) -> None:
        """Take what the workers have said, one that was started in the place of another included."""
        if self._pipe < 0:
            return
        try:
            said = os.read(self._pipe, SAID_MAX_BYTES)
        except BlockingIOError:
            return
        self._said_ready += len(said)
        if not said:
            os.close(self._pipe)
            self._pipe = -1


def start_generation(home: Home, listener: socket.socket) -> Generation:
    """Start web processes beside whatever serves on that socket already."""
    workers = min(len(os.sched_getaffinity(0)), WORKERS_MAX)
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    environ = {
        LISTEN_VARIABLE: str(listener.fileno()),
        READY_VARIABLE: str(writing),
        WORKERS_VARIABLE: str(workers),
    }
    try:
        master = start_module(
            home, "netledger.server.web", environ=environ, pass_fds=(listener.fileno(), writing)
        )
    finally:
        os.close(writing)
    return Generation(master, workers, reading)


def say_ready() -> None:
    """Tell whoever started the web that this worker serves."""
    with contextlib.suppress(OSError):
        os.write(int(os.environ[READY_VARIABLE]), b".")


def say_left() -> None:
    """Tell whoever started the web that this process takes no new connection from now on."""
    descriptor = os.environ.pop(READY_VARIABLE, None)
    if descriptor is not None:
        os.close(int(descriptor))
