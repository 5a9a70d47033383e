"""The ticker: `python -m netledger.server.ticker` does each second what time alone brings.

What came due while it did not run it does at its start, since each step looks at the moment and at nothing else.
"""

import os
import signal
import time
from collections.abc import Callable
from datetime import datetime

import django
from django.db import Error, connection

from netledger.installation.home import Home, home_from_environment
from netledger.installation.settings import read_settings
from netledger.server import logs, metrics
from netledger.server.beat import beat
from netledger.server.metrics_folder import folder_of, reserve_files

EVERY_S = 1.0
NAP_S = 0.1

Step = Callable[[datetime], object]


class Ticker:
    """Runs the rooms' steps until it is told to stop, in the middle of none."""

    def __init__(self, home: Home, steps: list[Step], now: Callable[[], datetime]) -> None:
        self.home = home
        self.steps = steps
        self.now = now
        self.stopping = False
        self._troubled: set[str] = set()

    def stop(self, _number: int, _frame: object) -> None:
        """Stop after the step that runs."""
        self.stopping = True

    def run(self) -> None:
        """Tick each second until told to stop."""
        while not self.stopping:
            begun_s = time.monotonic()
            went_well = [self._takes(step) for step in self.steps]
            if all(went_well):
                beat(self.home, os.getpid())
            while not self.stopping and time.monotonic() < begun_s + EVERY_S:
                time.sleep(NAP_S)

    def _takes(self, step: Step) -> bool:
        """Take one step; a failure is told once until it is over, and hinders no other step."""
        name = label_of(step)
        if self.stopping:
            return False
        try:
            with metrics.ticker_steps.labels(name).time():
                step(self.now())
        except Exception as trouble:
            metrics.ticker_failures.labels(name).inc()
            if isinstance(trouble, Error):
                connection.close()
            if name not in self._troubled:
                self._troubled.add(name)
                logs.log_trouble("step failed", trouble, step=name)
            return False
        if name in self._troubled:
            self._troubled.remove(name)
            logs.log.info("step works again", step=name)
        return True


def label_of(step: Step) -> str:
    """By which name the log and the metrics know a step: its room's and its own."""
    room = str(step.__module__).removeprefix("netledger.").partition(".")[0]
    return f"{room}.{step.__name__}"


def main() -> None:
    """The command."""
    home = home_from_environment()
    logs.configure(home, "ticker")
    reserve_files(folder_of(home))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netledger.server.settings")
    django.setup()
    from netledger.ledger import clock
    from netledger.server.slow import watch_for_slow
    from netledger.server.steps import steps_of

    settings = read_settings(home.active_config)
    watch_for_slow(settings.network.slow_statement_ms)
    ticker = Ticker(home, steps_of(settings), clock.now)
    signal.signal(signal.SIGTERM, ticker.stop)
    ticker.run()


if __name__ == "__main__":
    main()
