"""What is wrong with the backups: none, a broken one, an old one, or a stream of WAL that has stopped beside them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from netledger.installation import database
from netledger.installation.backup.folder import BackupFolder, folder_of
from netledger.installation.backup.stream_state import HOLE, read_state
from netledger.installation.doctor import nearly_full, open_to_others
from netledger.installation.findings import Finding, Severity
from netledger.installation.home import Home
from netledger.installation.settings import Settings

OLD_AFTER = timedelta(days=7)
"""The WAL since then makes up for its age; but replaying weeks takes long, and one file of them lost is fatal."""
BEHIND_S_MAX = 300
BEGINS_WITHIN = timedelta(seconds=60)
"""After a start or a restart the stream may take so long to begin."""


def findings(home: Home, settings: Settings) -> Iterator[Finding]:
    """What is wrong with the backups of an embedded database; another one is backed up by who keeps it."""
    if database.is_external() or not home.cluster.exists():
        return
    folder = folder_of(home, settings)
    bases = folder.bases()
    yield from _broken(folder)
    if not bases:
        yield Finding(
            "no_backup",
            Severity.ERROR,
            f"Резервных копий нет: {folder.path}",
            f"There is no backup in {folder.path}",
            "netledger backup",
            "netledger backup",
        )
        return
    finished_at = bases[-1].facts.finished_at
    if datetime.now(UTC) - finished_at > OLD_AFTER:
        yield Finding(
            "backup_old",
            Severity.WARNING,
            f"Последняя резервная копия старая: {finished_at:%Y-%m-%d %H:%M} UTC",
            f"The last backup is old: {finished_at:%Y-%m-%d %H:%M} UTC",
            "netledger backup, а лучше каждую ночь из cron",
            "netledger backup; better each night, by cron",
        )
    yield from open_to_others([*(base.path for base in bases), folder.wal])
    yield from _hole(folder, finished_at)
    yield from _stream(home, folder)
    if _is_on_another_disk(folder, home):
        yield from nearly_full(folder.path)


def _broken(folder: BackupFolder) -> Iterator[Finding]:
    """That something which is named like a backup is none: no restore goes back to it."""
    for path in folder.broken_bases():
        yield Finding(
            "backup_broken",
            Severity.WARNING,
            f"В {path} нет читаемого backup.json: копией она не считается и сама не удаляется",
            f"There is no backup.json to be read in {path}: it is not counted as a backup, and never taken away",
            "скопируйте её ещё раз целиком или удалите",
            "copy it once more, as a whole, or remove it",
        )


def _is_on_another_disk(folder: BackupFolder, home: Home) -> bool:
    return folder.path.stat().st_dev != home.path.stat().st_dev


def _hole(folder: BackupFolder, finished_at: datetime) -> Iterator[Finding]:
    """That the stream could not go on where it had been, and no backup was made since."""
    for hole in (stream / HOLE for stream in folder.streams()):
        if hole.exists() and hole.stat().st_mtime > finished_at.timestamp():
            yield Finding(
                "wal_hole",
                Severity.ERROR,
                f"В журнале рядом с копиями разрыв: {hole.parent}; к моментам после него вернуться нельзя",
                f"There is a hole in the WAL beside the backups: {hole.parent}; no moment after it can be restored",
                "netledger backup",
                "netledger backup",
            )


def _stream(home: Home, folder: BackupFolder) -> Iterator[Finding]:
    """That what was committed of late is in no backup: the stream says how it does while the service runs."""
    state, now = read_state(home), datetime.now(UTC)
    if state is None or state.phase not in ("stalled", "no_room") or state.behind_s(now) <= BEHIND_S_MAX:
        return
    is_full = state.phase == "no_room"
    if not is_full and state.begun_at and now - state.begun_at < BEGINS_WITHIN:
        return
    through = f"{state.through:%Y-%m-%d %H:%M} UTC" if state.through else ""
    yield Finding(
        "wal_behind",
        Severity.ERROR,
        f"Журнал рядом с копиями не пишется{through and f' с {through}'}: {state.trouble}",
        f"The WAL beside the backups is not written{through and f' since {through}'}: {state.trouble}",
        f"освободите место на диске копий: {folder.path}" if is_full else f"причина в {home.log}",
        f"free room on the disk of the backups: {folder.path}" if is_full else f"the cause is in {home.log}",
    )
