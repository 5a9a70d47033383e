"""All WAL of one cluster that is to be had, in one folder of links, as PostgreSQL and pg_waldump want to find it."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from netledger.installation.backup.segments import (
    HISTORY,
    PARTIAL,
    Branch,
    Segment,
    branches_to,
    is_what_it_says,
    number_at,
    segment_named,
)


class Reach(NamedTuple):
    """How far the log goes from somewhere on without a gap."""

    segments: list[Segment]
    """What is to be read, in its order."""
    missing: Segment | None
    """The first that is not there, if there are later ones."""


class WalFolder:
    """A folder of links to segments and histories; the files stay where they are."""

    def __init__(self, path: Path, system_identifier: int) -> None:
        """Make the folder anew."""
        self.path = path
        self.partial: set[Segment] = set()
        self._system_identifier = system_identifier
        self.remove()
        path.mkdir(mode=0o700, parents=True)

    def remove(self) -> None:
        """Take the links away."""
        if self.path.exists():
            shutil.rmtree(self.path)

    def add(self, folders: Iterable[Path], *, partial: bool = False) -> None:
        """Link what is not there yet: of two files with one name the first is taken.

        Args:
            partial: segments that are not whole, as a stream leaves its last one.
        """
        for folder in folders:
            for file in sorted(folder.iterdir()) if folder.is_dir() else ():
                self._add(file, partial=partial)

    def timelines(self) -> set[int]:
        """The timelines that there is anything of."""
        return {segment.timeline for segment in self._segments()}

    def branches_to(self, timeline: int) -> list[Branch]:
        """The timelines that lead to that one."""
        return branches_to(timeline, self.path.glob("*.history"))

    def reach(self, branches: list[Branch], from_number: int) -> Reach:
        """What follows from that segment on, along these timelines."""
        found: list[Segment] = []
        number = from_number
        while (segment := self._find(branches, number)) is not None:
            found.append(segment)
            number += 1
            if segment in self.partial:
                break
        timelines = {branch.timeline for branch in branches}
        later = any(one.timeline in timelines and one.number > number for one in self._segments())
        return Reach(found, Segment(branches[-1].timeline, number) if later else None)

    def _find(self, branches: list[Branch], number: int) -> Segment | None:
        """The segment of that number that PostgreSQL would read: of the newest timeline that goes so far back."""
        for place in reversed(range(len(branches))):
            begins = number_at(branches[place - 1].until_lsn or 0) if place else 0
            until = branches[place].until_lsn
            segment = Segment(branches[place].timeline, number)
            is_within = begins <= number and (until is None or number <= number_at(until))
            if is_within and (self.path / segment.name).exists():
                return segment
        return None

    def _segments(self) -> Iterator[Segment]:
        for file in self.path.iterdir():
            if segment := segment_named(file.name):
                yield segment

    def _add(self, file: Path, *, partial: bool) -> None:
        if HISTORY.fullmatch(file.name):
            self._link(file.name, file)
        if partial != file.name.endswith(PARTIAL):
            return
        segment = segment_named(file.name.removesuffix(PARTIAL))
        if segment is None or not is_what_it_says(file, segment, self._system_identifier):
            return
        if self._link(segment.name, file) and partial:
            self.partial.add(segment)

    def _link(self, name: str, file: Path) -> bool:
        link = self.path / name
        if link.is_symlink():
            return False
        link.symlink_to(file.resolve())
        return True
