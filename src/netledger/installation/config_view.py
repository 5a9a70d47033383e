"""What the configuration says, for people to look at: one value, or all with what they mean and no secrets."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from netledger.errors import Language
from netledger.installation.bash_config import BashConfig
from netledger.installation.declarations import Declared
from netledger.installation.errors import SettingNotSet
from netledger.installation.settings import declared_settings, find_declared

HIDDEN = "***"
LINES_AROUND = 1
# Keys that netledger does not read may be secrets of other programs.
LIKE_A_SECRET = re.compile("psw|pass|pwd|secret|token|key", re.IGNORECASE)
# What the page that edits a value needs to know, not a value.
OF_THE_PAGE = (".widget", ".list")


class Shown(NamedTuple):
    """One setting as a list shows it."""

    key: str
    value: str
    explanation: str


def value_in_force(config: BashConfig, section: str, key: str) -> str:
    """The text of one value: the configuration's, else the one that holds without it. Raises: SettingNotSet."""
    if assignment := config.deciding().get((section, key)):
        return assignment.value
    declared = find_declared(section, key)
    if declared is None or declared.each_context:
        raise SettingNotSet(key=f"{section}.{key}")
    return declared.default_text


class Line(NamedTuple):
    """A line of a difference: `-` for one that goes, `+` for one that comes, a space for one that stays."""

    sign: str
    number: int
    """Where it stands, in the file before for one that goes, else in the file after."""
    text: str


def is_secret(section: str, key: str) -> bool:
    """Whether the value is not to be shown: it is declared so, or of another program and looks so."""
    declared = find_declared(section, key)
    return declared.meaning.secret if declared else LIKE_A_SECRET.search(key) is not None


def difference(before: BashConfig, after: BashConfig) -> list[Line]:
    """What changes from one configuration to another, as lines of the file, a line around each; no secret is shown."""
    old, new = _lines_without_secrets(before), _lines_without_secrets(after)
    lines: list[Line] = []
    matcher = SequenceMatcher(None, before.lines, after.lines, autojunk=False)
    for group in matcher.get_grouped_opcodes(LINES_AROUND):
        for kind, i, j, k, m in group:
            if kind == "equal":
                lines += [Line(" ", number + 1, new[number]) for number in range(k, m)]
                continue
            lines += [Line("-", number + 1, old[number]) for number in range(i, j)]
            lines += [Line("+", number + 1, new[number]) for number in range(k, m)]
    return lines


def shown_settings(config: BashConfig, language: Language) -> Iterator[Shown]:
    """Every value of the configuration in its order, then the settings that hold by default."""
    deciding = config.deciding()
    for (section, key), assignment in deciding.items():
        if key.endswith(OF_THE_PAGE):
            continue
        declared = find_declared(section, key)
        value = HIDDEN if assignment.value and is_secret(section, key) else assignment.value
        yield Shown(f"{section}.{key}", _printable(value), _explanation(declared, language))
    by_default = "по умолчанию" if language == "ru" else "by default"
    for declared in declared_settings():
        if not declared.each_context and (declared.section, declared.meaning.key) not in deciding:
            explanation = f"{_explanation(declared, language)} ({by_default})"
            yield Shown(f"{declared.section}.{declared.meaning.key}", declared.default_text, explanation)


def _explanation(declared: Declared | None, language: Language) -> str:
    """What the setting means, with its limits and unit."""
    if declared is None:
        return "netledger этого не читает" if language == "ru" else "netledger does not read it"
    russian = language == "ru"
    meaning = declared.meaning.ru if russian else declared.meaning.en
    unit = declared.meaning.unit_ru if russian else declared.meaning.unit_en
    limits = f", {declared.limits.ge}–{declared.limits.le} {unit}" if declared.limits.ge is not None else ""
    return meaning + limits


def _lines_without_secrets(config: BashConfig) -> list[str]:
    lines = list(config.lines)
    for assignment in config.assignments:
        if assignment.value and is_secret(assignment.section, assignment.key):
            line = lines[assignment.line - 1]
            lines[assignment.line - 1] = (
                line[: assignment.begin] + f"'{HIDDEN}'" + line[assignment.word.end :]
            )
    return [_printable(line.expandtabs()) for line in lines]


def _printable(value: str) -> str:
    """The value on one line, without what a terminal would obey."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in value
    )
