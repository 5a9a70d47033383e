"""Which moments backups and WAL cover, and what it takes to go back to one of them.

Each restore begins a timeline of the log of its own. What was in force at a moment is the timeline that had begun last
by then: so a moment between the first restore and the one before it that it went back to is to be had again.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from netledger.installation.backup.errors import BackupMissing, MomentNotCovered, WalMissing
from netledger.installation.backup.folder import BackupFolder, Base
from netledger.installation.backup.segments import Branch, Segment, number_at, parse_lsn
from netledger.installation.backup.stream_state import read_through
from netledger.installation.backup.wal_folder import WalFolder
from netledger.installation.backup.wal_times import first_end, identifier_of, last_end, stopped_at


class Plan(NamedTuple):
    """How to get to a moment."""

    base: Base
    timeline: int
    stop_at: datetime | None
    """Where recovery stops; None: nothing was committed from the moment on, so it takes all there is."""


class _Covered(NamedTuple):
    """How far one base backup and the WAL after it reach."""

    last_end: datetime | None
    latest: datetime
    missing: Segment | None


def plan_restore(
    moment: datetime, *, from_folder: BackupFolder, streams: Sequence[Path], cluster: Path, links: Path
) -> Plan:
    """Find the base backup and the timeline that lead to the moment; the links to the WAL lie in the folder then.

    Args:
        streams: folders of streams of WAL, oldest first.
        cluster: the present cluster, stopped, whose last WAL nobody else has perhaps.

    Raises: BackupMissing, MomentNotCovered, WalMissing.
    """
    bases = from_folder.bases()
    if not bases:
        raise BackupMissing(folder=str(from_folder.path))
    before = [base for base in bases if base.facts.finished_at <= moment]
    identifier = (before or bases)[-1].facts.system_identifier
    bases = [base for base in bases if base.facts.system_identifier == identifier]
    wal = _gathered(links, identifier, bases, streams, cluster)
    timeline = _timeline_at(moment, wal, bases)
    branches = wal.branches_to(timeline)
    leading = [base for base in bases if _leads(base, branches)]
    if not leading:
        raise BackupMissing(folder=str(from_folder.path))
    earliest = leading[0].facts.finished_at
    base = next((base for base in reversed(leading) if base.facts.finished_at <= moment), leading[-1])
    covered = _covered(
        base, branches, wal, streams, cluster if identifier_of(cluster) == identifier else None
    )
    span = {name: one.isoformat() for name, one in (("earliest", earliest), ("latest", covered.latest))}
    if covered.missing and moment > covered.latest:
        raise WalMissing(moment=moment.isoformat(), segment=covered.missing.name, **span)
    if not earliest <= moment <= covered.latest:
        raise MomentNotCovered(moment=moment.isoformat(), **span)
    is_within = covered.last_end is not None and moment <= covered.last_end
    return Plan(base, timeline, moment if is_within else None)


def _gathered(
    links: Path, identifier: int, bases: Sequence[Base], streams: Sequence[Path], cluster: Path
) -> WalFolder:
    """All WAL: first the whole segments that were kept, last the one that a stream has not filled yet."""
    wal = WalFolder(links, identifier)
    wal.add(streams)
    wal.add(base.cluster / "pg_wal" for base in bases)
    wal.add([cluster / "pg_wal"])
    wal.add(reversed(streams), partial=True)
    return wal


def _timeline_at(moment: datetime, wal: WalFolder, bases: Sequence[Base]) -> int:
    """The timeline that was in force at the moment: that began last before it."""
    begun: dict[int, datetime] = {}
    first = min(wal.timelines() | {base.facts.timeline for base in bases})
    for timeline in wal.timelines():
        branches = wal.branches_to(timeline)
        begun_at = first_end(wal.path, timeline, branches[-2].until_lsn or 0) if len(branches) > 1 else None
        if begun_at is not None and begun_at <= moment:
            begun[timeline] = begun_at
    return max(begun, key=lambda timeline: begun[timeline], default=first)


def _leads(base: Base, branches: Sequence[Branch]) -> bool:
    """Whether the base backup was made on the way along these timelines."""
    for branch in branches:
        if branch.timeline == base.facts.timeline:
            return branch.until_lsn is None or parse_lsn(base.facts.stop_lsn) <= branch.until_lsn
    return False


def _covered(
    base: Base, branches: list[Branch], wal: WalFolder, streams: Sequence[Path], cluster: Path | None
) -> _Covered:
    reach = wal.reach(branches, number_at(parse_lsn(base.facts.stop_lsn)))
    ends = (last_end(wal.path, segment) for segment in reversed(reach.segments))
    last = next((end for end in ends if end is not None), None)
    known = [base.facts.finished_at, last]
    if reach.missing is None and reach.segments:
        timeline = branches[-1].timeline
        known += [read_through(stream) for stream in streams if _is_on(stream, timeline)]
        known += [stopped_at(cluster, timeline)] if cluster else []
    return _Covered(last, max(one for one in known if one is not None), reach.missing)


def _is_on(stream: Path, timeline: int) -> bool:
    """Whether the stream is of that timeline."""
    return any(file.name.startswith(f"{timeline:08X}") for file in stream.iterdir())
