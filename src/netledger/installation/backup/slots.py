"""The replication slot that makes PostgreSQL keep its WAL until the stream beside the backups has it.

A stream is a folder and a slot of the same stamp. A slot that fell behind by more than PostgreSQL may keep
(`max_slot_wal_keep_size`) is lost, and so is a restored cluster's, which begins without any: then a new stream begins.
"""

from pathlib import Path

import psycopg

from netledger.installation.backup.folder import BackupFolder, give_to_owner_of, new_stamp
from netledger.installation.backup.segments import PARTIAL, number_at, parse_lsn, segment_named
from netledger.installation.whole_file import sync_folder

PREFIX = "netledger_"
OURS = "netledger\\_%"
DROP = """
    SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
     WHERE slot_name LIKE %s AND slot_name <> %s AND NOT active
"""
KEPT = "SELECT FROM pg_replication_slots WHERE slot_name LIKE %s AND wal_status <> 'lost'"
IS_KEPT = "SELECT FROM pg_replication_slots WHERE slot_name = %s AND wal_status <> 'lost'"


def slot_of(stream: Path) -> str:
    """The name of the stream's slot."""
    return PREFIX + stream.name.lower()


def is_kept(superuser: psycopg.Connection, stream: Path) -> bool:
    """Whether PostgreSQL keeps what the stream has not yet."""
    return superuser.execute(IS_KEPT, [slot_of(stream)]).fetchone() is not None


def is_any_kept(superuser: psycopg.Connection) -> bool:
    """Whether PostgreSQL keeps WAL for a stream, wherever its folder is."""
    return superuser.execute(KEPT, [OURS]).fetchone() is not None


def stream_in_use(superuser: psycopg.Connection, folder: BackupFolder) -> Path:
    """The stream that goes on from what PostgreSQL keeps; a new one, if the last one's slot is gone.

    Raises: BackupUnderWay: another begins one at this moment.
    """
    with folder.locked("wal-lock"):
        streams = folder.streams()
        if streams and is_kept(superuser, streams[-1]):
            return streams[-1]
        stream = folder.wal / new_stamp()
        keep_for(superuser, stream)
        begin_stream(folder, stream)
        drop_others(superuser, stream)
        return stream


def keep_for(superuser: psycopg.Connection, stream: Path) -> None:
    """Let PostgreSQL keep its WAL for that stream from now on, whose folder need not be there yet."""
    superuser.execute("SELECT pg_create_physical_replication_slot(%s, true)", [slot_of(stream)])


def begin_stream(folder: BackupFolder, stream: Path) -> None:
    """Make the stream's folder: from now on it is the one in use."""
    folder.wal.mkdir(mode=0o700, exist_ok=True)
    stream.mkdir(mode=0o700)
    give_to_owner_of(folder.path, folder.wal)
    sync_folder(folder.wal)


def has_hole_before(superuser: psycopg.Connection, folder: BackupFolder, stream: Path) -> bool:
    """Whether what PostgreSQL keeps for the stream begins after the end of what the streams before it have."""
    ((begin,),) = superuser.execute(
        "SELECT restart_lsn::text FROM pg_replication_slots WHERE slot_name = %s", [slot_of(stream)]
    ).fetchall()
    names = (file.name.removesuffix(PARTIAL) for other in folder.streams() for file in other.iterdir())
    numbers = [segment.number for name in names if (segment := segment_named(name))]
    return bool(numbers) and number_at(parse_lsn(begin)) > max(numbers) + 1


def drop_others(superuser: psycopg.Connection, stream: Path) -> None:
    """Let PostgreSQL forget what it keeps for streams that nobody writes any more."""
    superuser.execute(DROP, [OURS, slot_of(stream)])
