"""A list of few subscribers among very many costs what it shows."""

import pytest
from django.db import connection

from backoffice.browser import Browser
from given import a_plan, a_subscriber
from netledger import sql
from netledger.backoffice.filters import SubscriberFilter
from netledger.backoffice.lists import subscribers_before
from netledger.subscribers.models import Group, Subscriber


def test_it_reads_an_index_and_does_not_ask_of_everybody(administrator: Browser) -> None:
    plans: list[str] = []

    def explained(execute, text, parameters, many, context):  # noqa: ANN001, ANN202
        if "below" in text:
            with connection.cursor() as cursor:
                cursor.cursor.execute(f"EXPLAIN {text}", parameters)
                plans.extend(line for (line,) in cursor.fetchall())
        return execute(text, parameters, many, context)

    with connection.execute_wrapper(explained):
        administrator.get(f"/admin/subscribers/?state=blocked&plan={a_plan().id}")

    assert plans and not [line for line in plans if "Filter" in line and "SubPlan" in line]


@pytest.fixture
def town(db: None) -> Group:
    """A group with three houses, 12 subscribers in them in turn, and one house where nobody lives."""
    town = Group.objects.create(id=900_000, name="Посёлок")
    houses = [Group.objects.create(id=900_001 + n, parent=town, name=f"дом {n}") for n in range(4)]
    for number in range(12):
        Subscriber.objects.filter(pk=a_subscriber().id).update(group=houses[number % 3])
        a_subscriber()
    return town


@pytest.mark.parametrize("lines_max", [1, 2, 5, 50])
def test_the_pages_of_a_group_are_all_below_it_newest_first(town: Group, lines_max: int) -> None:
    below = list(Subscriber.objects.filter(group__parent=town).order_by("-id").values_list("id", flat=True))
    asked, listed, before = SubscriberFilter({"group": str(town.id)}), [], None

    while page := subscribers_before(asked, before, lines_max=lines_max):
        listed += [row.subscriber_id for row in page]
        before = listed[-1]

    assert listed == below and len(below) == 12


def test_the_newest_of_a_group_are_read_by_their_index(town: Group) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        asked = {"group_id": town.id, "before_id": None, "lines_max": 51}
        cursor.execute("EXPLAIN " + sql.text_of("backoffice/newest_below_group"), asked)
        reads = [line for (line,) in cursor.fetchall() if "on subscribers_subscriber" in line]

    assert len(reads) == 2 and all(
        "Index Only Scan Backward using subscribers_of_a_group" in line for line in reads
    )


def test_of_very_many_groups_one_is_typed(administrator: Browser, town: Group) -> None:
    assert '<select name="group"' in administrator.get("/admin/subscribers/").content.decode()
    Group.objects.bulk_create(Group(id=800_000 + n, name=f"А{n:03d}") for n in range(200))

    pages = [
        administrator.get("/admin/subscribers/", {"group": asked}).content.decode()
        for asked in ("Посёлок", str(town.id))
    ]

    for page in pages:
        assert page.count('<th scope="row">') == 12 and 'value="Посёлок"' in page
        assert page.count('<option value="А') == 200 and 'list="group-names"' in page
