"""What the server's tests share: the toy behind the real handler."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest


class Toy(NamedTuple):
    """The toy application that runs, and the file that it logs to."""

    port: int
    log: Path


@pytest.fixture(scope="session")
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
