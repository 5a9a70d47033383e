"""Reads the configuration, a file that is also valid bash, exactly as bash would after sourcing it.

Lines are `declare -A section`, `section['key']='value'` and comments. What bash would not accept, would
expand or would run is refused by its line, so that a file which is read here is safe to be sourced there.
"""

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from netledger.installation.bash_words import Word, read_word, write_word
from netledger.installation.errors import ConfigRefused, ConfigUnreadable
from netledger.installation.reasons import UnfitError

SIZE_MAX_BYTES = 1024 * 1024

BLANKS = "[ \t]*"
# At least one small letter: names all in capitals (PATH, GROUPS, …) are bash's and the environment's own.
SECTION = r"(?=[A-Z0-9_]*[a-z])[A-Za-z_][A-Za-z0-9_]*"
KEY = r"[\w.:/+,%@ -]+"
COMMENT = re.compile(rf"{BLANKS}(#.*)?")
AFTER_VALUE = re.compile(rf"{BLANKS}|[ \t]+#.*")
DECLARATION = re.compile(rf"{BLANKS}declare[ \t]+-A((?:[ \t]+{SECTION})+)(?:{BLANKS}|[ \t]+#.*)")
ASSIGNMENT = re.compile(
    rf"{BLANKS}(?P<section>{SECTION})"
    rf"\[(?:'(?P<single>{KEY})'|\"(?P<double>{KEY})\"|(?P<bare>[A-Za-z0-9_.:/+,%-]+))\]="
)
# To bash these are every element at once, or settings of its own line editor.
KEYS_OF_BASH = {"@", "*"}
SECTIONS_OF_BASH = {"histchars", "auto_resume"}


class Assignment(NamedTuple):
    """One line `section['key']=value`, and where its value stands in it."""

    line: int
    section: str
    key: str
    word: Word
    begin: int

    @property
    def value(self) -> str:
        """The value as bash would hold it."""
        return self.word.value


@dataclass(frozen=True)
class BashConfig:
    """A configuration that has been read: its lines as they stand, and what they say."""

    lines: list[str]
    sections: dict[str, int]
    """The declared sections, each with the line that declares it."""
    assignments: list[Assignment]

    def deciding(self) -> dict[tuple[str, str], Assignment]:
        """By section and key the assignment that decides: of two equal keys the last one."""
        return {(assignment.section, assignment.key): assignment for assignment in self.assignments}

    def values(self) -> dict[str, dict[str, str]]:
        """What bash would hold, by section and key."""
        found: dict[str, dict[str, str]] = {section: {} for section in self.sections}
        for (section, key), assignment in self.deciding().items():
            found[section][key] = assignment.value
        return found


def is_key(section: str, key: str) -> bool:
    """Whether a configuration can hold that key in that section."""
    fits = re.fullmatch(SECTION, section) and re.fullmatch(KEY, key)
    return bool(fits) and section not in SECTIONS_OF_BASH and key not in KEYS_OF_BASH


def write_line(section: str, key: str, value: str) -> str:
    """A line that gives the key that value, which has no newline and no NUL."""
    return f"{section}['{key}']=" + write_word(value, "'")


def read_config(path: Path) -> BashConfig:
    """Read the file. Raises: ConfigUnreadable, ConfigRefused."""
    return parse(_content(path), path)


def parse(content: bytes, path: Path) -> BashConfig:
    """Read the content of that file. Raises: ConfigUnreadable (too long), ConfigRefused."""
    if len(content) > SIZE_MAX_BYTES:
        raise ConfigUnreadable(path=str(path), why_ru="больше 1 МиБ", why_en="more than 1 MiB")
    config = BashConfig(lines=[], sections={}, assignments=[])
    for number, raw in enumerate(content.split(b"\n"), 1):
        try:
            line = _text(raw)
            _read_line(config, line, number)
        except UnfitError as reason:
            raise ConfigRefused(path=str(path), line=number, why_ru=reason.ru, why_en=reason.en) from None
        config.lines.append(line)
    return config


def _content(path: Path) -> bytes:
    """The bytes of a regular file, at most one more than it may have."""
    try:
        # Without blocking: the name may turn out to be a pipe.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise ConfigUnreadable(path=str(path), why_ru="это не файл", why_en="it is not a file")
            return file.read(SIZE_MAX_BYTES + 1)
    except FileNotFoundError as trouble:
        raise ConfigUnreadable(
            path=str(path),
            why_ru="его нет; netledger serve и netledger demo создают его при первом запуске",
            why_en="it is not there; netledger serve and netledger demo create it at their first start",
        ) from trouble
    except OSError as trouble:
        why = trouble.strerror or str(trouble)
        raise ConfigUnreadable(path=str(path), why_ru=why, why_en=why) from trouble


def _text(raw: bytes) -> str:
    """The line's text; what editors of other systems leave behind is named, not guessed at."""
    if raw.startswith(b"\xef\xbb\xbf"):
        raise UnfitError(
            "в начале стоит метка порядка байтов (BOM)", "it begins with a byte order mark (BOM)"
        )
    if raw.endswith(b"\r"):
        raise UnfitError("строка кончается на CRLF, нужен LF", "the line ends with CRLF, it must be LF")
    if b"\0" in raw:
        raise UnfitError("в строке нулевой байт (NUL)", "the line holds a zero byte (NUL)")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as trouble:
        raise UnfitError(
            f"байт {trouble.start + 1} строки не UTF-8", f"byte {trouble.start + 1} of the line is not UTF-8"
        ) from None


def _read_line(config: BashConfig, line: str, number: int) -> None:
    """Add what the line says to the configuration. Raises: UnfitError."""
    if COMMENT.fullmatch(line):
        return
    if declaration := DECLARATION.fullmatch(line):
        for section in declaration[1].split():
            _declare(config, section, number)
    elif assignment := ASSIGNMENT.match(line):
        config.assignments.append(_assignment(config, assignment, number))
    else:
        raise _unreadable_line(line)


def _declare(config: BashConfig, section: str, number: int) -> None:
    if section in SECTIONS_OF_BASH:
        raise UnfitError(f"имя {section} занято самим bash", f"the name {section} is bash's own")
    config.sections.setdefault(section, number)


def _assignment(config: BashConfig, found: re.Match[str], number: int) -> Assignment:
    """The assignment whose left side was found, with its value. Raises: UnfitError."""
    section = found["section"]
    key = found["single"] or found["double"] or found["bare"]
    if section not in config.sections:
        raise UnfitError(
            f"перед этой строкой нет declare -A {section}", f"no declare -A {section} stands before this line"
        )
    if key in KEYS_OF_BASH:
        raise UnfitError(f"ключ {key} для bash значит «все»", f"to bash the key {key} means all of them")
    word = read_word(found.string, found.end())
    if not AFTER_VALUE.fullmatch(found.string, word.end):
        column = len(found.string) - len(found.string[word.end :].lstrip(" \t")) + 1
        raise UnfitError(
            f"с позиции {column} после значения стоит ещё что-то: bash выполнил бы это",
            f"from column {column} something follows the value: bash would run it",
        )
    return Assignment(number, section, key, word, found.end())


def _unreadable_line(line: str) -> UnfitError:
    """Say what is wrong with a line that is neither a declaration nor an assignment."""
    if re.match(rf"{BLANKS}[\w.]+(\[.*?\])?\+=", line):
        return UnfitError(
            "дополнение += не читается, напишите всё значение", "+= is not read, write it whole"
        )
    if re.match(rf"{BLANKS}\w+\[.*?\]", line):
        return UnfitError(
            "имя раздела или ключа не прочитать; нужно раздел['ключ']='значение'",
            "the section or key cannot be read; it must be section['key']='value'",
        )
    return UnfitError(
        "это не комментарий, не declare -A раздел и не раздел['ключ']='значение': bash выполнил бы её",
        "it is no comment, no declare -A section and no section['key']='value': bash would run it",
    )
