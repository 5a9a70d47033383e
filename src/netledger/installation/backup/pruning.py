"""Takes away backups beyond those that are kept, and the WAL that no kept one needs."""

import shutil
from pathlib import Path
from typing import NamedTuple

from netledger.installation.backup.folder import BackupFolder, Base, take_away
from netledger.installation.backup.segments import (
    PARTIAL,
    is_what_it_says,
    number_at,
    parse_lsn,
    segment_named,
)


class Pruned(NamedTuple):
    """What was taken away."""

    bases: int
    segments: int


def prune(folder: BackupFolder, *, keep: int) -> Pruned:
    """Take away all but the newest `keep` base backups, and WAL older than the oldest that stays; the lock is held."""
    bases = folder.bases()
    staying = bases[-keep:]
    for base in bases[:-keep]:
        take_away(base.path)
    streams = folder.streams()
    removed = sum(_prune_stream(stream, staying, is_in_use=stream == streams[-1]) for stream in streams)
    for stream in streams[:-1]:
        if not any(segment_named(file.name.removesuffix(PARTIAL)) for file in stream.iterdir()):
            shutil.rmtree(stream)
    return Pruned(len(bases) - len(staying), removed)


def _prune_stream(stream: Path, staying: list[Base], *, is_in_use: bool) -> int:
    """Remove the segments that no backup which stays begins before; another cluster's are needed by none.

    Args:
        is_in_use: its last segment, which is not whole yet, is being written.
    """
    removed = 0
    for file in sorted(stream.iterdir()):
        segment = segment_named(file.name if is_in_use else file.name.removesuffix(PARTIAL))
        if segment is None:
            continue
        needing = [
            number_at(parse_lsn(base.facts.start_lsn))
            for base in staying
            if is_what_it_says(file, segment, base.facts.system_identifier)
        ]
        if not needing or segment.number < min(needing):
            file.unlink()
            removed += 1
    return removed
