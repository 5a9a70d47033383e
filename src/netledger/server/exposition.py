"""What the supervisor shows to Prometheus: what all processes counted, and what it knows itself.

It answers on a port of its own, in a thread; what it needs is imported when it is first asked, so that a start does
not wait for it.
"""

import contextlib
import os
import platform
import shutil
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import AF_INET, AF_INET6, SHUT_RDWR, SO_REUSEADDR, SOL_SOCKET, socket
from typing import TYPE_CHECKING, Any

from netledger.installation.backup.stream_state import read_state
from netledger.installation.home import Home
from netledger.installation.setting_values import PORT_MAX, Listen
from netledger.server.beat import beat_age_s
from netledger.server.logs import log_trouble
from netledger.server.metrics_folder import folder_of, pid_of
from netledger.server.signals import TAKEN

if TYPE_CHECKING:
    from prometheus_client import Metric

PATH = "/metrics"
CLIENT_TIME_S = 5
"""For how long one client is served, however he sends and reads."""
CLIENTS_MAX = 8
NEARBY_PORTS = 100
GONE = 0
"""Stands for the process id of all that are gone."""
SUMMED = ("counter", "histogram")


class Exposition:
    """The metrics of one home."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.listen: Listen | None = None
        """Where they are shown."""
        self.starts: Counter[str] = Counter()
        """How often each kind of process was started anew after it had ended by itself."""
        self._begun_s = time.time()

    def serve(self, listen: Listen, *, or_nearby: bool) -> bool:
        """Show them at that address from now on, until the process ends; whether that is possible.

        Args:
            or_nearby: where the port is taken, the next free one does.
        """
        last = min(listen.port + NEARBY_PORTS, PORT_MAX) if or_nearby else listen.port
        for port in range(listen.port, last + 1):
            here = Listen(listen.address, port)
            with contextlib.suppress(OSError):
                server = _Server(self, here)
                threading.Thread(target=_serve, args=[server], name="metrics", daemon=True).start()
                self.listen = here
                return True
        return False

    def text(self) -> bytes:
        """All metrics in Prometheus's text format."""
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        folder = folder_of(self.home)
        fold_the_gone(folder)
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=str(folder))  # type: ignore[no-untyped-call]
        registry.register(self)
        return generate_latest(registry)

    def collect(self) -> Iterator["Metric"]:
        """What the supervisor itself knows."""
        from importlib.metadata import version

        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        build = GaugeMetricFamily(
            "netledger_build", "Which netledger runs, on which Python.", labels=["version", "python"]
        )
        build.add_metric([version("netledger"), platform.python_version()], 1)
        yield build
        yield GaugeMetricFamily(
            "netledger_start_time_seconds", "When the supervisor was started.", self._begun_s
        )
        lag_s = beat_age_s(self.home)
        yield GaugeMetricFamily(
            "netledger_ticker_lag_seconds",
            "How long ago all steps of the ticker went well.",
            time.time() - self._begun_s if lag_s is None else lag_s,
        )
        disk = shutil.disk_usage(self.home.path)
        yield GaugeMetricFamily("netledger_disk_free_bytes", "Room on the disk of the home.", disk.free)
        yield GaugeMetricFamily("netledger_disk_size_bytes", "The size of that disk.", disk.total)
        starts = CounterMetricFamily(
            "netledger_process_restarts",
            "How often a process was started anew that had ended by itself.",
            labels=["program"],
        )
        for program in ("postgres", "web", "ticker", "wal_stream"):
            starts.add_metric([program], self.starts[program])
        yield starts
        yield from self._of_backups()

    def _of_backups(self) -> Iterator["Metric"]:
        """How old the last backup is, and how far the WAL beside it is behind; without a backup they have no value."""
        from prometheus_client.core import GaugeMetricFamily

        age = GaugeMetricFamily("netledger_backup_age_seconds", "How long ago the last backup was finished.")
        behind_s = GaugeMetricFamily(
            "netledger_wal_stream_behind_seconds",
            "For how long what was committed may not be in the WAL beside the backups.",
        )
        behind = GaugeMetricFamily(
            "netledger_wal_stream_behind_bytes",
            "What PostgreSQL has written of its WAL and the stream has not.",
        )
        state = read_state(self.home)
        now = datetime.now(UTC)
        if state and state.last_backup_at:
            age.add_metric([], (now - state.last_backup_at).total_seconds())
            behind_s.add_metric([], state.behind_s(now))
            behind.add_metric([], state.behind_bytes)
        yield from (age, behind_s, behind)


class _Server(ThreadingHTTPServer):
    """Few clients at a time, in a thread each: a slow one holds no other up."""

    daemon_threads = True

    def __init__(self, exposition: Exposition, listen: Listen) -> None:
        self.exposition = exposition
        self.address_family = AF_INET6 if ":" in listen.address else AF_INET
        self._places = threading.BoundedSemaphore(CLIENTS_MAX)
        super().__init__((listen.address, listen.port), _Page)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread; who finds no place is let go."""
        if self._places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, for so long as a client may take, and give the place back."""
        too_long = threading.Timer(CLIENT_TIME_S, _cut_off, [request])
        too_long.start()
        try:
            super().process_request_thread(request, client_address)
        finally:
            too_long.cancel()
            self._places.release()

    def server_bind(self) -> None:
        """Without looking up the host's name, which may take long."""
        self.socket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that is gone is no trouble; what else fails is told by its kind."""
        trouble = sys.exception()
        if trouble and not isinstance(trouble, OSError):
            log_trouble("metrics not shown", trouble)


class _Page(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        """The metrics, and nothing else."""
        if self.path.partition("?")[0] != PATH:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        body = self.server.exposition.text()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Who looks at the metrics is not told in the log."""


def _cut_off(request: socket) -> None:
    with contextlib.suppress(OSError):
        request.shutdown(SHUT_RDWR)


def _serve(server: _Server) -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, TAKEN)  # the thread that looks at signals is to wake up by them
    server.serve_forever()


def fold_the_gone(folder: Path) -> None:
    """Add up the files of processes that are gone in one, and forget what held only while they lived.

    Else each restart would leave its files until the next start, and each look at the metrics read them all.
    """
    for file in folder.glob("*.db"):
        pid = pid_of(file)
        if pid == GONE or _is_alive(pid):
            continue
        kind = file.stem.rpartition("_")[0]
        if kind in SUMMED:
            _add(file, folder / f"{kind}_{GONE}.db")
        file.unlink(missing_ok=True)


def _add(file: Path, whole: Path) -> None:
    from prometheus_client.mmap_dict import MmapedDict

    sums = MmapedDict(str(whole))  # type: ignore[no-untyped-call]
    with contextlib.closing(sums):
        entries = MmapedDict.read_all_values_from_file(str(file))  # type: ignore[no-untyped-call]
        for key, value, _, _ in entries:
            known, _ = sums.read_value(key)  # type: ignore[no-untyped-call]
            sums.write_value(key, known + value, 0.0)  # type: ignore[no-untyped-call]


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
