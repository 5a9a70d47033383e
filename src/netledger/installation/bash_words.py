"""One word of bash, the right side of an assignment: read and written byte for byte as bash does.

Read are the three ways of quoting that hold text as it is: '…', "…" and nothing, also one after another, as
in 'it'\\''s'. Whatever bash would expand or run is refused.
"""

import re
from typing import Literal, NamedTuple

from netledger.installation.reasons import UnfitError

Quoting = Literal["'", '"', ""]

SINGLE = re.compile(r"'([^']*)'")
# A dollar stands for itself before what cannot begin a name or an expansion.
IN_DOUBLE = r'"((?:[^"\\$`]|\\.|\$(?=["\t .,/:;%=+~^&)\]}|<>]))*)'
DOUBLE = re.compile(IN_DOUBLE + '"')
UNCLOSED = re.compile(IN_DOUBLE)
BACKSLASH_IN_DOUBLE = re.compile(r'\\([\\"$`])')
ESCAPED = re.compile(r"\\([ -~])")
BARE = re.compile(r"(?:[A-Za-z0-9_./:,@%+=-]|(?=[^\x00-\x7f])\w)+")
SPECIAL_IN_DOUBLE = re.compile(r'[\\"$`]')

REASONS = (
    ("$", "переменные и $(…) не подставляются", "variables and $(…) are not expanded"),
    ("`", "bash выполнил бы команду в обратных апострофах", "bash would run the command in backticks"),
    (";&|<>()", "bash выполнил бы это как команду", "bash would run this as a command"),
    ("~*?[]{}!#^", "bash мог бы это раскрыть", "bash might expand this"),
    ("\\", "строка продолжается на следующей", "the line goes on in the next one"),
)


class Word(NamedTuple):
    """A word that has been read: its value, how its first piece is quoted, where in the line it ends."""

    value: str
    quoting: Quoting
    end: int


def read_word(line: str, begin: int) -> Word:
    """Read the word that begins there and goes to a blank or the line's end. Raises: UnfitError."""
    pieces: list[str] = []
    position = begin
    while position < len(line) and line[position] not in " \t":
        piece, position = _read_piece(line, position)
        pieces.append(piece)
    return Word("".join(pieces), _quoting(line[begin:position]), position)


def write_word(value: str, quoting: Quoting) -> str:
    """Write a value, without newline and NUL, as a word of that quoting, or quoted where it must be."""
    match quoting:
        case '"':
            return '"' + SPECIAL_IN_DOUBLE.sub(r"\\\g<0>", value) + '"'
        case "" if BARE.fullmatch(value):
            return value
    return "'" + value.replace("'", r"'\''") + "'"


def _quoting(text: str) -> Quoting:
    match text[:1]:
        case "'":
            return "'"
        case '"':
            return '"'
    return ""


def _read_piece(line: str, position: int) -> tuple[str, int]:
    """One quoted or bare piece of a word, and where it ends. Raises: UnfitError."""
    found: re.Match[str] | None
    if found := SINGLE.match(line, position) or ESCAPED.match(line, position):
        return found[1], found.end()
    if found := DOUBLE.match(line, position):
        return BACKSLASH_IN_DOUBLE.sub(r"\1", found[1]), found.end()
    if found := BARE.match(line, position):
        return found[0], found.end()
    raise _unreadable(line, position)


def _unreadable(line: str, position: int) -> UnfitError:
    """Say what stops the word from being read on from that position."""
    if line[position] == "'":
        return UnfitError("кавычка ' не закрыта в этой строке", "the quote ' is not closed in this line")
    if line[position] != '"':
        return _reason(line[position], position)
    found = UNCLOSED.match(line, position)
    stop = found.end() if found else position
    if line[stop : stop + 1] in ("$", "`"):
        return _reason(line[stop], stop)
    return UnfitError('кавычка " не закрыта в этой строке', 'the quote " is not closed in this line')


def _reason(character: str, position: int) -> UnfitError:
    """Say what bash would make of that character where no quotes keep it."""
    ru, en = next(
        ((ru, en) for characters, ru, en in REASONS if character in characters),
        ("здесь нужны кавычки", "this needs quotes"),
    )
    advice_ru, advice_en = "возьмите значение в апострофы: '…'", "put the value in single quotes: '…'"
    return UnfitError(
        f"позиция {position + 1}: {ru}; {advice_ru}", f"column {position + 1}: {en}; {advice_en}"
    )
