"""The web worker: gunicorn's gevent_pywsgi one with our handler, prompt to say ready and to leave."""

import resource
import signal
import threading
import time
from collections.abc import Sequence
from select import select
from typing import Any

import gevent
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from gevent.event import Event
from gevent.pool import Pool
from gevent.pywsgi import WSGIServer
from gunicorn.workers.ggevent import GeventPyWSGIWorker

from netledger.installation.home import home_from_environment
from netledger.server import metrics
from netledger.server.generation import say_left, say_ready
from netledger.server.handler import Handler
from netledger.server.logs import log_trouble
from netledger.server.metrics_folder import folder_of, reserve_files
from netledger.server.state import read_state
from netledger.server.waiting import Waiting

CONNECTIONS_MAX = 4000
"""Connections that a worker has at once, those without a request yet included; more wait in the socket's queue."""
FILES_BESIDE = 256
"""Files that a worker has open beside its connections, or a little later."""
BEAT_S = 1
QUEUE_MIN_S, QUEUE_MAX_S, QUEUE_REST_S = 0.25, 1.0, 0.01


class Server(WSGIServer):  # type: ignore[misc]
    """A server on a socket that somebody else opened; it writes no log of its own."""

    handler_class = Handler

    def __init__(self, listener: Any, application: Any) -> None:
        environ = {"SERVER_NAME": "localhost", "wsgi.multithread": True, "wsgi.multiprocess": True}
        files_max, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        connections_max = max(1, min(CONNECTIONS_MAX, (files_max - FILES_BESIDE) // 2))
        connections = Pool(connections_max)
        super().__init__(listener, application, spawn=connections, log=None, error_log=None, environ=environ)
        self.waiting = Waiting(connections_max)
        """Those whose request has not come whole."""
        self.looking = Waiting(connections_max)
        """Those who take the answer to what anybody may ask: the pages, their files, the state of health."""

    def is_called(self) -> bool:
        """Whether somebody has connected whom nobody has taken yet."""
        return bool(select([self.socket], [], [], 0)[0])


class Worker(GeventPyWSGIWorker):  # type: ignore[misc]
    """Serves until it is told to stop, then ends what is in flight."""

    def init_process(self) -> None:
        """Prepare the process that was forked and serve."""
        self.stopping = Event()
        reserve_files(folder_of(home_from_environment()))
        gevent.get_hub().print_exception = _log_of_hub
        # Django's own place for each greenlet's connections is made for asyncio too, and ten times slower.
        connections._connections = threading.local()  # type: ignore[attr-defined]
        super().init_process()

    def handle_exit(self, sig: int, frame: object) -> None:
        """Stop at SIGTERM: take no new connections, end what is in flight."""
        super().handle_exit(sig, frame)
        self.stopping.set()

    def run(self) -> None:
        """Serve; gunicorn's own loop looks only once a second whether it should stop."""
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])  # the master held it back
        servers = [Server(listener, self.wsgi) for listener in self.sockets]
        for server in servers:
            server.start()
        say_ready()
        while self.alive:
            self.notify()
            self._measure(servers)
            self.stopping.wait(BEAT_S)
        if _is_last():
            self._answer_the_queue(servers)
        for server in servers:
            server.close()
        say_left()
        deadline = time.monotonic() + self.cfg.graceful_timeout
        for server in servers:
            self._wait_for(server, deadline)

    def _measure(self, servers: Sequence[Server]) -> None:
        """Tell the metrics what is in use."""
        waiting = sum(len(server.waiting) for server in servers)
        metrics.connections.labels("waiting").set(waiting)
        metrics.connections.labels("answered").set(sum(len(server.pool) for server in servers) - waiting)
        wrapper = connections["default"]
        if isinstance(wrapper, DatabaseWrapper) and wrapper.pool:
            in_pool = wrapper.pool.get_stats()
            idle = in_pool.get("pool_available", 0)
            metrics.pool_connections.labels("idle").set(idle)
            metrics.pool_connections.labels("in_use").set(in_pool.get("pool_size", 0) - idle)
            metrics.pool_waiting.set(in_pool.get("requests_waiting", 0))

    def _answer_the_queue(self, servers: Sequence[Server]) -> None:
        """Take what has connected already: when the last process closes the socket, the kernel would reset it.

        At a restart others take it, by the configuration that is in force now.
        """
        give_up_at = time.monotonic() + QUEUE_MAX_S
        gevent.sleep(QUEUE_MIN_S)
        while time.monotonic() < give_up_at and any(server.is_called() for server in servers):
            gevent.sleep(QUEUE_REST_S)

    def _wait_for(self, server: Server, deadline: float) -> None:
        while not server.pool.join(timeout=BEAT_S) and time.monotonic() < deadline:
            self.notify()


def _is_last() -> bool:
    """Whether the service stops, so that nobody comes after us."""
    state = read_state(home_from_environment())
    return state is None or state.phase == "stopping"


def _log_of_hub(
    context: object, kind: type[BaseException], trouble: BaseException, traceback: object
) -> None:
    """What gevent prints of a failed greenlet names its arguments; the log gets kind and place."""
    log_trouble("greenlet failed", trouble)
