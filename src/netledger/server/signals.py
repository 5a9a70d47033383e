"""Signals as a queue: taken between steps, so that no step is torn, and looked at while one waits."""

import contextlib
import queue
import signal
import time
from collections.abc import Callable
from types import FrameType

STOPPING = (signal.SIGTERM, signal.SIGINT)
TAKEN = (*STOPPING, signal.SIGHUP, signal.SIGCHLD)
LOOK_EVERY_S = 0.02


class StopAsked(Exception):
    """SIGTERM or SIGINT came."""


class Signals:
    """What was asked of this process by signals, in its order; one that ends it is never overlooked."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[int] = queue.SimpleQueue()
        self.restart_asked = False

    def take(self) -> None:
        """From now on signals come here."""
        for number in TAKEN:
            signal.signal(number, self._note)

    def wait(self, timeout_s: float) -> None:
        """Wait for a signal or the end of a child.

        Raises: StopAsked.
        """
        try:
            number = self._queue.get(timeout=timeout_s)
        except queue.Empty:
            return
        if number in STOPPING:
            raise StopAsked
        self.restart_asked = self.restart_asked or number == signal.SIGHUP

    def rest(self, timeout_s: float) -> None:
        """Wait a little, whatever is asked meanwhile."""
        with contextlib.suppress(queue.Empty):
            self._queue.get(timeout=timeout_s)

    def wait_until(self, holds: Callable[[], bool], timeout_s: float) -> bool:
        """Wait until that holds; whether it did in time.

        Raises: StopAsked.
        """
        give_up_at = time.monotonic() + timeout_s
        while not holds():
            if time.monotonic() > give_up_at:
                return False
            self.wait(LOOK_EVERY_S)
        return True

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self._queue.put(number)
