"""`netledger backup`: whole or not there, verified, with WAL beside it from the first one on."""

import signal
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from netledger.installation.backup.folder import BackupFolder, Base
from netledger.installation.backup.segments import segment_named
from netledger.installation.backup.stream_state import read_state
from netledger.installation.home import Home
from netledger.installation.postgres import Cluster
from server.running import COMMAND, Service, environment, eventually, run

pytestmark = pytest.mark.embedded


@pytest.mark.faults
def test_and_begins_a_stream_of_wal_that_loses_nothing_while_the_service_runs(own_service: Service) -> None:
    home = Home(own_service.home)
    eventually(lambda: phase_of(home) == "idle")

    made = own_service.cli("backup")
    segments_before = segments_of(home)
    with psycopg.connect(Cluster(home).superuser_conninfo(), autocommit=True) as superuser:
        superuser.execute("SELECT pg_switch_wal() FROM pg_logical_emit_message(false, 'netledger', 'a test')")
    eventually(lambda: len(segments_of(home)) > len(segments_before))
    now = datetime.now(UTC)
    eventually(lambda: (state := read_state(home)) is not None and (state.through or now) > now)
    stopped = own_service.stop()

    assert made.returncode == 0, made.stderr
    assert stopped == 0
    assert last_written(home) in {name.removesuffix(".partial") for name in wal_files(home)}


def test_with_the_configuration_in_it_and_the_key_only_where_it_is_asked_for(own_home: Path) -> None:
    home = Home(own_home)

    without, with_key = run("backup", home=own_home), run("backup", "--with-key", home=own_home)
    first, second = bases_of(home)

    assert home.secret_key.read_bytes() == second.secret_key.read_bytes()
    assert not first.secret_key.exists()
    assert [base.config.read_bytes() for base in (first, second)] == [home.config.read_bytes()] * 2
    assert first.facts.key_fingerprint in without.stdout and str(home.secret_key) in without.stdout
    assert "fingerprint" not in with_key.stdout


@pytest.mark.faults
def test_nor_are_more_kept_than_the_configuration_says_and_wal_that_none_of_them_needs(
    own_home: Path,
) -> None:
    run("config", "set", "backup.keep", "1", home=own_home)
    for _ in range(2):
        assert run("backup", home=own_home).returncode == 0
    elsewhere = own_home.with_name("elsewhere")

    once = run("backup", "--to", str(elsewhere), home=own_home)

    assert once.returncode == 0, once.stderr
    assert len(bases_of(Home(own_home))) == 1
    assert len(BackupFolder(elsewhere).bases()) == 1


@pytest.mark.faults
def test_though_it_is_killed_half_way(own_home: Path) -> None:
    folder = Home(own_home).backup
    process = subprocess.Popen([COMMAND, "backup"], env=environment(own_home), stdout=subprocess.DEVNULL)
    eventually(lambda: any(folder.glob(".new-*/cluster/base")))

    process.send_signal(signal.SIGKILL)
    process.wait()
    seen = bases_of(Home(own_home))
    again = run("backup", home=own_home)

    assert seen == []
    assert again.returncode == 0, again.stderr
    assert len(bases_of(Home(own_home))) == 1
    assert not any(folder.glob(".new-*"))


def test_nor_on_a_disk_that_is_not_mounted(own_home: Path) -> None:
    run("config", "set", "backup.folder", str(own_home / "mnt" / "backup"), home=own_home)

    refused = run("backup", home=own_home)

    assert refused.returncode == 1
    assert "cannot be used" in refused.stderr
    assert not (own_home / "mnt").exists()


def test_and_a_database_of_ones_own_is_not_ours_to_copy(tmp_path: Path) -> None:
    nobody = "postgresql://nobody@127.0.0.1:1/none"

    refused = subprocess.run(
        [COMMAND, "backup"],
        env=environment(tmp_path) | {"DATABASE_URL": nobody, "DATABASE_OWNER_URL": nobody},
        capture_output=True,
        text=True,
    )

    assert refused.returncode == 1
    assert "its server's tools" in refused.stderr


def bases_of(home: Home) -> list[Base]:
    """The whole backups, oldest first."""
    return BackupFolder(home.backup).bases()


def phase_of(home: Home) -> str | None:
    """How the stream is said to do."""
    state = read_state(home)
    return state.phase if state else None


def wal_files(home: Home) -> list[str]:
    """The names in the stream in use."""
    return sorted(file.name for file in BackupFolder(home.backup).streams()[-1].iterdir())


def segments_of(home: Home) -> list[str]:
    """The whole segments that were streamed."""
    return [name for name in wal_files(home) if segment_named(name)]


def last_written(home: Home) -> str:
    """The newest segment that the stopped PostgreSQL has written into."""
    from netledger.installation.backup import programs

    told = programs.run("pg_controldata", home.cluster).stdout
    return next(line for line in told.splitlines() if "REDO WAL file" in line).split()[-1]
