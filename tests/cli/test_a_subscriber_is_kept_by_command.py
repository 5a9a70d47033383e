"""`netledger subscriber` keeps what is told of a contract, and shows all that a person at the desk asks."""

import pytest

from cli.typed import answered, done, misused, refused, rows
from given import (
    LONG_AGO,
    a_connection,
    a_customer,
    a_group,
    a_nas,
    a_subscriber,
    lent,
    moved,
    published,
    the_clock_says,
    utc,
)
from netledger.access.services import place_block
from netledger.network.sessions import start_session
from netledger.subscribers.queries import find_by_identifier

pytestmark = pytest.mark.django_db

COMPANY = (
    *("--company", "--inn", "7707083893", "--kpp", "773601001"),
    *("--legal-address", "Москва, Вавилова, 19", "--actual-address", "Посёлок"),
)


def facts(*words: str) -> dict[str, str]:
    """What `show` tells line by line, before the connections."""
    return dict(row for row in rows(*words) if len(row) == 2)


def test_a_contract_is_added_with_all_that_is_told_of_a_company() -> None:
    group = a_group("Посёлок")

    card = answered("subscriber", "add", "0010245", "--name", "ООО «Ромашка»", "--group", "Посёлок", *COMPANY)

    assert (card["contract_number"], card["name"], card["group_id"]) == ("0010245", "ООО «Ромашка»", group.id)
    assert (card["is_company"], card["inn"], card["kpp"]) == (True, "7707083893", "773601001")
    assert (card["legal_address"], card["actual_address"]) == ("Москва, Вавилова, 19", "Посёлок")
    assert (card["balance"], card["connections"], card["subscriptions"]) == ("0.00", [], [])


def test_a_contract_that_is_refused_leaves_nothing_behind() -> None:
    a_group("Посёлок")

    said = refused("subscriber", "add", "1", "--name", "Иванов", "--group", "Посёлок", "--inn", "123")

    assert said == "Field inn: “123”; an INN has 10 or 12 digits, a KPP 9 characters"
    assert find_by_identifier("1") is None


def test_a_contract_number_is_once() -> None:
    a_subscriber("0010245")
    a_group("Посёлок")

    said = refused("subscriber", "add", "0010245", "--name", "Иванов", "--group", "Посёлок")

    assert said == "“0010245” is taken already: “0010245” of contract 0010245"


def test_what_is_given_is_changed_and_the_rest_stays() -> None:
    subscriber = a_subscriber("1", name="Иванов")
    done("subscriber", "set", "1", "--phone", "+7 912 345-67-89", "--street", "Ленина")
    group = a_group("Юг")

    card = answered("subscriber", "set", "1", "--name", "Петров", "--group", "Юг", "--street", "")

    assert (card["subscriber_id"], card["name"], card["group"]) == (subscriber.id, "Петров", group.name)
    assert (card["phone"], card["street"], card["is_company"]) == ("+7 912 345-67-89", "", False)


def test_a_company_may_become_a_person() -> None:
    a_subscriber("1")
    done("subscriber", "set", "1", "--company")

    assert answered("subscriber", "set", "1", "--person")["is_company"] is False


def test_a_change_of_nothing_is_wrong_usage() -> None:
    assert "not said what to change" in misused("subscriber", "set", "1")


def test_1cs_code_is_given_replaced_and_taken_away() -> None:
    a_subscriber("1")
    a_subscriber("2")

    given = answered("subscriber", "set", "1", "--onec-code", " УТ-000123 ")
    taken = refused("subscriber", "set", "2", "--name", "Петров", "--onec-code", "УТ-000123")
    cleared = answered("subscriber", "set", "1", "--no-onec-code")

    assert (given["onec_code"], given["onec_synced_at"], cleared["onec_code"]) == ("УТ-000123", None, None)
    assert taken == "1C code УТ-000123 is of contract 1; contract 2 did not get it"
    assert answered("subscriber", "show", "2")["name"] != "Петров"
    assert "--no-onec-code" in misused("subscriber", "set", "1", "--onec-code", "1", "--no-onec-code")


def test_show_tells_who_is_where_and_why_since_when() -> None:
    the_clock_says(utc(2026, 11, 25, 12))
    customer = a_customer("-30.00", contract_number="10245")
    lent(customer, "10.00")
    a_connection(a_nas("10.255.0.1"), customer, login="ivanov", address="10.0.0.5", mac="001A.2B3C.4D5E")
    published()

    told = facts("subscriber", "show", "Ivanov")
    card = answered("subscriber", "show", "10245")

    assert told["contract"] == "10245"
    assert (told["balance"], told["credit"]) == ("-30.00", "10.00")
    said = "Closed for debt since 25 November 12:00: balance −30.00, credit of 10.00 without end"
    assert told["access"] == said
    assert card["state"] == {
        "sentence": said,
        "reason": "overdrawn",
        "negbal": True,
        "blocked": False,
        "since_at": "2026-11-25T12:00:00Z",
        "blocked_by": None,
        "blocked_why": None,
    }
    ((connection,), (subscription,)) = card["connections"], card["subscriptions"]
    assert (connection["login"], connection["nas"], connection["address"], connection["mac"]) == (
        "ivanov", "10.255.0.1", "10.0.0.5", "00:1a:2b:3c:4d:5e",
    )  # fmt: skip
    assert (subscription["from_on"], subscription["until_on"]) == (LONG_AGO.isoformat(), None)


def test_show_names_who_blocked_and_why_and_the_session_that_is_open() -> None:
    customer = a_customer("5.00", contract_number="10245")
    a_connection(a_nas(), customer, login="ivanov", by_session=True)
    start_session(login="ivanov", session_code="s1", at=utc(2026, 1, 2, 3), address="10.0.0.9")
    place_block(subscriber_id=customer.id, placed_by="olga", why="рассылает спам")
    published()

    card = answered("subscriber", "show", "10245")

    assert "olga, рассылает спам" in facts("subscriber", "show", "10245")["access"]
    assert (card["state"]["blocked_by"], card["state"]["blocked_why"]) == ("olga", "рассылает спам")
    (connection,) = card["connections"]
    assert connection["session_address"] == "10.0.0.9"
    assert connection["online_since_at"] == "2026-01-02T03:00:00Z"


def test_of_whom_nothing_was_decided_yet_show_says_so() -> None:
    a_subscriber("1")

    said = "Access is closed: there has been no plan and no connection yet"
    assert facts("subscriber", "show", "1")["access"] == said
    assert answered("subscriber", "show", "1")["state"]["reason"] is None


@pytest.mark.parametrize(
    "text",
    [
        "10245", "IVANOV", "пётр", "петр сем", "9123456789", "+7 (912) 345-67-89", "8 912 345 67 89",
        "10.0.0.5", "001A.2B3C.4D5E",
    ],
)  # fmt: skip
def test_a_subscriber_is_found_by_contract_login_part_of_the_name_phone_or_address(text: str) -> None:
    customer = a_customer("7.50", contract_number="10245")
    a_connection(a_nas(), customer, login="ivanov", address="10.0.0.5", mac="00:1a:2b:3c:4d:5e")
    done("subscriber", "set", "10245", "--name", "Иванов Пётр Семёнович", "--phone", "+7 912 345-67-89")
    a_customer(contract_number="77")
    published()

    ((contract, name, _, _, _, balance, state),) = rows("subscriber", "find", text)

    assert (contract, name, balance, state) == ("10245", "Иванов Пётр Семёнович", "7.50", "open")


def test_him_whose_contract_it_is_is_found_first() -> None:
    a_subscriber("А5", name="Яковлев")
    a_subscriber("6", name="а5 по соседству")

    assert [row["contract_number"] for row in answered("subscriber", "find", "а5")] == ["А5", "6"]


@pytest.mark.parametrize("text", ["%", "_", "", "89", "Сидоров"])
def test_what_fits_nobody_is_refused(text: str) -> None:
    a_subscriber("1", name="Иванов")

    assert refused("subscriber", "find", text) == f"There is no subscriber “{text}”"


def test_a_closed_contract_keeps_what_it_was() -> None:
    customer = a_customer(contract_number="10245")
    moved(customer, "12.30")
    a_connection(a_nas(), customer, login="ivanov")

    done("subscriber", "close", "10245")
    published()

    card = answered("subscriber", "show", "10245")
    assert (card["balance"], card["state"]["reason"]) == ("12.30", "closed")
    assert card["closed_at"] is not None and card["connections"][0]["ended_at"] is not None
    assert refused("subscriber", "close", "10245") == "Contract 10245 is closed"


def test_nobody_is_shown_who_is_not_there() -> None:
    assert refused("subscriber", "show", "nobody") == "There is no subscriber “nobody”"
