"""What lies where in a folder of backups.

    base-20261125T231500Z/   one base backup, whole: cluster/, cfg/ and backup.json
    wal/20261125T231400Z/    the WAL since then, as one replication slot has brought it; `through` beside it

A name that begins with a point is a backup that is being made, or one that is being taken away.
"""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from netledger.installation.backup.errors import BackupFolderUnusable, BackupUnderWay
from netledger.installation.home import Home
from netledger.installation.settings import Settings
from netledger.installation.whole_file import write_new

BASE = "base-"
NEW = ".new-"
OLD = ".old-"
STAMP = "%Y%m%dT%H%M%S%fZ"


class BaseFacts(Struct, frozen=True, kw_only=True):
    """What backup.json says of a base backup."""

    finished_at: Annotated[datetime, Meta(tz=True)]
    """By PostgreSQL's clock; the first moment that it can be restored to."""
    postgres_version: str
    system_identifier: int
    timeline: int
    start_lsn: str
    stop_lsn: str
    size_bytes: int
    key_path: str
    """Where the keys of stored secrets were."""
    key_fingerprint: str
    has_key: bool


@dataclass(frozen=True)
class Base:
    """A base backup that is whole."""

    path: Path
    facts: BaseFacts

    @property
    def cluster(self) -> Path:
        """PostgreSQL's folder as it was."""
        return self.path / "cluster"

    @property
    def config(self) -> Path:
        """The configuration as it was."""
        return self.path / "cfg" / "config"

    @property
    def secret_key(self) -> Path:
        """The keys of stored secrets, if they were asked for."""
        return self.path / "cfg" / "secret.key"


@dataclass(frozen=True)
class BackupFolder:
    """A folder of backups; it need not exist."""

    path: Path

    @property
    def wal(self) -> Path:
        """The folder of the streams of WAL, one folder each."""
        return self.path / "wal"

    def bases(self) -> list[Base]:
        """The whole base backups, oldest first."""
        found = [(folder, _facts_of(folder)) for folder in self.path.glob(f"{BASE}*")]
        whole = [Base(folder, facts) for folder, facts in found if facts]
        return sorted(whole, key=lambda base: base.facts.finished_at)

    def broken_bases(self) -> list[Path]:
        """What has a base backup's name, and no `backup.json` that can be read: copied by halves, or meddled with."""
        return sorted(folder for folder in self.path.glob(f"{BASE}*") if not _facts_of(folder))

    def streams(self) -> list[Path]:
        """The folders of the streams, oldest first; the last one is in use."""
        return sorted(folder for folder in self.wal.glob("[0-9]*") if folder.is_dir())

    @contextmanager
    def locked(self, name: str = "lock") -> Iterator[None]:
        """Be the only one who changes what lies here.

        The folder is made, but none that it lies in: a disk that is not mounted is not made up for.

        Raises: BackupUnderWay, BackupFolderUnusable.
        """
        try:
            self.path.mkdir(mode=0o700, exist_ok=True)
            descriptor = os.open(self.path / f".{name}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as trouble:
            why = f"{trouble.strerror}: {trouble.filename}"
            raise BackupFolderUnusable(folder=str(self.path), why=why) from trouble
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError:
            raise BackupUnderWay(folder=str(self.path)) from None
        finally:
            os.close(descriptor)


def folder_of(home: Home, settings: Settings) -> BackupFolder:
    """The folder of backups that the configuration names."""
    return BackupFolder(Path(settings.backup.folder) if settings.backup.folder else home.backup)


def new_stamp() -> str:
    """A name for what is made now; by its order the order of time is seen."""
    return datetime.now(UTC).strftime(STAMP)


def write_facts(folder: Path, facts: BaseFacts) -> None:
    """Write backup.json of a base backup that is being made."""
    text = msgspec.json.format(msgspec.json.encode(facts), indent=2)
    write_new(folder / "backup.json", text + b"\n")


def take_away(folder: Path) -> None:
    """Remove a base backup; half removed it is none any more."""
    leaving = folder.with_name(OLD + folder.name)
    folder.rename(leaving)
    shutil.rmtree(leaving)


def remove_halves(folder: BackupFolder) -> None:
    """Remove what killed ones have left half made or half removed; the caller holds the lock."""
    for prefix in (NEW, OLD):
        for half in folder.path.glob(f"{prefix}*"):
            shutil.rmtree(half)


def give_to_owner_of(place: Path, made: Path) -> None:
    """Let what root has made belong to the owner of that place, whose netledger has to read it."""
    owner = place.stat()
    if os.geteuid() != 0 or owner.st_uid == 0:
        return
    os.chown(made, owner.st_uid, owner.st_gid)
    for folder, folders, files in os.walk(made):
        for name in (*folders, *files):
            os.chown(Path(folder, name), owner.st_uid, owner.st_gid, follow_symlinks=False)


def size_of(folder: Path) -> int:
    """How many bytes the files in the folder have."""
    size_bytes = 0
    for file in folder.rglob("*"):
        with contextlib.suppress(FileNotFoundError):
            size_bytes += file.lstat().st_size
    return size_bytes


def _facts_of(folder: Path) -> BaseFacts | None:
    """None, if they are not there or cannot be read."""
    try:
        return msgspec.json.decode((folder / "backup.json").read_bytes(), type=BaseFacts)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
