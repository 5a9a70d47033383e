"""WAL beside the backups stops short of a full disk and goes on by itself; a hole is seen and never passed over."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from installation.keeper import Keeper
from netledger.installation.backup.folder import BackupFolder
from netledger.installation.backup.receiver import free_bytes
from netledger.installation.backup.segments import SEGMENT_BYTES
from netledger.installation.backup.slots import is_any_kept, slot_of, stream_in_use
from netledger.installation.backup.stream_state import HOLE, Phase
from netledger.installation.home import Home
from netledger.installation.postgres import Cluster
from netledger.server import logs
from netledger.server.wal_stream import WalKeeper
from server.running import eventually

pytestmark = [pytest.mark.embedded, pytest.mark.faults]


@pytest.fixture
def home(own_home: Path) -> Iterator[Home]:
    """A home whose PostgreSQL runs alone, with a stream begun."""
    home = Home(own_home)
    with Keeper(home), superuser(home) as connection:
        logs.configure(home, "test")
        stream_in_use(connection, BackupFolder(home.backup))
        yield home


@pytest.fixture
def keeper(home: Home) -> Iterator[WalKeeper]:
    """Who keeps the stream, and needs next to no room."""
    keeper = WalKeeper(home, BackupFolder(home.backup), room_bytes=1)
    yield keeper
    keeper.stop()


def test_it_stops_where_there_is_no_room_and_goes_on_where_there_is(home: Home, keeper: WalKeeper) -> None:
    eventually(lambda: phase_of(keeper) == "streaming")
    keeper.room_bytes = 2 * free_bytes(keeper.folder)
    without_room = phase_of(keeper)
    write_segments(home, 2)
    behind_bytes = looked_at(keeper).state.behind_bytes
    kept = segments(home)

    keeper.room_bytes = 1
    eventually(lambda: phase_of(keeper) == "streaming" and keeper.state.behind_bytes == 0)

    assert without_room == "no_room"
    assert behind_bytes > SEGMENT_BYTES
    assert len(segments(home)) >= len(kept) + 2
    assert not list(home.backup.glob(f"wal/*/{HOLE}"))


def test_what_postgres_has_not_kept_for_it_is_a_hole_in_a_stream_of_its_own(
    home: Home, keeper: WalKeeper
) -> None:
    eventually(lambda: phase_of(keeper) == "streaming")
    keeper.stop()
    (before,) = keeper.folder.streams()
    with superuser(home) as connection:
        eventually(lambda: dropped(connection, before))
        write_segments(home, 3)
        connection.execute("CHECKPOINT")

    eventually(lambda: phase_of(keeper) == "streaming" and len(keeper.folder.streams()) == 2)

    assert (keeper.folder.streams()[-1] / HOLE).exists()
    assert not (before / HOLE).exists()


def test_what_is_kept_stays_kept_while_its_disk_is_not_there(home: Home, tmp_path: Path) -> None:
    unmounted = WalKeeper(home, BackupFolder(tmp_path / "unmounted"), room_bytes=1)

    phase = phase_of(unmounted)
    unmounted.stop()
    with superuser(home) as connection:
        is_kept = is_any_kept(connection)

    assert (phase, is_kept) == ("stalled", True)


def phase_of(keeper: WalKeeper) -> Phase:
    """How the stream does at this look."""
    return looked_at(keeper).state.phase


def looked_at(keeper: WalKeeper) -> WalKeeper:
    """It, having looked once more."""
    keeper.look()
    return keeper


def superuser(home: Home) -> psycopg.Connection:
    """A connection of who makes slots."""
    return psycopg.connect(Cluster(home).superuser_conninfo(), autocommit=True)


def dropped(connection: psycopg.Connection, stream: Path) -> bool:
    """Whether the stream's slot could be dropped: its receiver has just left."""
    try:
        connection.execute("SELECT pg_drop_replication_slot(%s)", [slot_of(stream)])
    except psycopg.errors.ObjectInUse:
        return False
    return True


def write_segments(home: Home, count: int) -> None:
    """Let PostgreSQL begin so many segments of its log."""
    with superuser(home) as connection:
        for _ in range(count):
            connection.execute("SELECT pg_logical_emit_message(false, 'netledger', 'a test')")
            connection.execute("SELECT pg_switch_wal()")


def segments(home: Home) -> list[Path]:
    """The whole segments that were streamed."""
    return [file for file in home.backup.glob("wal/*/0*") if file.suffix == ""]
