"""What an installation refuses."""

from netledger.errors import Refusal


class HomeUnusable(Refusal):
    """The home folder, or what must stand in it, cannot be made."""

    code = "home_unusable"
    sentence_ru = "Папку {path} нельзя использовать как домашнюю: {why_ru}"
    sentence_en = "{path} cannot be used as a home: {why_en}"

    path: str
    why_ru: str
    why_en: str


class FileNotWritten(Refusal):
    """The system did not let a file be written; what stood there before stands there still."""

    code = "file_not_written"
    sentence_ru = "Файл {path} не записан, прежний остался как был: {why}"
    sentence_en = "{path} was not written, what stood there is unchanged: {why}"

    path: str
    why: str


class ConfigUnreadable(Refusal):
    """The configuration file is not there, or is nothing that could be read as one."""

    code = "config_unreadable"
    sentence_ru = "Файл настроек {path} не прочитан: {why_ru}"
    sentence_en = "The configuration {path} was not read: {why_en}"

    path: str
    why_ru: str
    why_en: str


class ConfigRefused(Refusal):
    """A line of the configuration that bash would not accept, would run, or whose value is out of its limits.

    The reason never quotes a value: it may be a password.
    """

    code = "config_refused"
    sentence_ru = "{path}, строка {line}: {why_ru}"
    sentence_en = "{path}, line {line}: {why_en}"

    path: str
    line: int
    why_ru: str
    why_en: str


class SettingRefused(Refusal):
    """A setting cannot have that value, or there can be no such setting; nothing was written."""

    code = "setting_refused"
    sentence_ru = "{key}: {why_ru}"
    sentence_en = "{key}: {why_en}"

    key: str
    why_ru: str
    why_en: str
