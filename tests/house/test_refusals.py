"""A program tells refusals apart by their code, a person reads them in Russian or in English."""

import pytest

from house import refusals
from house.tree import hold
from netledger.errors import Refusal


def test_every_refusal_has_a_code_of_its_own() -> None:
    hold(refusals.wrong_codes(refusals.our_refusals()))


def test_every_refusal_says_the_same_in_russian_and_in_english() -> None:
    hold(refusals.wrong_sentences(refusals.our_refusals()))


def test_refusals_are_found_at_all() -> None:
    found = {refusal.__name__ for refusal in refusals.our_refusals()}

    assert {"AlreadyReversed", "FieldWrong"} <= found


class Right(Refusal):
    """Nothing is wrong with it."""

    code = "right"
    sentence_ru = "Счёт {account_id} закрыт"
    sentence_en = "Account {account_id!r} is closed"
    account_id: int


class ToldByFact(Refusal):
    """Its words come with it, in both languages."""

    code = "told_by_fact"
    sentence_ru = "{account_id}: {why_ru}"
    sentence_en = "{account_id}: {why_en}"
    account_id: int
    why_ru: str
    why_en: str


class SameCode(Right):
    """Its code is its parent's."""


class Shouting(Right):
    """Its code is upper case."""

    code = "Right"


class Codeless(Refusal):
    """It has nothing."""


class EnglishOnly(Right):
    """It is not translated."""

    sentence_ru = "Account {account_id} is closed"


class Mixed(Right):
    """A Cyrillic letter stands where a Latin one looks the same."""

    sentence_en = "Аccount {account_id} is closed"


class OtherFacts(Right):
    """Its sentences tell different facts."""

    sentence_en = "The account is closed"


class Undeclared(Right):
    """It names a fact that nobody gives it."""

    sentence_ru = "Счёт {number} закрыт"
    sentence_en = "Account {number} is closed"


def test_a_refusal_without_fault_passes() -> None:
    assert not list(refusals.wrong_codes([Right]))
    assert not list(refusals.wrong_sentences([Right, ToldByFact]))


@pytest.mark.parametrize("refusal", [SameCode, Shouting, Codeless])
def test_a_wrong_code_is_found(refusal: type[Refusal]) -> None:
    assert len(list(refusals.wrong_codes([Right, refusal]))) == 1


@pytest.mark.parametrize("refusal", [Codeless, EnglishOnly, Mixed, OtherFacts, Undeclared])
def test_a_wrong_sentence_is_found(refusal: type[Refusal]) -> None:
    assert list(refusals.wrong_sentences([refusal]))
