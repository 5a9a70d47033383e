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
NOT_IN_A_LOGIN = re.compile(r"[^a-z]")


class Person(NamedTuple):
    """One subscriber's person. Nobody has such a telephone or e-mail address: no number begins with 0."""

    name: str
    phone: str
    email: str
    login: str
    secret: str


class People:
    """Draws people; the same from the same seed."""

    def __init__(self, seed: str) -> None:
        self._names = NameSource(Locale.RU, seed=seed)
        self._random = Random(seed)  # noqa: S311 - the demonstration is to be the same each time
        self._romanize = romanize(Locale.RU)

    def draw(self, number: int) -> Person:
        """The next person; the number makes the login and the telephone unique."""
        gender = self._random.choice((Gender.FEMALE, Gender.MALE))
        surname = self._names.surname(gender)
        name = f"{surname} {self._names.name(gender)} {self._names.patronymic(gender)}"
        login = f"{NOT_IN_A_LOGIN.sub('', self._romanize(surname).lower())}-{number:06d}"
        tail = f"{number:07d}"
        return Person(
            name=name,
            phone=f"+7 000 {tail[:3]}-{tail[3:5]}-{tail[5:]}",
            email=f"{login}@example.org",
            login=login,
            secret="".join(self._random.choices(ascii_letters + digits, k=SECRET_LENGTH)),
        )
