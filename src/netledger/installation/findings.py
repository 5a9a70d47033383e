"""Finding: one thing that is set up wrongly, and its cure, in both languages. `netledger doctor` collects them.

Each room yields its own from `doctor.py`: those that need no database from the home and the configuration, the others
when the database answers.
"""

from enum import StrEnum
from typing import NamedTuple

from netledger.errors import Language


class Severity(StrEnum):
    """How bad it is."""

    ERROR = "error"
    """Something does not work, or stands open."""
    WARNING = "warning"
    """It works, and one day will not, or is not what was meant."""


class Finding(NamedTuple):
    """One thing that is set up wrongly; the code is stable, a program compares it."""

    code: str
    severity: Severity
    sentence_ru: str
    sentence_en: str
    cure_ru: str
    cure_en: str

    def sentence(self, language: Language) -> str:
        """What is wrong, in that language."""
        return self.sentence_ru if language == "ru" else self.sentence_en

    def cure(self, language: Language) -> str:
        """What to do about it, in that language: often a command to type."""
        return self.cure_ru if language == "ru" else self.cure_en
