"""Makes a base backup that has verified itself, whole or not at all."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import psycopg

from netledger.installation.backup import programs
from netledger.installation.backup.errors import BackupDamaged, BackupFailed
from netledger.installation.backup.folder import (
    BASE,
    NEW,
    BackupFolder,
    Base,
    BaseFacts,
    give_to_owner_of,
    new_stamp,
    remove_halves,
    size_of,
    write_facts,
)
from netledger.installation.backup.keys import fingerprint_of
from netledger.installation.errors import DiskFull, SecretKeyMissing
from netledger.installation.full_disk import NO_SPACE
from netledger.installation.home import Home
from netledger.installation.postgres import Cluster
from netledger.installation.postgres_binaries import installed_version
from netledger.installation.postgres_creation import last_line
from netledger.installation.whole_file import sync_folder, write_new

Stage = Literal["copying", "verifying"]


def make_base(home: Home, folder: BackupFolder, *, with_key: bool, tell: Callable[[Stage], None]) -> Base:
    """Back the home's running PostgreSQL up, with the configuration; the caller holds the folder's lock.

    Args:
        with_key: the keys of stored secrets go in too.
        tell: called as each stage begins.

    Raises: BackupFailed, BackupDamaged, DiskFull, SecretKeyMissing: nothing is left of it.
    """
    if not home.secret_key.exists():
        raise SecretKeyMissing(path=str(home.secret_key))
    remove_halves(folder)
    stamp = new_stamp()
    beside = folder.path / f"{NEW}{stamp}"
    beside.mkdir(mode=0o700)
    try:
        tell("copying")
        finished_at = _copy_cluster(home, beside / "cluster")
        tell("verifying")
        verify(beside / "cluster", beside)
        _copy_config(home, beside / "cfg", with_key=with_key)
        write_facts(beside, _facts(home, beside, finished_at, with_key=with_key))
        give_to_owner_of(folder.path, beside)
        sync_folder(beside)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    whole = beside.rename(folder.path / f"{BASE}{stamp}")
    sync_folder(folder.path)
    return next(base for base in folder.bases() if base.path == whole)


def verify(cluster: Path, path: Path) -> None:
    """See that each file of a base backup is as PostgreSQL sent it, and its WAL can be read.

    Args:
        path: what the refusal names.

    Raises: BackupDamaged.
    """
    verified = programs.run("pg_verifybackup", "--quiet", cluster)
    if verified.returncode != 0:
        raise BackupDamaged(path=str(path), why=last_line(verified.stderr))


def _copy_cluster(home: Home, target: Path) -> datetime:
    """Copy PostgreSQL's folder; answers PostgreSQL's time when that was done."""
    options = ["--wal-method=stream", "--checkpoint=fast", "--manifest-checksums=SHA256"]
    copied = programs.run("pg_basebackup", *programs.connecting(home), *options, f"--pgdata={target}")
    if copied.returncode != 0:
        if NO_SPACE in copied.stderr:
            raise DiskFull(path=str(target.parent))
        raise BackupFailed(why=last_line(copied.stderr))
    try:
        with psycopg.connect(Cluster(home).superuser_conninfo()) as superuser:
            ((now,),) = superuser.execute("SELECT clock_timestamp()").fetchall()
    except psycopg.Error as trouble:
        raise BackupFailed(why=" ".join(str(trouble).split())) from trouble
    assert isinstance(now, datetime)
    return now.astimezone(UTC)


def _copy_config(home: Home, target: Path, *, with_key: bool) -> None:
    target.mkdir(mode=0o700)
    write_new(target / home.config.name, home.config.read_bytes())
    if with_key:
        write_new(target / home.secret_key.name, home.secret_key.read_bytes())
    sync_folder(target)


def _facts(home: Home, folder: Path, finished_at: datetime, *, with_key: bool) -> BaseFacts:
    manifest = json.loads((folder / "cluster" / "backup_manifest").read_bytes())
    wal = manifest["WAL-Ranges"][-1]
    return BaseFacts(
        finished_at=finished_at,
        postgres_version=installed_version(),
        system_identifier=manifest["System-Identifier"],
        timeline=wal["Timeline"],
        start_lsn=wal["Start-LSN"],
        stop_lsn=wal["End-LSN"],
        size_bytes=size_of(folder),
        key_path=str(home.secret_key),
        key_fingerprint=fingerprint_of(home.secret_key),
        has_key=with_key,
    )
