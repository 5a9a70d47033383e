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
