"""Contract numbers and logins are one name space: a name is one subscriber's, however it is spelt. Cases: V12, V13."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from given import a_group, a_subscriber
from netledger.errors import Refusal
from netledger.subscribers.errors import IdentifierMalformed, IdentifierTaken, NameMissing
from netledger.subscribers.identifiers import checked_identifier, claim_identifier, identifier_key
from netledger.subscribers.models import Subscriber
from netledger.subscribers.queries import find_by_identifier
from netledger.subscribers.services import add_subscriber, close_subscriber
from together import at_once

with_db = pytest.mark.django_db


def _login(subscriber: Subscriber, login: str) -> None:
    claim_identifier(subscriber_id=subscriber.id, text=login, is_login=True)


@with_db
def test_a_login_cannot_be_anothers_contract_number() -> None:
    a, b = a_subscriber("10245"), a_subscriber("20001")

    with pytest.raises(IdentifierTaken) as refused:
        _login(b, "10245")

    assert refused.value.facts() == {"text": "10245", "known": "10245", "contract_number": "10245"}
    assert find_by_identifier("10245") == a


@with_db
def test_a_login_may_be_ones_own_contract_number_once() -> None:
    a = a_subscriber("10245")

    _login(a, "10245")

    assert find_by_identifier("10245") == a
    with pytest.raises(IdentifierTaken):
        _login(a, "10245")


@with_db
def test_a_contract_number_cannot_be_anothers_login() -> None:
    a = a_subscriber("10245")
    _login(a, "ivanov")

    with pytest.raises(IdentifierTaken) as refused:
        a_subscriber("Ivanov")

    assert refused.value.facts() == {"text": "Ivanov", "known": "ivanov", "contract_number": "10245"}


@with_db
def test_leading_zeros_make_another_number() -> None:
    a, c = a_subscriber("10245"), a_subscriber("0010245")

    assert (find_by_identifier("10245"), find_by_identifier("0010245")) == (a, c)


@with_db
@pytest.mark.parametrize(
    "spelt", ["Йолка-7", "йОЛКА-7", " йолка-7\n", unicodedata.normalize("NFD", "Йолка-7")]
)
def test_case_composition_and_space_around_do_not_matter(spelt: str) -> None:
    subscriber = a_subscriber("Йолка-7")

    assert find_by_identifier(spelt) == subscriber
    with pytest.raises((IdentifierTaken, IdentifierMalformed)):
        a_subscriber(spelt)


@with_db
def test_a_number_stays_the_closed_contracts() -> None:
    closed = a_subscriber("10245")
    close_subscriber(subscriber_id=closed.id)

    with pytest.raises(IdentifierTaken):
        a_subscriber("10245")

    assert find_by_identifier("10245") == closed


@with_db
def test_a_letter_that_only_looks_the_same_is_another() -> None:
    latin, cyrillic = a_subscriber("ivanov"), a_subscriber("iv\u0430nov")

    assert (find_by_identifier("ivanov"), find_by_identifier("iv\u0430nov")) == (latin, cyrillic)


@pytest.mark.parametrize(
    "text",
    [
        "", "a b", " a", "a\u00a0b", "a\tb", "a\n", "\0", "ivanov\u200b", "iv\u00adanov", "\u2060a", "a\ufeff",
        "a\u202e", "a\u034fb", "a\ufe0f", "\u3164", "\u115f", "\ud800", "\ue000", "a" * 65,
    ],
)  # fmt: skip
def test_what_cannot_be_seen_or_is_too_long_is_refused(text: str) -> None:
    with pytest.raises(IdentifierMalformed) as refused:
        checked_identifier(text)

    assert refused.value.facts() == {"text": text[:64], "length_max": 64}


def test_the_longest_is_taken() -> None:
    assert checked_identifier("ё" * 64) == "ё" * 64
    assert checked_identifier(unicodedata.normalize("NFD", "ё" * 64)) == "ё" * 64


@given(text=st.text(st.characters(codec="utf-8"), min_size=1, max_size=12))
def test_a_name_that_is_taken_is_one_field_of_a_line_and_found_by_every_spelling(text: str) -> None:
    try:
        taken = checked_identifier(text)
    except IdentifierMalformed:
        return

    assert taken.split() == [taken]
    for form in ("NFC", "NFD"):
        assert identifier_key(unicodedata.normalize(form, text)) == identifier_key(taken)
    assert identifier_key(taken.casefold()) == identifier_key(taken)
    assert identifier_key(identifier_key(taken)) == identifier_key(taken)


@pytest.mark.usefixtures("committed_db")
def test_of_two_who_want_it_at_once_one_gets_it() -> None:
    a, b, group = a_subscriber(), a_subscriber(), a_group()

    def want_as_contract() -> Subscriber:
        return add_subscriber(contract_number="WANTED", name="Иванов", group_id=group.id)

    answers = at_once(lambda: _login(a, "wanted"), lambda: _login(b, "Wanted"), want_as_contract)

    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert [type(refusal) for refusal in refused] == [IdentifierTaken] * 2
    owner = find_by_identifier("wanted")
    assert owner is not None
    assert {refusal.contract_number for refusal in refused} == {owner.contract_number}


@with_db
@pytest.mark.parametrize("looks_alike", ["Ivanov", "ivanov ", "iva nov", "ivanov\u200b", "iv\u00adanov"])
def test_a_refusal_names_the_one_that_is_there(looks_alike: str) -> None:
    holder = a_subscriber("ivanov")

    with pytest.raises(IdentifierTaken) as refused:
        a_subscriber(looks_alike)

    assert refused.value.facts() == {
        "text": looks_alike,
        "known": "ivanov",
        "contract_number": holder.contract_number,
    }


@with_db
def test_a_contract_has_a_name() -> None:
    with pytest.raises(NameMissing):
        a_subscriber(name="  ")
