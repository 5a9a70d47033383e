"""What an SQL text says, as far as the house must know: its comments, the tables it names, what it writes."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from house.tree import Script

_TEXT_OR_COMMENT = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)
_WRITES = re.compile(
    r"\b(?:INSERT\s+INTO|UPDATE(?:\s+ONLY)?|DELETE\s+FROM(?:\s+ONLY)?|MERGE\s+INTO|TRUNCATE(?:\s+TABLE)?(?:\s+ONLY)?|COPY)"
    r"\s+(?:public\.)?\"?(?P<name>[a-z_0-9]+)",
    re.IGNORECASE,
)
_CREATES = re.compile(
    r"\bCREATE\s+(?:OR\s+REPLACE\s+)?(?:UNLOGGED\s+|CONSTRAINT\s+|(?P<temporary>TEMP(?:ORARY)?\s+))?"
    r"(?P<kind>FUNCTION|PROCEDURE|TRIGGER|TABLE|VIEW|SEQUENCE|TYPE|DOMAIN)\s+(?:IF\s+NOT\s+EXISTS\s+)?"
    r"(?:public\.)?\"?(?P<name>[a-z_0-9]+)",
    re.IGNORECASE,
)
_BODY = r"[^;]*?(?P<quote>\$\w*\$).*?(?P=quote)"


class Mention(NamedTuple):
    """A name in an SQL text, and the line it stands on."""

    name: str
    line: int


class Creation(NamedTuple):
    """A thing of the database that an SQL text makes."""

    kind: str
    name: str
    line: int
    temporary: bool


def bare(text: str) -> str:
    """The text with its comments blanked, line for line; between apostrophes all stays: it may run."""

    def blanked(match: re.Match[str]) -> str:
        return match.group() if match.group().startswith("'") else re.sub(r"[^\n]", " ", match.group())

    return _TEXT_OR_COMMENT.sub(blanked, text)


def without_functions(text: str, names: frozenset[str]) -> str:
    """The text with the definitions of those functions blanked, line for line."""
    for name in names:
        definition = rf"\bFUNCTION\s+(?:public\.)?{name}\b{_BODY}"
        text = re.sub(
            definition,
            lambda match: re.sub(r"[^\n]", " ", match.group()),
            text,
            flags=re.DOTALL | re.IGNORECASE,
        )
    return text


def written(text: str) -> Iterator[Mention]:
    """The tables that a text inserts into, updates, deletes from, merges into, empties or copies."""
    plain = bare(text)
    for match in _WRITES.finditer(plain):
        yield Mention(match["name"].lower(), line_at(plain, match.start()))


def words(text: str) -> Iterator[Mention]:
    """Every word of a text that could be the name of a table or a function."""
    plain = bare(text)
    for match in re.finditer(r"[a-z][a-z0-9]*_[a-z0-9_]+", plain, re.IGNORECASE):
        yield Mention(match.group().lower(), line_at(plain, match.start()))


def created(script: Script) -> Iterator[Creation]:
    """What a script makes: functions, triggers, tables and their like."""
    plain = bare(script.text)
    for match in _CREATES.finditer(plain):
        line = line_at(plain, match.start())
        yield Creation(match["kind"].lower(), match["name"].lower(), line, match["temporary"] is not None)


def opening_comment(text: str) -> str:
    """The sentences that a text starts with: its first lines of comment, one after the other."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    return " ".join(lines).strip()


def line_at(text: str, position: int) -> int:
    """The number of the line that a position stands on."""
    return text.count("\n", 0, position) + 1
