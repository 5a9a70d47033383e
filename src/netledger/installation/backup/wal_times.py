"""When the commits in the write-ahead log were, as pg_waldump tells."""

import re
from datetime import UTC, datetime
from pathlib import Path

from netledger.installation.backup import programs
from netledger.installation.backup.segments import Segment

ENDED = re.compile(r"desc: (?:COMMIT|ABORT)\S* (\S+ \S+) UTC")
"""The end of a transaction: what PostgreSQL compares the moment with that it shall recover to."""
RECORDS_MAX = 1000
"""So many records of transactions, at most, are without an end among them."""


def first_end(folder: Path, timeline: int, lsn: int) -> datetime | None:
    """When the first transaction ended after that place of the timeline's log."""
    start = f"--start={lsn >> 32:X}/{lsn & 0xFFFFFFFF:X}"
    told = programs.run(
        "pg_waldump",
        "--rmgr=Transaction",
        f"--path={folder}",
        f"--timeline={timeline}",
        start,
        f"--limit={RECORDS_MAX}",
    )
    return next(iter(_times(told.stdout)), None)


def last_end(folder: Path, segment: Segment) -> datetime | None:
    """When the last transaction ended that ended in that segment."""
    told = programs.run("pg_waldump", "--rmgr=Transaction", f"--path={folder}", segment.name)
    return max(_times(told.stdout), default=None)


def stopped_at(cluster: Path, timeline: int | None = None) -> datetime | None:
    """When a cluster was stopped, on that timeline if one is given; None if it was not, or is no cluster."""
    told = programs.run("pg_controldata", cluster).stdout
    facts = dict(line.split(":", 1) for line in told.splitlines() if ":" in line)
    is_elsewhere = timeline and facts.get("Latest checkpoint's TimeLineID", "").strip() != str(timeline)
    if is_elsewhere or facts.get("Database cluster state", "").strip() != "shut down":
        return None
    modified = f"{facts['pg_control last modified'].strip()} +0000"
    return datetime.strptime(modified, "%a %b %d %H:%M:%S %Y %z")


def identifier_of(cluster: Path) -> int | None:
    """The system identifier of a cluster; None if it is none."""
    told = programs.run("pg_controldata", cluster).stdout
    found = re.search(r"Database system identifier: +(\d+)", told)
    return int(found[1]) if found else None


def _times(told: str) -> list[datetime]:
    return [datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in ENDED.findall(told)]
