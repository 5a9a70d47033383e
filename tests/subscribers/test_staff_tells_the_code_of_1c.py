"""Staff tells how 1C calls a subscriber; with another code, or none, 1C is told of him anew."""

import pytest

from given import a_group, a_subscriber
from given_cluster import Database
from netledger.subscribers import onec
from netledger.subscribers.errors import MadeByOnec, OnecCodeMalformed, OnecCodeTaken
from netledger.subscribers.models import Subscriber
from netledger.subscribers.onec import confirm_to_onec, create_from_onec, set_onec_code
from netledger.subscribers.queries import find_by_onec_code, list_below
from together import beside


def told_to_onec(subscriber: Subscriber) -> list[str | None]:
    """The codes in the list of whom 1C has not."""
    return [entry.onec_code for entry in list_below(group_id=subscriber.group_id, is_synced=False)]


@pytest.mark.django_db
def test_before_1c_has_him_so_that_it_finds_him_among_its_own() -> None:
    ivanov = a_subscriber()

    told = set_onec_code(subscriber_id=ivanov.pk, onec_code=" 000000123  ")

    assert (told.onec_code, told.onec_synced_at) == ("000000123", None)
    assert told_to_onec(ivanov) == ["000000123"]


@pytest.mark.django_db
def test_the_code_that_he_has_changes_nothing() -> None:
    ivanov = a_subscriber()
    confirmed = confirm_to_onec(subscriber_id=ivanov.pk, onec_code="000000123")

    told = set_onec_code(subscriber_id=ivanov.pk, onec_code="000000123 ")

    assert told.onec_synced_at == confirmed.onec_synced_at is not None
    assert told_to_onec(ivanov) == []


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["УТ-000123", None])
def test_with_another_code_or_none_1c_is_told_of_him_anew(code: str | None) -> None:
    ivanov = a_subscriber()
    confirm_to_onec(subscriber_id=ivanov.pk, onec_code="000000123")

    set_onec_code(subscriber_id=ivanov.pk, onec_code=code)

    assert told_to_onec(ivanov) == [code]


@pytest.mark.django_db
def test_a_code_that_another_has_is_refused_naming_both() -> None:
    ivanov, petrov = a_subscriber("10245"), a_subscriber("10246")
    set_onec_code(subscriber_id=ivanov.pk, onec_code="000000123")

    with pytest.raises(OnecCodeTaken) as refused:
        set_onec_code(subscriber_id=petrov.pk, onec_code="000000123")

    assert (refused.value.contract_number, refused.value.refused_number) == ("10245", "10246")
    assert told_to_onec(petrov) == [None]


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["", "  ", "a\nb", "1" * 65])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(OnecCodeMalformed):
        set_onec_code(subscriber_id=a_subscriber().pk, onec_code=code)


@pytest.mark.django_db
def test_a_contract_that_1c_made_keeps_a_code() -> None:
    made = create_from_onec(
        onec_code="1", name="Иванов", group_id=a_group().pk, number_pattern="{number:06d}"
    )

    with pytest.raises(MadeByOnec) as refused:
        set_onec_code(subscriber_id=made.pk, onec_code=None)
    replaced = set_onec_code(subscriber_id=made.pk, onec_code="УТ-1")

    assert refused.value.contract_number == made.contract_number
    assert (replaced.onec_code, replaced.made_by_onec) == ("УТ-1", True)


def test_a_code_does_not_go_while_somebody_who_asks_for_it_is_told_whose_it_is(
    committed_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    ivanov, petrov = a_subscriber("10245"), a_subscriber("10246")
    set_onec_code(subscriber_id=ivanov.pk, onec_code="1")

    with beside() as waits, pytest.raises(OnecCodeTaken) as refused:

        def owner_while_staff_clears(code: str) -> Subscriber | None:
            waits(lambda: set_onec_code(subscriber_id=ivanov.pk, onec_code=None))
            return find_by_onec_code(code)

        monkeypatch.setattr(onec, "find_by_onec_code", owner_while_staff_clears)
        confirm_to_onec(subscriber_id=petrov.pk, onec_code="1")

    assert refused.value.contract_number == "10245"
    assert confirm_to_onec(subscriber_id=petrov.pk, onec_code="1").onec_code == "1"
