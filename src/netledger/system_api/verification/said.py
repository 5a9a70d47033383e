"""A remark of the verification, in both languages."""

from typing import NamedTuple

from netledger.errors import Language


class Said(NamedTuple):
    """What is to be told of an answer."""

    ru: str
    en: str

    def told(self, language: Language) -> str:
        """The remark in that language."""
        return self.ru if language == "ru" else self.en
