"""A demonstration provider of the bench's own: in a temporary folder, on loopback, ended with the run."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg

from bench.client import Answer, ask, request_of
from netledger.installation.database import embedded_conninfo
from netledger.installation.home import Home
from netledger.installation.roles import ROLES

COMMAND = str(Path(sys.executable).with_name("netledger"))
MADE_WITHIN_S = 3600
STOPPED_WITHIN_S = 90
CALLS_MAX = 1_000_000
FIRST_CONTRACT = 1_000_000
"""The demonstration numbers its contracts from here on."""


@dataclass
class Provider:
    """A demonstration that runs."""

    home: Path
    port: int
    subscribers: int
    process: subprocess.Popen[bytes] = field(repr=False)
    made_s: float = 0.0
    """From the command to the first answer of /readyz."""

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What HOME/demo.json tells."""
        facts: dict[str, Any] = json.loads((self.home / "demo.json").read_bytes())
        return facts

    def psw(self, context: str) -> str:
        """A context's password."""
        return self.cli("config", "get", f"network.api.{context}.psw").strip()

    def cli(self, *arguments: str) -> str:
        """What a command on this home prints."""
        return subprocess.run(
            [COMMAND, *arguments],
            env={**os.environ, "NETLEDGER_HOME": str(self.home), "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=True,
            timeout=600,
        ).stdout

    def call(
        self, context: str, method: str, arg1: dict[str, Any], *, psw: str = "", model: str = "Abonents"
    ) -> bytes:
        """A call of the System API as the specification writes it."""
        text = json.dumps(arg1, ensure_ascii=False, separators=(",", ":"))
        query = f"model={model}&method1={method}&arg1={text}&context={context}&psw={psw}&format=json"
        return request_of(f"/system_api/?{query}")

    def list_of(self, state: str, nas_ip: str) -> bytes:
        """A router's call, in text."""
        call = self.call(
            "collector", f"collector_manager.users_{state}", {"nas_ip": nas_ip}, psw=self.psw("collector")
        )
        return call.replace(b"&format=json", b"")

    def ask(self, target: str) -> Answer:
        """GET a page."""
        return ask(self.port, request_of(target))

    def conninfo(self, role: str = "server") -> str:
        """How the embedded PostgreSQL is reached."""
        return embedded_conninfo(Home(self.home), user=ROLES[role])  # type: ignore[index]

    def owner(self) -> psycopg.Connection:
        """The owner of the tables; each statement is committed at once."""
        return psycopg.connect(self.conninfo("owner"), autocommit=True)

    def web_processes(self) -> list[int]:
        """The processes that answer."""
        return [pid for pid in _children(self.process.pid) if b"netledger.server.web" in _command(pid)]

    def memory_peak_bytes(self) -> dict[int, int]:
        """The most memory that each web process has had."""
        return {pid: _status_kib(pid, "VmHWM") * 1024 for pid in self.web_processes()}

    def settle(self) -> None:
        """Take the making's traces out of what is measured."""
        with self.owner() as owner:
            owner.execute("VACUUM (ANALYZE)")

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(STOPPED_WITHIN_S)


def start(home: Path, *, subscribers: int) -> Provider:
    """Start (and at first make) a demonstration, and wait until it is ready."""
    port = _free_port()
    begun_s = time.perf_counter()
    process = subprocess.Popen(
        [
            COMMAND,
            "demo",
            "--home",
            str(home),
            "--listen",
            f"127.0.0.1:{port}",
            "--subscribers",
            str(subscribers),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    provider = Provider(home, port, subscribers, process)
    while not _is_ready(provider):
        if process.poll() is not None or time.perf_counter() > begun_s + MADE_WITHIN_S:
            raise RuntimeError(f"the demonstration in {home} did not start")
        time.sleep(0.02)
    provider.made_s = time.perf_counter() - begun_s
    return provider


@contextmanager
def running(folder: Path, name: str, *, subscribers: int) -> Iterator[Provider]:
    """A demonstration whose limit of calls a second is out of the way; everything else is on."""
    provider = start(folder / name, subscribers=subscribers)
    try:
        provider.cli("config", "set", "network.api.calls_a_second_max", str(CALLS_MAX))
        provider.cli("service", "restart")
        yield provider
    finally:
        provider.stop()


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder below the system's, taken away at the end."""
    folder = Path(tempfile.mkdtemp(prefix="netledger-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_ready(provider: Provider) -> bool:
    try:
        return provider.ask("/readyz").status == 200
    except OSError:
        return False


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _children(pid: int) -> list[int]:
    """All processes below that one."""
    below: list[int] = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and _parent(int(folder.name)) == pid:
            below += [int(folder.name), *_children(int(folder.name))]
    return below


def _parent(pid: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _status_kib(pid: int, name: str) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


def cores() -> int:
    """How many this run may use."""
    return len(os.sched_getaffinity(0))
