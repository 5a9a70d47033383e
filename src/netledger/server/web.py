"""The web processes: `python -m netledger.server.web` serves on a socket that the supervisor holds.

gunicorn's master loads the application once and forks workers; it is configured here, by no file.
"""

# ruff: noqa: E402
from gevent import monkey

monkey.patch_all()

import gc
import os
import resource
import signal
from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

from netledger.installation.home import home_from_environment
from netledger.installation.settings import read_settings
from netledger.server import logs
from netledger.server.generation import GRACEFUL_S, LISTEN_VARIABLE, WORKERS_VARIABLE, say_left
from netledger.server.metrics_folder import folder_of, reserve_files

POOL_VARIABLE = "NETLEDGER_POOL"
"""Tells Django's settings that this process serves requests, and so keeps its connections in a pool."""
STATEMENT_TIME_VARIABLE = "NETLEDGER_STATEMENT_TIME_S"
"""And how long a statement of theirs may run."""
STUCK_S = 60
"""A worker that gives no sign of life for so long is ended and replaced."""
FILES_MAX = 16384
GARBAGE_MAX = 20_000
"""Objects made and not gone, after which Python looks for garbage: of a few hundred requests."""


class Log(Logger):  # type: ignore[misc]
    """gunicorn's log goes the way of all libraries' logs."""

    def setup(self, cfg: Any) -> None:
        """Let records travel to our own handler."""
        self.cfg = cfg
        self.error_log.propagate = True

    def close_on_exec(self) -> None:
        """Our file is closed at exec by itself."""

    def reopen_files(self) -> None:
        """Our file is followed by itself."""


class Master(Arbiter):  # type: ignore[misc]
    """gunicorn's master, whose SIGTERM no worker misses, and which tells when it starts no more of them."""

    def spawn_worker(self) -> int:
        """Fork a worker with SIGTERM held back: it takes one when it is able to (`Worker.run`).

        Else one that comes before the worker has its handler would be lost, and the master wait for it in vain.
        """
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
        try:
            pid: int = super().spawn_worker()
            return pid
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])

    def stop(self, graceful: bool = True) -> None:
        """End the workers."""
        say_left()
        super().stop(graceful)


class Web(BaseApplication):  # type: ignore[misc]
    """gunicorn, told what to do by code."""

    def load_config(self) -> None:
        """Say how the processes are to be."""
        settings: dict[str, Any] = {
            "bind": f"fd://{os.environ[LISTEN_VARIABLE]}",
            "worker_class": "netledger.server.worker.Worker",
            "workers": int(os.environ[WORKERS_VARIABLE]),
            "preload_app": True,
            "graceful_timeout": GRACEFUL_S,
            "timeout": STUCK_S,
            "logger_class": Log,
            "control_socket_disable": True,
            "proc_name": "netledger",
            "worker_exit": _close_database,
            "worker_tmp_dir": str(home_from_environment().tmp),
        }
        for name, setting in settings.items():
            self.cfg.set(name, setting)

    def load(self) -> Callable[..., Any]:
        """The application, loaded once, before the workers are forked."""
        from netledger.server.wsgi import application

        gc.collect()
        gc.freeze()  # what was loaded stays for ever: no worker looks through it again, and none copies its pages
        gc.set_threshold(GARBAGE_MAX)
        return application


def main() -> None:
    """Serve until a signal ends it."""
    _raise_file_limit()
    home = home_from_environment()
    logs.configure(home, "web")
    reserve_files(folder_of(home))
    os.environ[POOL_VARIABLE] = "yes"
    os.environ[STATEMENT_TIME_VARIABLE] = str(read_settings(home.active_config).network.statement_time_max_s)
    Master(Web()).run()


def _raise_file_limit() -> None:
    """Each connection is an open file, and a long list one more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES_MAX if hard == resource.RLIM_INFINITY else min(FILES_MAX, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _close_database(arbiter: object, worker: object) -> None:
    """Give the database its connections back in the worker that ends."""
    from django.db import connections
    from django.db.backends.postgresql.base import DatabaseWrapper

    wrapper = connections["default"]
    if isinstance(wrapper, DatabaseWrapper):
        wrapper.close()
        wrapper.close_pool()


if __name__ == "__main__":
    main()
