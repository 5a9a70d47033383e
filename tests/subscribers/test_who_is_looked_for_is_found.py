"""Subscribers and groups are found by what a person remembers of them, and found exactly."""

import pytest

from given import a_group, a_subscriber
from netledger.subscribers.errors import GroupAmbiguous, GroupNameUnknown, GroupUnknown
from netledger.subscribers.groups import group_named, group_path, group_places
from netledger.subscribers.models import Subscriber
from netledger.subscribers.onec import confirm_to_onec
from netledger.subscribers.particulars import set_subscriber
from netledger.subscribers.search import matches
from netledger.subscribers.services import add_subscriber

pytestmark = pytest.mark.django_db


def found(text: str, *, found_max: int = 10) -> list[str]:
    ids = dict.fromkeys(match.subscriber_id for match in matches(text, found_max=found_max))
    return [Subscriber.objects.get(pk=one).contract_number for one in ids]


@pytest.fixture
def semyonov() -> Subscriber:
    subscriber = a_subscriber("0010245", name="Семёнов Пётр")
    return set_subscriber(subscriber_id=subscriber.id, phone="8 (912) 345-67-89")


@pytest.mark.parametrize("text", ["семенов", "СЕМЁНОВ П", "  ёнов ", "0010245", "+79123456789", "345-67"])
def test_by_a_part_of_the_name_the_number_or_the_phone(semyonov: Subscriber, text: str) -> None:
    a_subscriber("10245", name="Петров")

    assert found(text) == ["0010245"]


@pytest.mark.parametrize("text", ["", "%", "_", "1024", "3456", "семенов иван", "ё", "11223", "' OR true --"])
def test_and_not_by_what_only_looks_like_it(semyonov: Subscriber, text: str) -> None:
    assert found(text) == []


def test_no_more_than_are_asked_for_and_the_exact_one_first() -> None:
    for number in ("1", "2", "3"):
        a_subscriber(number, name=f"Дом 3, жилец {number}")
    a_subscriber("дом", name="Яковлев")

    assert found("ДОМ", found_max=2) == ["дом", "1", "2"]


@pytest.fixture
def at_home() -> Subscriber:
    subscriber = a_subscriber("A-1", name="Ёлкин Пётр")
    told = {"street": "Ардатов, ул. 8 Марта", "house": "5 а", "flat": "12", "phone": "+7 (900) 123-45-67"}
    return set_subscriber(subscriber_id=subscriber.id, **told)


@pytest.mark.parametrize(
    "text",
    [
        "елкин", "ЕЛК", "Пётр Ёлкин", "п елкин", "8 марта", "марта 5а", "8 Марта, 5 а", "ул. 8 марта, д. 5а, кв. 12",
        "8 марта 5а 12", "ардатов марта 5а кв12", "елкин 5а", "89001234567", "+7 900 123-45-67", "123-45-67", "a-1",
    ],
)  # fmt: skip
def test_a_home_a_name_or_a_phone_however_it_is_written(at_home: Subscriber, text: str) -> None:
    neighbour = a_subscriber("B-2", name="Елена Соседова")
    told = {"street": "Ардатов, ул. 8 Июля", "house": "15а", "flat": "112", "phone": "+7 900 000-00-00"}
    set_subscriber(subscriber_id=neighbour.id, **told)

    assert found(text) == ["A-1"]


@pytest.mark.parametrize("text", ["марта 5", "марта 15а", "марта 5а 1", "марта 12", "900", "5а", "12"])
def test_and_not_next_door(at_home: Subscriber, text: str) -> None:
    assert found(text) == []


def test_by_the_1c_code_and_its_beginning() -> None:
    for number, code in (("1", "УТ-000123"), ("2", "УТ-00012"), ("3", "000123")):
        confirm_to_onec(subscriber_id=a_subscriber(number).id, onec_code=code)

    assert found("УТ-00012") == ["2", "1"]
    assert found("000123") == ["3"]


def test_the_very_contract_first_then_those_that_begin_so() -> None:
    for number in ("1001", "1000", "100", "2100", "0100"):
        a_subscriber(number, name=f"Дом 100, жилец {number}")

    assert found("100") == ["100", "1000", "1001"]


def test_what_a_person_is_found_by_follows_what_is_told_of_him(at_home: Subscriber) -> None:
    set_subscriber(subscriber_id=at_home.id, name="Сосновая Мария", street="Лесная")

    assert found("елкин") == [] and found("8 марта") == []
    assert found("сосновая лесная 5а") == ["A-1"]


def test_a_group_by_its_id_or_by_its_name_where_there_is_one() -> None:
    north, south = a_group("Север"), a_group("Юг")
    first, second = a_group("Ленина", parent=north), a_group("Ленина", parent=south)

    assert group_named(" Север ") == north
    assert group_named(str(second.id)) == second
    with pytest.raises(GroupAmbiguous) as ambiguous:
        group_named("Ленина")
    assert ambiguous.value.group_ids == f"{first.id}, {second.id}"
    with pytest.raises(GroupNameUnknown):
        group_named("Запад")
    with pytest.raises(GroupUnknown):
        group_named("99999999999999999999")


def test_the_tree_is_told_in_its_order_with_whole_paths() -> None:
    south = a_group("Юг")
    house = a_group("Дом 1", parent=a_group("Ленина", parent=south))
    a_group("Восток")
    add_subscriber(contract_number="1", name="Иванов", group_id=house.id)

    told = [(place.path, place.subscribers) for place in group_places()]

    assert told == [("Восток", 0), ("Юг", 0), ("Юг / Ленина", 0), ("Юг / Ленина / Дом 1", 1)]
    assert group_path(house.id) == "Юг / Ленина / Дом 1"
