"""At a start the tables are brought up to date, half-done work included; those of a later netledger are left alone."""

from pathlib import Path

import psycopg
import pytest

from given_cluster import Database
from netledger.installation.home import Home
from netledger.installation.roles import ROLES
from netledger.server.errors import DatabaseNewer, DatabaseUnreachable
from netledger.server.schema import known_migrations, lacks_migrations
from origin import address_of_home
from server.running import free_port, run, running


def _lacks(database: Database) -> bool:
    return lacks_migrations(database.owner, server_role=ROLES["server"])


def _change(database: Database, statement: str) -> None:
    with psycopg.connect(database.owner) as connection:
        connection.execute(statement)


def test_when_all_was_done(committed_db: Database) -> None:
    assert ("ledger", "0001") in known_migrations()
    assert not _lacks(committed_db)


def test_unless_a_migration_is_missing(committed_db: Database) -> None:
    _change(committed_db, "DELETE FROM django_migrations WHERE app = 'payments'")

    assert _lacks(committed_db)


def test_unless_the_rights_were_not_given_any_more(committed_db: Database) -> None:
    _change(committed_db, "CREATE TABLE later (id bigint)")

    assert _lacks(committed_db)


def test_unless_nothing_was_done_yet(committed_db: Database) -> None:
    _change(committed_db, "DROP TABLE django_migrations")

    assert _lacks(committed_db)


def test_and_a_migration_that_we_do_not_have_is_named(committed_db: Database) -> None:
    _change(
        committed_db, "INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '9999', now())"
    )

    with pytest.raises(DatabaseNewer) as refused:
        _lacks(committed_db)

    assert refused.value.migration == "ledger.9999"


def test_and_a_database_that_does_not_answer_is_a_refusal() -> None:
    with pytest.raises(DatabaseUnreachable):
        lacks_migrations(f"host=127.0.0.1 port={free_port()} dbname=x", server_role="x")


def test_and_a_start_does_what_is_missing_and_leaves_a_later_ones_tables_alone(own_home: Path) -> None:
    owner = address_of_home(Home(own_home), ROLES["owner"])
    with running(own_home), psycopg.connect(owner) as connection:
        connection.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM netledger_server")

    with running(own_home) as again, psycopg.connect(owner) as connection:
        rights_are_back = again.get("/readyz").status == 200
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '9999', now())"
        )
    refused = run("serve", "--listen", f"127.0.0.1:{free_port()}", home=own_home)

    assert rights_are_back
    assert refused.returncode == 1
    assert "ledger.9999" in refused.stderr
