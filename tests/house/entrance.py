"""What stands at the door: the Makefile, and README.md with its Russian twin."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from house.tree import ROOT, Offence

MAKEFILE = ROOT / "Makefile"
README = ROOT / "README.md"
README_RU = ROOT / "README.ru.md"

_RULE = re.compile(r"^([a-z][\w-]*)\s*:(?!=)", re.MULTILINE)
_PHONY = re.compile(r"^\.PHONY:(.*)$", re.MULTILINE)
_MAKE_CALL = re.compile(r"(?:^|[`;&]|&& )\s*make ([a-z][\w-]*)")


class Outline(NamedTuple):
    """What two languages of one document must share."""

    heading_levels: list[int]
    code_blocks: list[str]
    """What a reader may paste: blocks that name their language."""
    pictures: int
    """Blocks without a language: drawn in letters, their words translated."""


def targets_of(makefile: str) -> set[str]:
    """The targets that have a rule."""
    return set(_RULE.findall(makefile))


def recipe_of(makefile: str, target: str) -> str:
    """The commands of a target."""
    found = re.search(rf"^{target}\s*:[^\n]*\n((?:\t[^\n]*\n?)*)", makefile, re.MULTILINE)
    return found[1] if found else ""


def empty_targets(makefile: str) -> Iterator[Offence]:
    """Targets that are announced without a rule: make would say that there is nothing to do."""
    for line in _PHONY.findall(makefile):
        for target in line.split():
            if target not in targets_of(makefile):
                yield Offence(MAKEFILE, 1, f"make {target} is announced and does nothing")


def unknown_targets(path: Path, document: str, makefile: str) -> Iterator[Offence]:
    """Targets that a document tells to make and the Makefile does not know."""
    for number, line in enumerate(document.splitlines(), start=1):
        for target in _MAKE_CALL.findall(line):
            if target not in targets_of(makefile):
                yield Offence(path, number, f"make {target}: the Makefile has no such target")


def outline_of(document: str) -> Outline:
    """The levels of the headings, the blocks of code in their order, and how many pictures there are."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", document, re.MULTILINE | re.DOTALL)
    prose = re.sub(r"^```.*?^```$", "", document, flags=re.MULTILINE | re.DOTALL)
    return Outline(
        heading_levels=[len(marks) for marks in re.findall(r"^(#+) ", prose, re.MULTILINE)],
        code_blocks=[f"{language}\n{code}" for language, code in blocks if language],
        pictures=sum(not language for language, _ in blocks),
    )


def twins_apart(ours: str, theirs: str) -> Iterator[str]:
    """How two languages of one document differ where they must not."""
    one, other = outline_of(ours), outline_of(theirs)
    if one.heading_levels != other.heading_levels:
        yield f"headings of levels {one.heading_levels} and {other.heading_levels}"
    if one.pictures != other.pictures:
        yield f"{one.pictures} and {other.pictures} pictures"
    for first, second in zip_longest(one.code_blocks, other.code_blocks, fillvalue="(no more code)"):
        if first != second:
            yield f"the first has:\n{first}the second has:\n{second}"
