"""A restore is killed at random moments, or the last one was wrong: the books are those of one moment, never half."""

import random
import shutil
import signal
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from netledger.installation.home import Home
from server.backed_up import BackedUp, pay, payments
from server.running import COMMAND, Service, environment, run, running

SEED = 20261125
ROUNDS = 10
ALL = ["first", "second", "third"]


@pytest.mark.faults
@pytest.mark.timeout(900)
def test_whenever_it_is_killed(backed_up: BackedUp, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    provider = backed_up.copy(tmp_path)
    began_s = time.monotonic()
    whole = provider.restore()
    takes_s = time.monotonic() - began_s
    shutil.rmtree(provider.home.path)
    provider = backed_up.copy(tmp_path)
    outcomes = []

    for _ in range(ROUNDS):
        _restore_killed_after(provider, chance.uniform(0.1, takes_s))
        with running(provider.home.path) as service:
            outcomes.append(payments(service))
            checked = service.cli("check")
        assert checked.returncode == 0, checked.stdout
        assert not list(provider.home.path.glob("postgres.rest*"))
        if outcomes[-1] == ["first"]:
            shutil.rmtree(provider.home.path)
            provider = backed_up.copy(tmp_path)
    finished = provider.restore()

    assert whole.status == finished.status == 0, finished.refused
    assert all(outcome in (["first"], ALL) for outcome in outcomes)
    assert ALL in outcomes, "none was killed before its end"


@pytest.mark.faults
@pytest.mark.timeout(600)
def test_and_a_wrong_moment_is_put_right_by_another_restore(backed_up: BackedUp, tmp_path: Path) -> None:
    provider = backed_up.copy(tmp_path)
    home = provider.home.path

    assert provider.restore().status == 0
    with running(home) as service:
        pay(service, "anew", "7")
        moment = _now()
        pay(service, "too late", "8")
        kept_at_first = payments(service)
    assert provider.restore(at=moment).status == 0
    on_the_second_timeline = _payments_of(home)
    assert provider.restore(at=provider.later).status == 0
    on_the_first_timeline = _payments_of(home)

    assert kept_at_first == ["first", "anew", "too late"]
    assert on_the_second_timeline == ["first", "anew"]
    assert on_the_first_timeline == ["first", "second"]


@pytest.mark.faults
@pytest.mark.timeout(600)
def test_on_another_machine_too_with_the_key(backed_up: BackedUp, tmp_path: Path) -> None:
    fresh = Home(tmp_path / "fresh")
    copied = tmp_path / "copied"
    shutil.copytree(backed_up.folder.path, copied)
    words = ("restore", "--at", backed_up.moment.isoformat(), "--from", str(copied), "--yes")

    without_key = run(*words, home=fresh.path)
    shutil.copy(backed_up.home.secret_key, fresh.secret_key)
    restored = run(*words, home=fresh.path, timeout_s=120)

    assert without_key.returncode == 1
    assert str(backed_up.home.secret_key) in without_key.stderr
    assert restored.returncode == 0, restored.stderr
    assert _payments_of(fresh.path) == ["first"]
    assert fresh.config.read_bytes() == backed_up.home.config.read_bytes()


@pytest.mark.faults
@pytest.mark.timeout(600)
def test_and_the_stream_that_was_cut_by_kill_goes_on(backed_up: BackedUp, tmp_path: Path) -> None:
    provider = backed_up.copy(tmp_path)
    with running(provider.home.path) as service:
        for number in range(3):
            _kill(service, "pg_receivewal")
            pay(service, f"more-{number}", "1")
        moment = _now()
        pay(service, "late", "1")
    shutil.rmtree(provider.home.cluster)

    restored = provider.restore(at=moment)

    assert restored.status == 0, restored.refused
    assert _payments_of(provider.home.path) == [*ALL, "more-0", "more-1", "more-2"]


def _restore_killed_after(provider: BackedUp, seconds: float) -> None:
    process = subprocess.Popen(
        [COMMAND, "restore", "--at", provider.moment.isoformat(), "--yes"],
        env=environment(provider.home.path),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()


def _kill(service: Service, word: str) -> None:
    for pid in service.processes(word):
        subprocess.run(["kill", "-9", str(pid)], check=True)


def _payments_of(home: Path) -> list[str]:
    with running(home) as service:
        assert service.cli("check").returncode == 0
        return payments(service)


def _now() -> datetime:
    return datetime.now(UTC)
