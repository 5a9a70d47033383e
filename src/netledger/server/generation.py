"""One generation of web processes: started on the shared socket, ready when each of its workers said so."""

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
GRACEFUL_S = 600
"""So long a worker that was told to stop goes on sending what is in flight."""


@dataclass
class Generation:
    """gunicorn's master with its workers, and the pipe on which each worker says that it serves."""

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

    def _listen(self) -> None:
        """Take what the workers have said; the pipe is closed when all did, or when they are gone."""
        if self._pipe < 0:
            return
        try:
            said = os.read(self._pipe, self.workers)
        except BlockingIOError:
            return
        self._said_ready += len(said)
        if not said or self._said_ready >= self.workers:
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
