"""What the configuration says, for people to look at: one value, or all with what they mean and no secrets."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from netledger.errors import Language
from netledger.installation.bash_config import BashConfig
from netledger.installation.declarations import Declared
from netledger.installation.errors import SettingNotSet
from netledger.installation.settings import declared_settings, find_declared

HIDDEN = "***"
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


def shown_settings(config: BashConfig, language: Language) -> Iterator[Shown]:
    """Every value of the configuration in its order, then the settings that hold by default."""
    deciding = config.deciding()
    for (section, key), assignment in deciding.items():
        if key.endswith(OF_THE_PAGE):
            continue
        declared = find_declared(section, key)
        secret = declared.meaning.secret if declared else LIKE_A_SECRET.search(key)
        value = HIDDEN if secret and assignment.value else assignment.value
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


def _printable(value: str) -> str:
    """The value on one line, without what a terminal would obey."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in value
    )
