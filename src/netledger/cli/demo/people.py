"""Who the demonstration's subscribers are: Russian names from a library, and what is made of them."""

import re
from random import Random
from string import ascii_letters, digits
from typing import NamedTuple

from mimesis import Person as NameSource
from mimesis.enums import Gender
from mimesis.keys import romanize
from mimesis.locales import Locale

SECRET_LENGTH = 10
POOL = 1000
GENDERS = (Gender.FEMALE, Gender.MALE)
NOT_IN_A_LOGIN = re.compile(r"[^a-z]")


class Person(NamedTuple):
    """One subscriber's person. Nobody has such a telephone or e-mail address: no number begins with 0."""

    name: str
    phone: str
    email: str
    login: str
    secret: str


class _Parts(NamedTuple):
    surnames: list[tuple[str, str]]
    """Each with what a login has of it."""
    names: list[str]
    patronymics: list[str]


class People:
    """Draws people; the same from the same seed."""

    def __init__(self, seed: str) -> None:
        self._names = NameSource(Locale.RU, seed=seed)
        self._random = Random(seed)  # noqa: S311 - the demonstration is to be the same each time
        self._pool = {gender: self._drawn(gender) for gender in GENDERS}

    def draw(self, number: int) -> Person:
        """The next person; the number makes the login and the telephone unique."""
        parts = self._pool[self._random.choice(GENDERS)]
        choice = self._random.choice
        surname, latin = choice(parts.surnames)
        name = f"{surname} {choice(parts.names)} {choice(parts.patronymics)}"
        login = f"{latin}-{number:06d}"
        tail = f"{number:07d}"
        return Person(
            name=name,
            phone=f"+7 000 {tail[:3]}-{tail[3:5]}-{tail[5:]}",
            email=f"{login}@example.org",
            login=login,
            secret="".join(self._random.choices(ascii_letters + digits, k=SECRET_LENGTH)),
        )

    def _drawn(self, gender: Gender) -> _Parts:
        """Parts of names from the library: drawn once, because there may be a million people."""
        to_latin = romanize(Locale.RU)
        surnames = [str(self._names.surname(gender)) for _ in range(POOL)]
        return _Parts(
            surnames=[(name, NOT_IN_A_LOGIN.sub("", to_latin(name).lower())) for name in surnames],
            names=[self._names.name(gender) for _ in range(POOL)],
            patronymics=[str(self._names.patronymic(gender)) for _ in range(POOL)],
        )
