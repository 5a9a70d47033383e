"""With DATABASE_URL and DATABASE_OWNER_URL the provider's PostgreSQL serves, and none of ours is started."""

from pathlib import Path

import psycopg

from given_cluster import Database
from server.running import free_port, running, start


def test_and_no_other_is_made(committed_db: Database, tmp_path: Path) -> None:
    home = tmp_path / "home"

    with running(home, more=committed_db.environment) as service:
        answer = service.get("/readyz")
        with psycopg.connect(committed_db.owner) as connection:
            programs = connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND usename = 'netledger_server'",
                [committed_db.name],
            ).fetchone()

    assert answer.status == 200
    assert programs is not None
    assert programs[0] > 0
    assert not (home / "postgres").exists()


def test_and_it_is_told_when_that_does_not_answer(tmp_path: Path) -> None:
    nobody = f"postgresql://netledger:very-secret@127.0.0.1:{free_port()}/netledger"

    service = start(
        tmp_path / "home", free_port(), more={"DATABASE_URL": nobody, "DATABASE_OWNER_URL": nobody}
    )

    assert service.process.wait(timeout=30) == 1
    told = service.output.read_text()
    assert "The database does not answer" in told
    assert told.count("\n") == 1
    assert "very-secret" not in told
