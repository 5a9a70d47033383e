"""Starts `netledger` as a user does, in a process of its own, and stops it with a real signal."""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from netledger.installation.bash_config import read_config
from netledger.installation.config_edit import split_key
from netledger.installation.config_view import value_in_force
from netledger.installation.home import Home
from netledger.server.state import State, read_state
from origin import copy_database, environment_of
from server.wire import Answer, get

COMMAND = str(Path(sys.executable).with_name("netledger"))
TIMEOUT_S = 60
PORTS = (10_000, 32_000)
"""Below those that Linux gives to clients."""


def free_port() -> int:
    """A port at which nobody listens now, and which the system gives to no client meanwhile."""
    while True:
        port = random.randrange(*PORTS)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def run(*arguments: str, home: Path, timeout_s: float = TIMEOUT_S) -> subprocess.CompletedProcess[str]:
    """Run the command to its end, in English."""
    return subprocess.run(
        [COMMAND, *arguments],
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=timeout_s,
        stdin=subprocess.DEVNULL,
    )


def environment(home: Path) -> dict[str, str]:
    """What the command finds around it."""
    kept = {name: text for name, text in os.environ.items() if name in ("PATH", "HOME", "TMPDIR")}
    return {**kept, "NETLEDGER_HOME": str(home), "LANG": "C.UTF-8", **environment_of(home)}


@dataclass
class Service:
    """A service that runs in the foreground of a process of ours."""

    home: Path
    port: int
    process: subprocess.Popen[bytes]
    output: Path

    def get(self, target: str) -> Answer:
        return get(self.port, target)

    def cli(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command on this home."""
        return run(*arguments, home=self.home)

    @property
    def state(self) -> State:
        state = read_state(Home(self.home))
        assert state is not None
        return state

    def config(self, key: str) -> str:
        section, name = split_key(key)
        return value_in_force(read_config(Home(self.home).config), section, name)

    def processes(self, *words: str) -> list[int]:
        """Processes of this home whose command line holds all the words."""
        return [
            pid for pid, line in _commands() if _is_of(pid, self.home) and all(word in line for word in words)
        ]

    def web_masters(self) -> set[int]:
        """The web processes whose parent is the supervisor: of each generation one."""
        return children_of(self.process.pid) & set(self.processes("netledger.server.web"))

    def stop(self) -> int:
        """Stop it with SIGTERM; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=TIMEOUT_S)


def start(
    home: Path,
    port: int,
    *,
    address: str = "127.0.0.1",
    more: Mapping[str, str] | None = None,
    command: Sequence[str] = ("serve",),
    **streams: Any,
) -> Service:
    """Start `netledger serve`, or another command that serves, and do not wait for it.

    Args:
        more: what else its environment holds.
    """
    output = home.parent / f"{home.name}.output"
    argv = [COMMAND, *command, "--home", str(home), "--listen", f"{address}:{port}"]
    with output.open("wb") as out:
        streams = {"stdin": subprocess.DEVNULL, "stdout": out, "stderr": out, **streams}
        process = subprocess.Popen(
            argv, env=environment(home) | dict(more or {}), start_new_session=True, **streams
        )
    return Service(home, port, process, output)


@contextmanager
def running(home: Path, **choices: Any) -> Iterator[Service]:
    """A service that is ready, with the choices of `start`; in the end all of it is stopped."""
    service = start(home, free_port(), **choices)
    try:
        eventually(lambda: is_ready(service.port) or service.process.poll() is not None)
        assert service.process.poll() is None, service.output.read_text()
        eventually(lambda: service.state.phase == "ready")
        yield service
    finally:
        if service.process.poll() is None:
            service.process.send_signal(signal.SIGTERM)
        try:
            service.process.wait(timeout=TIMEOUT_S)
        finally:
            for pid in service.processes():
                os.kill(pid, signal.SIGKILL)


def is_ready(port: int) -> bool:
    """Whether /readyz says yes."""
    try:
        return get(port, "/readyz", timeout_s=5).status == 200
    except OSError:
        return False


def eventually(holds: Callable[[], bool], timeout_s: float = TIMEOUT_S) -> None:
    """Wait until that holds."""
    give_up_at = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < give_up_at, "it did not come to hold in time"
        time.sleep(0.05)


def children_of(pid: int) -> set[int]:
    """The processes that one has started."""
    return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


def copy_of(home: Path, target: Path) -> Path:
    """A home of its own with what a stopped one holds, which starts sooner than a fresh one."""
    shutil.copytree(home, target, symlinks=True)
    copy_database(home, target)
    return target


def _commands() -> Iterator[tuple[int, str]]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                yield (
                    int(folder.name),
                    (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"),
                )
            except OSError:
                continue


def _is_of(pid: int, home: Path) -> bool:
    """Whether the process was told that home, or is its PostgreSQL."""
    try:
        told = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
        where = str(Path(f"/proc/{pid}/cwd").readlink())
        alive = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
    return alive and (f"NETLEDGER_HOME={home}".encode() in told or where == str(home / "postgres"))
