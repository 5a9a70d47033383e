"""Subscribers by what a person types who looks for them, in time that does not grow with their number.

Every statement reads a bounded part of an index: the beginning of a number, login, 1C code or name, or words of three
letters and more in what is told of a subscriber. What is too short for that ("100", "ив") is only a beginning.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from netledger import sql
from netledger.subscribers.identifiers import identifier_key

WORD_LENGTH_MIN = 3
"""A shorter one has no three letters in a row, which is what the index of words holds."""
PHONE_DIGITS_MIN = 5
PHONE_DIGITS_COMPARED = 10
"""8 912 … and +7 912 … are one number."""
FITTING_READ_MAX = 200
NEWEST_READ_MAX = 1000
BEYOND = "\U0010ffff"

_PATTERNS = ("first", "second", "third", "fourth", "fifth")
_PHONE = re.compile(r"[0-9 ()+\-]+")
_NUMBER = re.compile(r"(?:дом|д|квартира|кв|к)?([0-9][0-9а-яa-z/]*)")
_LETTER_APART = re.compile(r"(?<=[0-9]) (?=[абвгдежз]( |$))")
"""House 5 а is 5а; к is no such letter: a flat's number stands behind it."""
_BEFORE_NUMBERS = frozenset(("д", "дом", "к", "кв", "квартира"))
_BEFORE_NAMES = frozenset(("г", "город", "ул", "улица", "пр", "проспект", "пер", "переулок", "пл", "площадь"))


class By(StrEnum):
    """By what of him a subscriber was found."""

    CONTRACT = "contract"
    LOGIN = "login"
    ONEC_CODE = "onec_code"
    NAME = "name"
    PHONE = "phone"
    WORDS = "words"


class Match(NamedTuple):
    """A subscriber whom a text may mean, and by what."""

    subscriber_id: int
    by: str


def matches(text: str, *, found_max: int) -> Iterator[Match]:
    """Whom a text may mean, closed contracts too: up to so many by each thing, whose very number it is first.

    A subscriber may come again by another thing. Each thing is looked for when it is asked for; what a text can mean,
    and not what is found, says in how many statements.
    """
    normal = " ".join(unicodedata.normalize("NFC", text).split())
    if not normal:
        return
    folded = normal.lower().replace("ё", "е")
    yield from _beginning("subscribers/found_by_identifier", identifier_key(normal), found_max)
    yield from _beginning("subscribers/found_by_onec_code", normal, found_max)
    if digits := _phone_digits(normal):
        yield from _with([f"%{digits}%"], By.PHONE, found_max)
    by_name = _beginning("subscribers/found_by_name", folded, found_max)
    yield from by_name
    if patterns := _patterns(folded):
        yield from _with(patterns, By.WORDS, found_max if len(by_name) < found_max else 0)


def _beginning(statement: str, beginning: str, found_max: int) -> list[Match]:
    return sql.rows(statement, Match, beginning=beginning, beyond=beginning + BEYOND, found_max=found_max)


def _with(patterns: list[str], by: By, found_max: int) -> list[Match]:
    padded = [*patterns, *["%"] * len(_PATTERNS)]
    asked = {"by": by, "found_max": found_max, **dict(zip(_PATTERNS, padded, strict=False))}
    read = {"newest_max": NEWEST_READ_MAX, "fitting_max": FITTING_READ_MAX}
    return sql.rows("subscribers/found_by_words", Match, **asked, **read)


def _patterns(folded: str) -> list[str]:
    """What of the told must be there, at most five: house and flat, where numbers end the text, and each word.

    Nothing where no word is long enough for the index, and for a number alone.
    """
    words = re.sub(r"[.,]", " ", _LETTER_APART.sub("", folded)).split()
    words = [word for word in words if word not in _BEFORE_NAMES] or words
    numbers: list[str] = []
    while len(numbers) < len("дк") and len(words) > 1 and (number := _NUMBER.fullmatch(words[-1])):
        numbers.insert(0, number[1])
        words.pop()
        if len(words) > 1 and words[-1] in _BEFORE_NUMBERS:
            words.pop()
    if not any(_has_letters(run) for run in re.findall(r"\w+", " ".join(words))):
        return []
    words.sort(key=len, reverse=True)
    placed = [f"% {letter}{number} %" for letter, number in zip("дк", numbers, strict=False)]
    said = [f"%{'' if len(word) >= WORD_LENGTH_MIN else ' '}{_literally(word)}%" for word in words]
    return [*placed, *said][: len(_PATTERNS)]


def _has_letters(run: str) -> bool:
    return len(run) >= WORD_LENGTH_MIN and any(character.isalpha() for character in run)


def _literally(word: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", word)


def _phone_digits(text: str) -> str:
    """What a phone number is compared by; nothing for a text that is none."""
    digits = re.sub(r"\D", "", text)
    if _PHONE.fullmatch(text) is None or len(digits) < PHONE_DIGITS_MIN:
        return ""
    return digits[-PHONE_DIGITS_COMPARED:]
