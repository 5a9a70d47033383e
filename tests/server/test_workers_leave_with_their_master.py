"""Web workers leave when their master is told to stop, however early, and when it is killed alone."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from netledger.installation.home import VARIABLE, Home, create_home
from netledger.server.generation import LISTEN_VARIABLE, READY_VARIABLE, WORKERS_VARIABLE
from server.running import Service, children_of, eventually, is_ready

LEAVE_WITHIN_S = 10
"""Much less than the 30 s after which a master kills what did not hear it."""


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_though_it_is_told_so_while_they_begin(tmp_path: Path) -> None:
    create_home(Home(tmp_path))
    program = [sys.executable, str(Path(__file__).with_name("slow_beginner.py"))]
    reading, writing = os.pipe()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        variables = {
            VARIABLE: str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "netledger.server.settings",
            LISTEN_VARIABLE: str(listener.fileno()),
            READY_VARIABLE: str(writing),
            WORKERS_VARIABLE: "1",
        }
        master = subprocess.Popen(program, env=os.environ | variables, pass_fds=(listener.fileno(), writing))
        eventually(lambda: bool(children_of(master.pid)))

        master.terminate()
        try:
            exit_code = master.wait(timeout=LEAVE_WITHIN_S)
        finally:
            master.kill()
            master.wait()
            os.close(reading)
            os.close(writing)

    assert exit_code == 0


@pytest.mark.faults
def test_though_it_is_killed_and_others_serve_in_their_place(own_service: Service) -> None:
    (master,) = own_service.web_masters()
    workers = children_of(master)

    os.kill(master, signal.SIGKILL)

    assert workers
    eventually(lambda: not any(map(is_running, workers)), timeout_s=LEAVE_WITHIN_S)
    eventually(lambda: is_ready(own_service.port))
    assert not workers & set(own_service.processes("netledger.server.web"))
