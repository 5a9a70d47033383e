"""Contracts that are written by the thousand are what contracts written one by one are."""

import pytest
from django.db import IntegrityError, transaction

from given import a_group, a_subscriber, balance
from netledger.ledger import clock
from netledger.subscribers import check
from netledger.subscribers.bulk import NewContract, NewGroup, add_groups, add_subscribers, register_logins
from netledger.subscribers.errors import IdentifierMalformed, TextTooLong
from netledger.subscribers.models import Group, Subscriber
from netledger.subscribers.queries import find_by_identifier

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Group:
    return a_group()


def _contract(group: Group, number: str, *, name: str = "Иванов Иван Иванович") -> NewContract:
    return NewContract(
        contract_number=number,
        name=name,
        group_id=group.pk,
        street="ул. Мира",
        house="1",
        flat="2",
        phone="",
        email="",
        created_at=clock.now(),
        activated_at=None,
        closed_at=None,
    )


def test_each_has_an_account_and_is_found_by_number_and_login(group: Group) -> None:
    opened = add_subscribers([_contract(group, "A-1"), _contract(group, "A-2", name=" Петров Пётр ")])
    register_logins([(opened[1].subscriber_id, "petrov")])

    first, second = (find_by_identifier(text) for text in ("a-1", "PETROV"))

    assert first is not None and second is not None
    assert [(one.pk, one.account_id) for one in (first, second)] == opened
    assert (second.name, second.street, second.house, second.flat) == ("Петров Пётр", "ул. Мира", "1", "2")
    assert balance(first) == 0
    assert list(check.differences()) == []


def test_groups_are_made_where_they_are_to_be(group: Group) -> None:
    street, town = add_groups([NewGroup(" Улица ", group.pk), NewGroup("Город", None)])

    made = Group.objects.in_bulk([street, town])
    assert (made[street].name, made[street].parent_id) == ("Улица", group.pk)
    assert (made[town].name, made[town].parent_id) == ("Город", None)


def test_a_name_that_is_there_has_all_groups_refused(group: Group) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        add_groups([NewGroup("Город", None), NewGroup(group.name, None)])

    assert Group.objects.count() == 1


def test_a_number_that_is_somebodys_has_all_refused(group: Group) -> None:
    a_subscriber("A-2")

    with pytest.raises(IntegrityError), transaction.atomic():
        add_subscribers([_contract(group, "A-1"), _contract(group, "a-2")])

    assert Subscriber.objects.count() == 1


def test_what_one_by_one_is_refused_is_refused(group: Group) -> None:
    with pytest.raises(IdentifierMalformed):
        add_subscribers([_contract(group, "A 1")])
    with pytest.raises(TextTooLong):
        add_subscribers([_contract(group, "A-1", name="и" * 251)])
    with pytest.raises(IdentifierMalformed):
        register_logins([(a_subscriber().pk, "пет ров")])
