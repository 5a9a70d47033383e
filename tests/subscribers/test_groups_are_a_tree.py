"""Subscribers stand in a tree of groups; both draw their ids from one sequence."""

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from given import a_group, a_subscriber
from netledger.subscribers.errors import GroupExists, GroupUnknown
from netledger.subscribers.models import Group
from netledger.subscribers.services import add_group, add_subscriber

pytestmark = pytest.mark.django_db


def test_a_group_stands_below_another() -> None:
    town = add_group(name="Город")
    street = add_group(name="Улица", parent_id=town.id)
    house = add_group(name="Дом", parent_id=street.id)

    assert house.parent.parent == town
    assert list(town.children.all()) == [street]


def test_a_name_is_there_once_below_a_parent() -> None:
    town, other = add_group(name="Город"), add_group(name="Другой")
    add_group(name="Улица", parent_id=town.id)

    with pytest.raises(GroupExists) as refused:
        add_group(name=" Улица ", parent_id=town.id)
    with pytest.raises(GroupExists):
        add_group(name="Город")

    assert refused.value.name == " Улица "
    assert add_group(name="Улица", parent_id=other.id).parent == other


def test_nothing_stands_below_a_group_that_is_not_there() -> None:
    unknown = a_group().id + 1_000_000

    with pytest.raises(GroupUnknown):
        add_group(name="Улица", parent_id=unknown)
    with pytest.raises(GroupUnknown):
        add_subscriber(contract_number="1", name="", group_id=unknown)


def test_a_subscriber_is_no_group() -> None:
    subscriber = a_subscriber()

    with pytest.raises(GroupUnknown):
        add_group(name="Улица", parent_id=subscriber.id)


def test_no_two_have_the_same_id() -> None:
    ids = [each.id for _ in range(3) for each in (a_group(), a_subscriber())]

    assert ids == sorted(set(ids))


def test_a_group_is_not_below_itself() -> None:
    group = a_group()

    with pytest.raises(IntegrityError, match="a_group_is_not_its_own_parent"), transaction.atomic():
        Group.objects.filter(pk=group.id).update(parent_id=group.id)


def test_a_group_with_somebody_in_it_is_not_removed() -> None:
    subscriber = a_subscriber()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM subscribers_group WHERE id = %s", [subscriber.group_id])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
