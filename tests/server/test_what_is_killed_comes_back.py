"""kill -9 of any process, or of all: the service comes back by itself, or by the next start."""

import os
import signal
import time
from contextlib import suppress

import pytest

from server.running import Service, eventually, is_ready, running

pytestmark = pytest.mark.faults
NAMES = {
    "gunicorn": ("netledger.server.web",),
    "the ticker": ("netledger.server.ticker",),
    "PostgreSQL": ("bin/postgres", "-D"),
}


@pytest.mark.parametrize(
    "what",
    [pytest.param(what, marks=pytest.mark.embedded if what == "PostgreSQL" else ()) for what in NAMES],
)
def test_by_itself_when_it_is(restless_service: Service, what: str) -> None:
    killed = restless_service.processes(*NAMES[what])
    assert killed

    for pid in killed:
        os.kill(pid, signal.SIGKILL)

    eventually(lambda: bool(set(restless_service.processes(*NAMES[what])) - set(killed)))
    eventually(lambda: is_ready(restless_service.port))
    _ticks_anew(restless_service)


def test_by_itself_when_it_is_one_web_worker(restless_service: Service) -> None:
    before = restless_service.processes("netledger.server.web")

    os.kill(max(before), signal.SIGKILL)

    eventually(
        lambda: len(set(restless_service.processes("netledger.server.web")) - {max(before)}) == len(before)
    )
    eventually(lambda: is_ready(restless_service.port))


def test_at_the_next_start_when_it_is_the_supervisor_whose_children_end_with_it(own_service: Service) -> None:
    before = own_service.processes()
    own_service.process.kill()
    own_service.process.wait()

    started = own_service.cli("service", "start", "--listen", f"127.0.0.1:{own_service.port}")
    ready = is_ready(own_service.port)
    left = set(before) & set(own_service.processes())
    os.kill(own_service.state.pid, signal.SIGKILL)

    assert started.returncode == 0, started.stderr
    assert ready
    assert left == set()
    eventually(lambda: own_service.processes() == [], timeout_s=10)
    assert own_service.cli("service", "status").returncode == 1


def test_at_the_next_start_when_it_is_everything(own_service: Service) -> None:
    for pid in [own_service.process.pid, *own_service.processes()]:
        with suppress(ProcessLookupError):  # the children end with their parent
            os.kill(pid, signal.SIGKILL)
    own_service.process.wait()

    with running(own_service.home) as again:
        assert is_ready(again.port)


def _ticks_anew(restless_service: Service) -> None:
    now_s = time.time()
    eventually(lambda: (restless_service.home / "run" / "ticker").stat().st_mtime > now_s)
