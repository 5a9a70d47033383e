"""`netledger group` and `netledger plan` keep what subscribers stand in and what is sold."""

from datetime import timedelta

import pytest

from cli.typed import answered, done, misused, refused, rows
from given import a_subscriber, the_clock_says, utc
from netledger.ledger import clock
from netledger.tariffs.queries import find_plan

pytestmark = pytest.mark.django_db


def test_groups_are_listed_as_a_tree() -> None:
    town = answered("group", "add", "Посёлок")
    done("group", "add", "Ленина", "--parent", "Посёлок")
    done("group", "add", "Дом 5", "--parent", "Ленина")
    done("group", "add", "Аэропорт")

    assert town == {"group_id": town["group_id"], "parent_id": None, "path": "Посёлок", "subscribers": 0}
    assert [row[2] for row in rows("group", "list")] == [
        "Аэропорт", "Посёлок", "Посёлок / Ленина", "Посёлок / Ленина / Дом 5",
    ]  # fmt: skip


def test_a_group_counts_who_is_directly_in_it() -> None:
    group_id = a_subscriber().group_id

    (row,) = answered("group", "list")

    assert (row["group_id"], row["subscribers"]) == (group_id, 1)


def test_a_group_whose_name_is_there_twice_is_told_by_its_id() -> None:
    first, second = (answered("group", "add", name)["group_id"] for name in ("Север", "Юг"))
    twins = [answered("group", "add", "Ленина", "--parent", str(id_))["group_id"] for id_ in (first, second)]

    said = refused("group", "add", "Дом 1", "--parent", "Ленина")
    made = answered("group", "add", "Дом 1", "--parent", str(twins[1]))

    assert said == f"There are several groups “Ленина”, give the id: {twins[0]}, {twins[1]}"
    assert made["path"] == "Юг / Ленина / Дом 1"


@pytest.mark.parametrize("parent", ["Нигде", "404"])
def test_a_group_that_is_not_there_is_named(parent: str) -> None:
    assert parent in refused("group", "add", "Дом 1", "--parent", parent)


def test_a_plan_is_sold_from_today_by_the_day_at_full_speed_of_both_directions() -> None:
    the_clock_says(utc(2026, 11, 25, 12))

    made = answered(
        "plan", "add", "Домашний 100", "--price", "590", "--speed-in", "100000", "--speed-out", "50000/60000"
    )

    assert made == {
        "name": "Домашний 100",
        "price": "590.00",
        "from_on": "2026-11-25",
        "charged_by": "day",
        "gives_access": True,
        "speed_in": "100000/100000/125000/125000",  # 10 ms of 100 Mbit/s
        "speed_out": "50000/60000/62500/75000",
        "retired": False,
    }
    assert answered("plan", "list") == [made]


def test_a_speed_that_was_shown_can_be_typed() -> None:
    speed = "1000/2000/30000/40000"

    assert answered("plan", "add", "A", "--price", "1", "--speed-in", speed)["speed_in"] == speed


def test_a_service_may_be_charged_by_the_month_and_open_nothing() -> None:
    done("plan", "add", "Статический адрес", "--price", "150.50", "--by-month", "--no-access")

    ((name, price, _, charged_by, access, *_),) = rows("plan", "list")
    assert (name, price, charged_by, access) == ("Статический адрес", "150.50", "month", "no")


def test_another_price_keeps_the_speed_that_is_not_named_and_the_old_one_until_its_day() -> None:
    the_clock_says(utc(2026, 11, 25, 12))
    done("plan", "add", "A", "--price", "500", "--speed-in", "1000", "--speed-out", "2000")

    done("plan", "price", "A", "600", "--from", "2026-12-01", "--speed-out", "3000")

    told = [(row[1], row[2], row[5].split("/")[0], row[6].split("/")[0]) for row in rows("plan", "list")]
    assert told == [("500.00", "2026-11-25", "1000", "2000"), ("600.00", "2026-12-01", "1000", "3000")]
    the_clock_says(utc(2026, 12, 1, 12))
    assert [row[1] for row in rows("plan", "list")] == ["600.00"]


def test_a_retired_plan_is_listed_as_one() -> None:
    done("plan", "add", "A", "--price", "1")

    done("plan", "retire", "A")

    plan = find_plan("A")
    assert plan is not None and plan.retired_at is not None
    assert answered("plan", "list")[0]["retired"] is True


def test_what_the_room_refuses_is_one_sentence() -> None:
    done("plan", "add", "A", "--price", "1")
    tomorrow = clock.today() + timedelta(days=1)
    done("plan", "price", "A", "2", "--from", tomorrow.isoformat())

    assert refused("plan", "add", "A", "--price", "2") == "There is a plan “A” already"
    assert refused("plan", "retire", "B") == "There is no plan “B”"
    again = refused("plan", "price", "A", "3", "--from", tomorrow.isoformat())
    assert again == f"Plan “A” has a price from {tomorrow} already"


@pytest.mark.parametrize("words", [("group", "add"), ("plan", "add", "--price", "1")])
def test_a_name_is_not_empty_and_holds_no_control(words: tuple[str, ...]) -> None:
    assert refused(*words, " ") == "Field name: the name is empty"
    assert "Field name" in refused(*words, "a\x1b[0m")


@pytest.mark.parametrize("price", ["1,50", "1.505", "-1", "1e3", "NaN", "١", ""])
def test_what_is_no_sum_is_wrong_usage(price: str) -> None:
    assert "--price" in misused("plan", "add", "A", "--price", price)


@pytest.mark.parametrize("speed", ["fast", "1000/", "-5", "1/2/3/4/5"])
def test_what_is_no_speed_is_wrong_usage(speed: str) -> None:
    assert "--speed-in" in misused("plan", "add", "A", "--price", "1", "--speed-in", speed)


def test_what_is_no_date_is_wrong_usage() -> None:
    assert "--from" in misused("plan", "add", "A", "--price", "1", "--from", "завтра")
