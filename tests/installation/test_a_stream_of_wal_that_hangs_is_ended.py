"""A pg_receivewal that does not end when it is asked, as on a disk that is gone, holds nobody up for long."""

import time
from pathlib import Path

import pytest

from netledger.installation.backup import receiver
from netledger.installation.backup.receiver import Receiver
from netledger.installation.home import Home, create_home

ENDS_WHEN_ASKED = "trap 'exit 3' TERM; echo ready; while :; do sleep 0.05; done"
HANGS = "trap '' TERM; echo ready; while :; do sleep 0.05; done"
KILLED = -9


def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Receiver:
    """A receiver whose program is that script, when it has begun."""
    home = Home(tmp_path / "home")
    create_home(home)
    monkeypatch.setattr(receiver.programs, "command_of", lambda *_words: ["/bin/bash", "-c", script])
    monkeypatch.setattr(receiver.programs, "connecting", lambda _home: [])
    monkeypatch.setattr(receiver, "END_TIMEOUT_S", 0.5)
    begun = Receiver(home, home.backup / "wal" / "20261125T231400Z")
    while begun.trouble() != "ready":
        time.sleep(0.01)
    return begun


def test_it_is_asked_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    receiving = begun(tmp_path, monkeypatch, ENDS_WHEN_ASKED)

    receiving.end()

    assert receiving.process.returncode == 3


@pytest.mark.timeout(20)
def test_and_killed_if_it_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    receiving = begun(tmp_path, monkeypatch, HANGS)

    receiving.end()

    assert receiving.process.returncode == KILLED


def test_and_left_if_even_that_does_not_end_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    receiving = begun(tmp_path, monkeypatch, HANGS)
    killed = receiving.process.kill
    monkeypatch.setattr(receiving.process, "kill", lambda: None)

    receiving.end()

    assert not receiving.has_ended()
    killed()
    receiving.process.wait()
