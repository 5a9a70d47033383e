"""The smallest supervisor: holds a home's lock and its PostgreSQL until its input ends, or it is killed.

Run as a program: `python keeper.py HOME ADDRESS [CHILD…]`; the child inherits whatever may be inherited.
"""

import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from netledger.errors import Refusal
from netledger.installation.home import Home, create_home
from netledger.installation.lock import HomeLock
from netledger.installation.postgres import Cluster

ADDRESS = "127.0.0.1:8082"
END_TIMEOUT_S = 60


class Keeper:
    """A keeper in a process of its own, running between `with` and its end; what it refused is in `answer`."""

    def __init__(self, home: Home, *child: str, before: tuple[str, ...] = ()) -> None:
        command = [*before, sys.executable, __file__, str(home.path), ADDRESS, *child]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert self.process.stdout is not None
        self.answer = self.process.stdout.readline().strip()

    @property
    def server_pid(self) -> int:
        """The process id of the server that it started."""
        assert self.answer.startswith("ready "), self.answer
        return int(self.answer.removeprefix("ready "))

    def kill(self) -> None:
        """Kill it as nobody expects."""
        self.process.kill()
        self.process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(END_TIMEOUT_S)
        self.process.stdout.close()


def start_once(home: Home, *, before: tuple[str, ...] = ()) -> str:
    """What a start on the home answers: `ready …`, or the refusal's code and sentence; then it is stopped."""
    with Keeper(home, before=before) as keeper:
        return keeper.answer


def main(path: str, address: str, *child: str) -> None:
    """Keep the home."""
    home = Home(Path(path))
    try:
        create_home(home)
        with HomeLock(home).acquire(address=address):
            cluster = Cluster(home)
            cluster.start()
            assert cluster.process is not None
            if child:
                subprocess.Popen(child, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
            _answer(f"ready {cluster.process.pid}")
            sys.stdin.read()
            cluster.stop()
    except Refusal as refusal:
        _answer(f"{refusal.code} {refusal}")


def _answer(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
