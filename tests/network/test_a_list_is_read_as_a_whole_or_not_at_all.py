"""A list is read in blocks, whole or not at all, and holds no connection and no snapshot when it is sent."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection

from given import a_connection, a_customer, a_nas, edition_of, published
from given_cluster import Database
from netledger import sql
from netledger.installation import spools
from netledger.installation.database import conninfo
from netledger.ledger import clock
from netledger.network.lists import list_entries, spool_list
from netledger.network.models import Connection, Nas

ROWS_A_FETCH = 100
LINES = 2 * ROWS_A_FETCH + 50


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a short list is a long one."""
    monkeypatch.setattr(sql, "STREAM_CHUNK_ROWS", ROWS_A_FETCH)
    monkeypatch.setattr(spools, "IN_MEMORY_BYTES", 10_000)


def _fill(nas: Nas) -> None:
    """One subscriber with many connections: each line is as long as the longest login allows."""
    customer = a_customer("-1.00")
    a_connection(nas, customer, address="10.200.0.1")
    Connection.objects.bulk_create(
        Connection(
            subscriber=customer, login=f"{number:064d}", secret=b"", nas=nas, by_session=False, created_at=clock.now(),
            address=f"10.0.{number // 250}.{number % 250 + 1}",
        )
        for number in range(LINES - 1)
    )  # fmt: skip


@pytest.fixture
def long_list(nas: Nas) -> Nas:
    _fill(nas)
    published()
    return nas


def _open_cursors() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_cursors WHERE name <> ''")
        (count,) = cursor.fetchone()
    return int(count)


def test_rows_come_from_a_cursor_in_the_database_block_by_block(long_list: Nas) -> None:
    entries = list_entries(edition_of(long_list, "negbal"))

    first = next(entries)
    in_the_middle = _open_cursors()
    rest = list(entries)

    assert (in_the_middle, _open_cursors()) == (1, 0)
    assert len({first.address, *(entry.address for entry in rest)}) == LINES


def test_who_stops_reading_rows_leaves_no_cursor(long_list: Nas) -> None:
    entries = list_entries(edition_of(long_list, "negbal"))
    next(entries)

    entries.close()  # type: ignore[attr-defined]

    assert _open_cursors() == 0


def test_no_block_is_larger_than_the_limit(
    long_list: Nas, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    written: list[int] = []

    class Counting(SpooledTemporaryFile[bytes]):
        def write(self, block: Any) -> int:
            written.append(block.count(b"\n"))
            return super().write(block)

    monkeypatch.setattr(spools, "SpooledTemporaryFile", Counting)
    spool_list(edition_of(long_list, "negbal"), folder=tmp_path).close()

    assert written == [ROWS_A_FETCH, ROWS_A_FETCH, 50]


def test_a_long_list_waits_in_the_folder_and_a_short_one_in_memory(long_list: Nas, tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    folder.mkdir()

    with spool_list(edition_of(long_list, "blocked"), folder=folder) as short:
        assert short.read() == b""
    with spool_list(edition_of(long_list, "negbal"), folder=folder) as spool:
        text = spool.read()
        place = Path(f"/proc/self/fd/{spool.fileno()}").readlink()

    assert text.count(b"\n") == LINES
    assert place.is_relative_to(folder)
    assert list(folder.iterdir()) == []


@pytest.fixture
def committed_list(committed_db: Database) -> Nas:
    nas = a_nas()
    _fill(nas)
    return nas


@pytest.fixture
def other_client(committed_db: Database) -> Iterator[psycopg.Connection]:
    """A client of the same role beside this thread's connection."""
    with psycopg.connect(conninfo("server"), autocommit=True) as client:
        yield client


def _backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    return int(pid)


def test_when_it_is_spooled_no_transaction_and_no_snapshot_is_open(
    committed_list: Nas, other_client: psycopg.Connection, tmp_path: Path
) -> None:
    look = "SELECT state, backend_xmin FROM pg_stat_activity WHERE pid = %s"
    ours = _backend()

    with spool_list(edition_of(committed_list, "negbal"), folder=tmp_path):
        seen = other_client.execute(look, [ours]).fetchone()

    assert seen == ("idle", None)


def test_one_whose_database_connection_is_cut_in_the_middle_is_no_list(
    committed_list: Nas, other_client: psycopg.Connection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ours = _backend()
    files: list[SpooledTemporaryFile[bytes]] = []

    class Cutting(SpooledTemporaryFile[bytes]):
        def write(self, block: Any) -> int:
            if not files:
                files.append(self)
                other_client.execute("SELECT pg_terminate_backend(%s, 5000)", [ours])
            return super().write(block)

    monkeypatch.setattr(spools, "SpooledTemporaryFile", Cutting)
    with pytest.raises(OperationalError):
        spool_list(edition_of(committed_list, "negbal"), folder=tmp_path)

    assert [file.closed for file in files] == [True]


def test_rows_that_are_cut_in_the_middle_do_not_end_as_if_they_were_all(
    committed_list: Nas, other_client: psycopg.Connection
) -> None:
    entries = list_entries(edition_of(committed_list, "negbal"))
    read = [next(entries)]
    ours = _backend()

    other_client.execute("SELECT pg_terminate_backend(%s, 5000)", [ours])
    with pytest.raises(OperationalError):
        read.extend(entries)

    assert 0 < len(read) < LINES
