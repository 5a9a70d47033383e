"""On a full disk a restart is refused in a sentence, at once, and the service goes on as it was."""

import sys
from pathlib import Path

import pytest

from installation.in_namespaces import on_small_disk
from server.running import COMMAND

SUPERVISOR = Path(__file__).with_name("without_room.py")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the command says, with its exit status; then the supervisor that had a bare SIGHUP, by its state file."""
    disk = tmp_path_factory.mktemp("disk")
    script = f"""
        cd '{disk}' && mkfifo said
        {sys.executable} '{SUPERVISOR}' '{disk}/home' > said & supervisor=$!
        exec 3< said; read -r filled <&3
        NETLEDGER_HOME='{disk}/home' LANG=C.UTF-8 timeout 30 '{COMMAND}' service restart 2>&1; echo "$filled $?"
        kill -HUP $supervisor; cat <&3
    """
    return on_small_disk(disk, script, size_mib=1).replace(str(disk), "DISK").splitlines()


def test_by_the_command(told: list[str]) -> None:
    assert told[:2] == ["netledger: The disk that holds DISK/home is full", "full 1"]


def test_by_the_supervisor_which_still_tells_that_and_the_ticker_that_it_lives(told: list[str]) -> None:
    assert told[2:] == ["ready The disk that holds DISK/home is full True"]
