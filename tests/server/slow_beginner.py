"""A real web master whose one worker takes a second to begin, and then serves nothing."""

from netledger.server.web import Master, Web  # first, since it makes everything after it gevent's

# isort: split
from collections.abc import Callable
from typing import Any

from gevent import monkey

from netledger.server.worker import Worker

BEGINS_IN_S = 1.0


class SlowWorker(Worker):
    """Takes its time before it can hear a signal."""

    def init_process(self) -> None:
        monkey.get_original("time", "sleep")(BEGINS_IN_S)
        super().init_process()


class SlowWeb(Web):
    """The web with that worker."""

    def load_config(self) -> None:
        super().load_config()
        self.cfg.set("worker_class", SlowWorker)

    def load(self) -> Callable[..., Any]:
        return lambda environ, start_response: []


if __name__ == "__main__":
    Master(SlowWeb()).run()
