"""A form that is sent twice does its act once, and both are answered alike."""

from uuid import uuid4

import pytest

from backoffice.browser import a_member_of_staff
from given_cluster import Database
from netledger.backoffice.models import Done
from netledger.backoffice.once import do_once
from netledger.subscribers.models import Group
from netledger.subscribers.services import add_group
from together import at_once


@pytest.mark.django_db
def test_the_second_press_is_answered_as_the_first() -> None:
    staff, key, done = a_member_of_staff(), uuid4(), []

    def act() -> dict[str, int]:
        done.append("!")
        return {"operation": len(done)}

    assert [do_once(staff, key, act) for _ in range(2)] == [{"operation": 1}, {"operation": 1}]
    assert done == ["!"]


def test_many_presses_at_the_same_moment_are_one(committed_db: Database) -> None:
    staff, key = a_member_of_staff(), uuid4()

    def press() -> int:
        outcome: int = do_once(staff, key, lambda: add_group(name="Once").pk)
        return outcome

    answers = at_once(*[press] * 8)

    group = Group.objects.get(name="Once")
    assert answers == [group.pk] * 8


@pytest.mark.django_db
def test_an_act_that_failed_may_be_tried_again() -> None:
    staff, key = a_member_of_staff(), uuid4()

    def fail() -> None:
        raise ValueError

    with pytest.raises(ValueError):
        do_once(staff, key, fail)

    assert do_once(staff, key, lambda: "done") == "done"


@pytest.mark.django_db
def test_the_key_of_another_persons_form_is_of_no_use() -> None:
    key = uuid4()
    do_once(a_member_of_staff(), key, lambda: "his")

    with pytest.raises(Done.DoesNotExist):
        do_once(a_member_of_staff(), key, lambda: "mine")
