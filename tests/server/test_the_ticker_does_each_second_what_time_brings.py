"""Each second every step is taken, at the start too; one that fails is told, and hinders no other."""

import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from netledger.access.tasks import tick as access_tick
from netledger.installation.home import Home, create_home
from netledger.installation.settings import Settings
from netledger.server.beat import beat, beats, has_beaten
from netledger.server.steps import steps_of
from netledger.server.ticker import Ticker, label_of

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    create_home(home)
    return home


def _ticking(home: Home, *steps: Callable[[datetime], object]) -> Ticker:
    return Ticker(home, list(steps), lambda: NOW)


def _run_rounds(ticker: Ticker, rounds: int, counted: list[datetime]) -> None:
    """Run until the counted step was taken so often."""

    def stop_when_done() -> None:
        while len(counted) < rounds:
            threading.Event().wait(0.01)
        ticker.stop(15, None)

    watcher = threading.Thread(target=stop_when_done)
    watcher.start()
    ticker.run()
    watcher.join()


def test_with_the_moment_in_hand(home: Home) -> None:
    taken: list[datetime] = []

    _run_rounds(_ticking(home, taken.append), 2, taken)

    assert taken[:2] == [NOW, NOW]
    assert beats(home)
    assert has_beaten(home, os.getpid())


def test_under_the_name_of_its_room() -> None:
    assert label_of(access_tick) == "access.tick"
    assert [label_of(step) for step in steps_of(Settings())][:2] == [
        "server.keep_zone",
        "server.keep_seen_within",
    ]


def test_and_the_beat_is_its_owners_to_read(home: Home) -> None:
    beat(home, os.getpid())

    assert (home.run / "ticker").stat().st_mode & 0o777 == 0o600


def test_though_another_step_fails_each_time(home: Home) -> None:
    taken: list[datetime] = []

    def fail(_now: datetime) -> None:
        raise ValueError("no")

    _run_rounds(_ticking(home, fail, taken.append), 2, taken)

    assert len(taken) >= 2
    assert not beats(home)


def test_and_says_once_that_a_step_fails_and_that_it_works_again(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    taken: list[datetime] = []
    monkeypatch.setattr("netledger.server.logs.log_trouble", lambda event, *_, **__: told.append(event))
    monkeypatch.setattr(
        "netledger.server.logs.log.info", lambda event, **_: told.append(event), raising=False
    )

    def fail_twice(now: datetime) -> None:
        taken.append(now)
        if len(taken) < 3:
            raise ValueError("no")

    _run_rounds(_ticking(home, fail_twice), 3, taken)

    assert told == ["step failed", "step works again"]
    assert beats(home)
