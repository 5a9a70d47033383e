"""systemd understands the units of deploy/systemd/, counts them as closed, and is told when netledger answers."""

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from demonstration import copy_of_made_home
from deploy.proxies import DEPLOY
from server.running import COMMAND, running

UNITS = sorted((DEPLOY / "systemd").iterdir())
INSTALLED = "/opt/netledger/.venv/bin/netledger"
EXPOSURE_MAX = 2.0
"""Of 10, as systemd itself counts; a web server's ordinary unit has about 9."""


@pytest.fixture(scope="module")
def units(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The units, with the command where it is here."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not here: install systemd")
    folder = tmp_path_factory.mktemp("units")
    for unit in UNITS:
        (folder / unit.name).write_text(unit.read_text().replace(INSTALLED, COMMAND))
    return folder


def analyzed(*words: str | Path) -> str:
    ran = subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


@pytest.mark.parametrize("name", [unit.name for unit in UNITS])
def test_each_is_verified_without_a_warning(units: Path, name: str) -> None:
    said = analyzed("verify", "--man=no", units / name)

    assert [line for line in said.splitlines() if name.partition(".")[0] in line] == []


@pytest.mark.parametrize("name", [unit.name for unit in UNITS if unit.suffix == ".service"])
def test_each_service_is_closed(units: Path, name: str) -> None:
    said = analyzed("security", "--offline=true", "--no-pager", units / name)

    found = re.search(r"exposure level for \S+: ([0-9.]+)", said)
    assert found is not None, said
    assert float(found[1]) <= EXPOSURE_MAX


def test_they_are_of_one_home_and_one_command() -> None:
    text = "".join(unit.read_text() for unit in UNITS)

    commands = re.findall(r"^Exec\w+=(\S+) .*--home (\S+)", text, re.MULTILINE)
    assert set(commands) == {(INSTALLED, "/app/asr_billing")}
    assert len(commands) == text.count("\nExec")


@pytest.fixture(params=["", "@"], ids=["a file", "abstract"])
def notified(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, socket.socket]]:
    """A socket as systemd listens at, and its name."""
    name = f"@netledger-{os.getpid()}" if request.param else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(name.replace("@", "\0", 1))
        listening.settimeout(10)
        yield name, listening


def test_it_is_told_when_netledger_answers_and_when_it_leaves(
    notified: tuple[str, socket.socket],
) -> None:
    name, listening = notified

    with copy_of_made_home() as home, running(home.path, more={"NOTIFY_SOCKET": name}) as service:
        ready = listening.recv(4096).decode().splitlines()
        service.stop()
    stopping = listening.recv(4096).decode().splitlines()

    assert ready == ["READY=1", f"STATUS=ready, 127.0.0.1:{service.port}"]
    assert stopping[0] == "STOPPING=1"
