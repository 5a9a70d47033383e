"""The service's restart, asked for by a page that a web worker of it serves: as `netledger service restart` does.

The worker that asks is one of those that leave; it answers what it has begun first, so the page hears how it went.
"""

import os
import signal
import time

from netledger.backoffice.service import Attempt
from netledger.installation.full_disk import require_room
from netledger.installation.home import home_from_environment
from netledger.installation.lock import holder_of
from netledger.installation.settings import read_settings
from netledger.server.errors import NotRunning
from netledger.server.state import read_state


class RunningService:
    """The supervisor of the home that this process belongs to."""

    def __init__(self) -> None:
        self.home = home_from_environment()

    def ask_for_restart(self) -> float:
        """Signal it. Raises: ConfigUnreadable, ConfigRefused, DiskFull, NotRunning."""
        read_settings(self.home.config)
        require_room(self.home.path)
        holder = holder_of(self.home)
        if holder is None:
            raise NotRunning(path=str(self.home.path))
        asked_s = time.monotonic()
        os.kill(holder.pid, signal.SIGHUP)
        return asked_s

    def restarted_since(self, asked_s: float) -> Attempt | None:
        """What it tells of its last attempt, if that began after it was asked."""
        state = read_state(self.home)
        if state is None or state.attempt is None or state.attempt.begun_s < asked_s:
            return None
        return Attempt(state.attempt.failed_ru, state.attempt.failed_en)
