"""That the service does not run, runs with other settings, does not tick or lacks tables, is found while it is so."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from found import codes
from given_cluster import Database
from netledger.installation.config_edit import create_config, set_value
from netledger.installation.home import Home, create_home
from netledger.installation.lock import HomeLock
from netledger.server.activation import activate
from netledger.server.beat import FRESH_S, beat
from netledger.server.doctor import findings
from netledger.server.state import Attempt, State, write_state
from tampering import tamper


def _state(attempt: Attempt | None = None) -> State:
    return State(
        pid=os.getpid(), address="127.0.0.1:8082", since="", phase="ready", generation=1, attempt=attempt
    )


@pytest.fixture
def home(tmp_path: Path, committed_db: Database) -> Iterator[Home]:
    """A home on which this very process runs, with a database that has all its tables."""
    home = Home(tmp_path / "home")
    create_home(home)
    create_config(home, "127.0.0.1:8082")
    activate(home)
    write_state(home, _state())
    beat(home, os.getpid())
    with HomeLock(home).acquire(address="127.0.0.1:8082"):
        yield home


def test_nothing_while_it_runs_well(home: Home) -> None:
    assert codes(findings(home)) == []


def test_that_it_does_not_run(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    create_home(home)

    (stopped,) = findings(home)

    assert codes([stopped]) == ["service_not_running"]
    assert stopped.cure("en") == f"{home.service} start"


def test_settings_that_wait_for_a_restart(home: Home) -> None:
    set_value(home, "network.api.allowed_ip", "127.0.0.1")
    assert codes(findings(home)) == ["config_not_in_force"]

    activate(home)

    assert codes(findings(home)) == []


def test_but_not_a_remark_that_was_added(home: Home) -> None:
    home.config.write_text("# a remark\n" + home.config.read_text())

    assert codes(findings(home)) == []


def test_a_restart_that_failed(home: Home) -> None:
    write_state(home, _state(Attempt(1.0, "порт занят", "the port is taken")))

    (failed,) = findings(home)

    assert codes([failed]) == ["restart_failed"]
    assert "the port is taken" in failed.sentence("en")
    write_state(home, _state(Attempt(2.0)))
    assert codes(findings(home)) == []


def test_a_ticker_that_is_overdue(home: Home) -> None:
    (home.run / "ticker").write_text(f"{os.getpid()} {time.monotonic() - FRESH_S - 1}\n")
    assert codes(findings(home)) == ["ticker_overdue"]

    beat(home, os.getpid())

    assert codes(findings(home)) == []


def test_metrics_that_are_not_shown(home: Home) -> None:
    write_state(home, replace(_state(), metrics_hidden="127.0.0.1:9108"))

    (hidden,) = findings(home)

    assert codes([hidden]) == ["metrics_hidden"]
    assert "127.0.0.1:9108" in hidden.sentence("en") and "127.0.0.1:9108" in hidden.sentence("ru")
    assert "network['metrics.listen']" in hidden.cure("en")


def test_migrations_that_are_missing(home: Home) -> None:
    tamper("DELETE FROM django_migrations WHERE app = 'access' AND name = '0001'")

    assert codes(findings(home)) == ["migrations_missing"]


def test_a_database_of_a_later_netledger(home: Home) -> None:
    tamper("INSERT INTO django_migrations (app, name, applied) VALUES ('access', '9999', now())")

    assert codes(findings(home)) == ["database_newer"]


def test_a_database_that_does_not_answer(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.setenv(variable, "postgresql://nobody@127.0.0.1:1/nothing")

    assert codes(findings(home)) == ["database_unreachable"]
