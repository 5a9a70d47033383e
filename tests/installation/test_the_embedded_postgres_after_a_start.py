"""The embedded PostgreSQL after a start: two roles, one database, a socket, and nothing for the network to find."""

from pathlib import Path

import psycopg
import pytest

from installation.keeper import Keeper, start_once
from netledger.installation.database import embedded_conninfo
from netledger.installation.home import Home
from netledger.installation.postgres import Cluster
from netledger.installation.postgres_recovery import leftovers_in, server_pid

pytestmark = pytest.mark.embedded

DAC_OVERRIDE = 1 << 1


def test_keeps_what_was_committed_over_a_stop_and_a_start(made_home: Home) -> None:
    with Keeper(made_home), psycopg.connect(Cluster(made_home).conninfo("owner")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")

    with Keeper(made_home), psycopg.connect(Cluster(made_home).conninfo("owner")) as connection:
        assert connection.execute("SELECT number FROM kept").fetchall() == [(1,)]


def test_runs_nothing_any_more_once_it_is_stopped(made_home: Home) -> None:
    answer = start_once(made_home)

    assert answer.startswith("ready ")
    assert leftovers_in(made_home.cluster) == []
    assert list((made_home.run / "pg").iterdir()) == []


def test_is_not_root_and_may_little_that_root_may(kept_home: Home) -> None:
    superuser = embedded_conninfo(kept_home, user="postgres", dbname="postgres")
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute(f"COPY (SELECT 1) TO PROGRAM 'id -u > {kept_home.tmp / 'id'}'")  # type: ignore[arg-type]

    assert (kept_home.tmp / "id").read_text().strip() != "0"
    assert capabilities_of(running_server(kept_home)) & ~DAC_OVERRIDE == 0


def test_listens_on_no_tcp_port(kept_home: Home) -> None:
    ours = sockets_of(running_server(kept_home))

    assert ours, "its own socket is among them"
    assert ours.isdisjoint(tcp_sockets())


def test_lets_the_owner_add_the_extensions_that_it_needs(kept_home: Home) -> None:
    with psycopg.connect(Cluster(kept_home).conninfo("owner")) as connection:
        connection.execute("CREATE EXTENSION btree_gist")
        connection.execute("CREATE EXTENSION pg_trgm")

        found = connection.execute("SELECT lower('ЁЖ, ÄÖ'), cardinality(show_trgm('ёж'))").fetchone()

    assert found == ("ёж, äö", 3)


def test_gives_the_server_nothing_to_own(kept_home: Home) -> None:
    with psycopg.connect(Cluster(kept_home).conninfo("server")) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine (number int)")
        connection.rollback()
        rights = connection.execute(
            "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname ~ '^netledger' ORDER BY 1"
        ).fetchall()

    assert rights == [
        ("netledger_owner", False, False, False),
        ("netledger_server", False, False, False),
    ]


def test_logs_no_value_of_a_failed_statement(kept_home: Home) -> None:
    with psycopg.connect(Cluster(kept_home).conninfo("server")) as connection:
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            connection.execute("SELECT 'a-secret'::int")
        connection.rollback()
        connection.execute("DO $$ BEGIN RAISE WARNING 'a-secret'; END $$")

    assert "a-secret" not in (kept_home.log / "postgres.log").read_text()


def test_writes_its_commits_to_the_disk(kept_home: Home) -> None:
    with psycopg.connect(Cluster(kept_home).conninfo("server")) as connection:
        found = connection.execute(
            "SELECT name, setting FROM pg_settings WHERE name IN"
            " ('data_checksums', 'fsync', 'full_page_writes', 'synchronous_commit') ORDER BY name"
        ).fetchall()

    assert dict(found) == dict.fromkeys(
        ["data_checksums", "fsync", "full_page_writes", "synchronous_commit"], "on"
    )


def test_takes_no_notice_of_a_user_s_own_variables_of_postgres(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "6543")
    monkeypatch.setenv("PGDATA", "/nowhere")

    assert start_once(home).startswith("ready ")


def running_server(home: Home) -> int:
    """The process id of the home's server."""
    pid = server_pid(home.cluster)
    assert pid is not None
    return pid


def capabilities_of(pid: int) -> int:
    """What of root's rights a process has, as a set of bits."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("CapPrm:")), 16)


def sockets_of(pid: int) -> set[str]:
    """The inodes of the sockets that a process has open."""
    links = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
    return {link[len("socket:[") : -1] for link in links if link.startswith("socket:[")}


def tcp_sockets() -> set[str]:
    """The inodes of all TCP sockets of the machine."""
    lines = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
    ]
    return {fields[9] for fields in lines}
