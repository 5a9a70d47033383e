"""Files of the write-ahead log: their names, whether one is what its name says, and where timelines part."""

import re
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

SEGMENT_BYTES = 16 * 2**20
"""Of every cluster that we make."""
SEGMENTS_A_FILE_ID = 2**32 // SEGMENT_BYTES
NAME = re.compile(r"([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})")
HISTORY = re.compile(r"([0-9A-F]{8})\.history")
PARTIAL = ".partial"
FIRST_PAGE = struct.Struct("<HHIQIIQII")
"""Of a segment: magic, flags, timeline, address, two more; system identifier, segment's and block's size."""


class Segment(NamedTuple):
    """A piece of the log, on one timeline; the number counts from the log's beginning."""

    timeline: int
    number: int

    @property
    def name(self) -> str:
        """As its file is named."""
        high, low = divmod(self.number, SEGMENTS_A_FILE_ID)
        return f"{self.timeline:08X}{high:08X}{low:08X}"


class Branch(NamedTuple):
    """A timeline, and where the log goes on with the next one; None for the last."""

    timeline: int
    until_lsn: int | None


def segment_named(name: str) -> Segment | None:
    """The segment whose file has that name; None for other files."""
    if (found := NAME.fullmatch(name)) is None:
        return None
    timeline, high, low = (int(part, 16) for part in found.groups())
    return Segment(timeline, high * SEGMENTS_A_FILE_ID + low)


def parse_lsn(text: str) -> int:
    """A place in the log, as PostgreSQL writes it: `0/3000028`."""
    high, _, low = text.partition("/")
    return (int(high, 16) << 32) + int(low, 16)


def number_at(lsn: int) -> int:
    """The number of the segment that holds that place."""
    return lsn // SEGMENT_BYTES


def is_what_it_says(file: Path, segment: Segment, system_identifier: int) -> bool:
    """Whether the file is that piece of that cluster's log: others' are not, nor one that waits to be filled anew."""
    with file.open("rb") as opened:
        head = opened.read(FIRST_PAGE.size)
        size_bytes = opened.seek(0, 2)
    if len(head) < FIRST_PAGE.size or size_bytes != SEGMENT_BYTES:
        return False
    _, _, _, address, _, _, identifier, _, _ = FIRST_PAGE.unpack(head)
    return bool(address == segment.number * SEGMENT_BYTES and identifier == system_identifier)


def branches_to(timeline: int, histories: Iterable[Path]) -> list[Branch]:
    """The timelines that lead to that one, which is the last; its history file names those before it."""
    lines: list[list[str]] = []
    for file in histories:
        found = HISTORY.fullmatch(file.name)
        if found and int(found[1], 16) == timeline:
            lines = [line.split() for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    before = [Branch(int(line[0]), parse_lsn(line[1])) for line in lines]
    return [*before, Branch(timeline, None)]
