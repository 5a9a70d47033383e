"""A supervisor whose disk has become full: `python without_room.py HOME` waits for a SIGHUP and restarts."""

import os
import sys
from pathlib import Path

from netledger.installation.config_edit import create_config
from netledger.installation.errors import FileNotWritten
from netledger.installation.home import Home, create_home
from netledger.installation.lock import HomeLock
from netledger.installation.whole_file import write_whole
from netledger.server import logs
from netledger.server.activation import activate
from netledger.server.beat import beat, has_beaten
from netledger.server.state import Attempt, read_state
from netledger.server.supervisor import Supervisor

ADDRESS = "127.0.0.1:1"


def main() -> None:
    home = Home(Path(sys.argv[1]))
    create_home(home)
    logs.configure(home, "supervisor")
    create_config(home, ADDRESS)
    activate(home)
    beat(home, 1)
    supervisor = Supervisor(home, listen_at_first=ADDRESS)
    supervisor.signals.take()
    with HomeLock(home).acquire(address=ADDRESS):
        supervisor._tell("ready", Attempt(0.0))
        _fill(home.path / "filling")
        _say("full")
        supervisor.signals.wait_until(lambda: supervisor.signals.restart_asked, 60)
        supervisor._restart()
        beat(home, os.getpid())
        state = read_state(home)
        assert state is not None and state.attempt is not None
        _say(f"{state.phase} {state.attempt.failed_en} {has_beaten(home, os.getpid())}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        for size in (65536, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    try:
        write_whole(path.with_name("more"), b"x" * 4096)
    except FileNotWritten:
        return
    raise AssertionError("the disk has room")


if __name__ == "__main__":
    main()
