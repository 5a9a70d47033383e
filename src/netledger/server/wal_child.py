"""The supervisor's child that keeps the WAL beside the backups; with a database of the provider's own there is none."""

import subprocess

from netledger.installation.home import Home
from netledger.server.children import Leaving, Pause, start_module

MODULE = "netledger.server.wal_stream"


class WalChild:
    """The process of `server/wal_stream.py`."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.process: subprocess.Popen[bytes] | None = None
        self._pause = Pause()

    def renew(self, leaving: Leaving) -> None:
        """Start it, or another in its place, which reads the configuration that is in force now."""
        if self.process:
            leaving.add(self.process)
        self.process = start_module(self.home, MODULE)

    def keep(self) -> bool:
        """Start it anew, if it has ended and the pause for that is over; whether it was."""
        if self.process is None or self.process.poll() is None or not self._pause.is_over():
            return False
        self.process = start_module(self.home, MODULE)
        return True
