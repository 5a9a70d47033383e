"""A connection of the pool that the server has ended is found out before its use; a sound one is not asked for that."""

from collections.abc import Iterator
from contextlib import suppress

import psycopg
import pytest

from given_cluster import Database
from netledger.installation.database import conninfo
from netledger.server.postgresql.base import check_quickly


@pytest.fixture
def connection(committed_db: Database) -> Iterator[psycopg.Connection]:
    with psycopg.connect(conninfo("server"), autocommit=True) as connection:
        yield connection
        with suppress(psycopg.OperationalError):
            connection.close()


def test_a_sound_one_is_taken_without_asking_it(
    connection: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.execute("SELECT 1")
    monkeypatch.setattr(connection, "execute", lambda text: pytest.fail("it was asked"))

    check_quickly(connection)


def test_one_that_was_ended_is_refused(connection: psycopg.Connection, committed_db: Database) -> None:
    with psycopg.connect(conninfo("server"), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.info.backend_pid])
        other.execute("SELECT pg_sleep(0.1)")

    with pytest.raises(psycopg.OperationalError):
        check_quickly(connection)


def test_one_that_has_only_heard_something_is_taken(connection: psycopg.Connection) -> None:
    connection.execute("LISTEN heard")
    with psycopg.connect(conninfo("server"), autocommit=True) as other:
        other.execute("NOTIFY heard")

    check_quickly(connection)

    assert connection.execute("SELECT 1").fetchone() == (1,)
