"""Subscribers and groups are found by what a person remembers of them, and found exactly."""

import pytest

from given import a_group, a_subscriber
from netledger.subscribers.errors import GroupAmbiguous, GroupNameUnknown, GroupUnknown
from netledger.subscribers.models import Subscriber
from netledger.subscribers.particulars import set_subscriber
from netledger.subscribers.search import group_named, group_path, group_places, search_subscribers
from netledger.subscribers.services import add_subscriber

pytestmark = pytest.mark.django_db


def found(text: str, *, found_max: int = 10) -> list[str]:
    return [subscriber.contract_number for subscriber in search_subscribers(text, found_max=found_max)]


@pytest.fixture
def semyonov() -> Subscriber:
    subscriber = a_subscriber("0010245", name="Семёнов Пётр")
    return set_subscriber(subscriber_id=subscriber.id, phone="8 (912) 345-67-89")


@pytest.mark.parametrize("text", ["семенов", "СЕМЁНОВ П", "  ёнов ", "0010245", "+79123456789", "345-67"])
def test_by_a_part_of_the_name_the_number_or_the_phone(semyonov: Subscriber, text: str) -> None:
    a_subscriber("10245", name="Петров")

    assert found(text) == ["0010245"]


@pytest.mark.parametrize("text", ["", "%", "_", "1024", "3456", "семенов петр пётр", "' OR true --"])
def test_and_not_by_what_only_looks_like_it(semyonov: Subscriber, text: str) -> None:
    assert found(text) == []


def test_no_more_than_are_asked_for_and_the_exact_one_first() -> None:
    for number in ("1", "2", "3"):
        a_subscriber(number, name=f"Дом 3, жилец {number}")
    a_subscriber("дом", name="Яковлев")

    assert found("ДОМ", found_max=3) == ["дом", "1", "2"]


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
