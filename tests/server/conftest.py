"""What the server's tests share: the toy behind the real handler."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from server.backed_up import BackedUp, back_up_between_payments
from server.running import Service, copy_of, running


class Toy(NamedTuple):
    """The toy application that runs, and the file that it logs to."""

    port: int
    log: Path


@pytest.fixture(scope="package")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Toy]:
    home = tmp_path_factory.mktemp("toy")
    program = [sys.executable, str(Path(__file__).with_name("toy.py")), str(home)]
    with (
        (home / "stderr").open("wb") as stderr,
        subprocess.Popen(program, stdout=subprocess.PIPE, stderr=stderr) as running,
    ):
        assert running.stdout is not None
        yield Toy(int(running.stdout.readline()), home / "log" / "netledger.log")
        running.terminate()
        assert running.wait(timeout=10) is not None
    assert (home / "stderr").read_bytes() == b""


class FirstStart(NamedTuple):
    """A home that was started once and stopped."""

    home: Path
    output: str
    exit_code: int


@pytest.fixture(scope="package")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> FirstStart:
    home = tmp_path_factory.mktemp("first") / "home"
    with running(home) as service:
        exit_code = service.stop()
    return FirstStart(home, service.output.read_text(), exit_code)


@pytest.fixture(scope="package")
def shared_service(first_start: FirstStart, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A running service for tests that leave it as they found it."""
    with running(copy_of(first_start.home, tmp_path_factory.mktemp("shared") / "home")) as service:
        yield service


@pytest.fixture(scope="package")
def restless_service(first_start: FirstStart, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A running service for tests that restart it or kill a part of it, and wait until it is well again."""
    with running(copy_of(first_start.home, tmp_path_factory.mktemp("restless") / "home")) as service:
        yield service


@pytest.fixture
def own_home(first_start: FirstStart, tmp_path: Path) -> Path:
    """A stopped home of the test's own, which starts soon."""
    return copy_of(first_start.home, tmp_path / "home")


@pytest.fixture
def own_service(own_home: Path) -> Iterator[Service]:
    """A running service of the test's own."""
    with running(own_home) as service:
        yield service


@pytest.fixture(scope="module")
def backed_up(first_start: FirstStart, tmp_path_factory: pytest.TempPathFactory) -> BackedUp:
    """A stopped home that was backed up, with three payments since; its tests work on copies."""
    with running(copy_of(first_start.home, tmp_path_factory.mktemp("backed-up") / "home")) as service:
        return back_up_between_payments(service)
