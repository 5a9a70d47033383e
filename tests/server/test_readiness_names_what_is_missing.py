"""/readyz is false, and says why, when the database is away, the ticker late or the disk nearly full."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from netledger.installation import full_disk
from netledger.installation.full_disk import Room
from netledger.installation.home import VARIABLE, Home
from netledger.server import health
from netledger.server.beat import beat

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A home whose ticker has just ticked."""
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    (tmp_path / "run").mkdir()
    home = Home(tmp_path)
    beat(home, 1)
    yield home


def _asked() -> tuple[int, str]:
    answer = Client().get("/readyz")
    return answer.status_code, answer.content.decode()


def test_nothing(home: Home) -> None:
    assert _asked() == (200, "ready\n")
    assert Client().get("/readyz", headers={"Accept": "application/json"}).json() == {
        "ready": True,
        "wrong": {},
    }


def test_the_ticker_that_is_late(home: Home) -> None:
    (home.run / "ticker").write_text(f"1 {time.monotonic() - 75}\n")

    status, text = _asked()

    assert status == 503
    assert "ticker is 7" in text


def test_the_ticker_that_is_late_by_a_clock_that_was_set_back(home: Home) -> None:
    (home.run / "ticker").write_text(f"1 {time.monotonic() - 75}\n")
    os.utime(home.run / "ticker", (time.time() + 3600, time.time() + 3600))

    assert _asked()[0] == 503


def test_the_ticker_that_never_ticked(home: Home) -> None:
    (home.run / "ticker").unlink()

    assert _asked() == (503, "the ticker does not tick\n")


def test_the_disk_and_the_database_together(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_database_answers", lambda: False)
    for module in (full_disk, health):
        monkeypatch.setattr(module, "room_of", lambda folder: Room(100 * 2**30, 300 * 2**20))

    answer = Client().get("/readyz", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert json.loads(answer.content) == {
        "ready": False,
        "wrong": {
            "database": "the database does not answer",
            "disk": "the disk is nearly full: 300 MiB are left",
        },
    }
