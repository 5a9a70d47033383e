"""One box finds everything: whatever a person reads from a bill, a receipt, a log or 1C leads to the subscriber."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from given import a_connection, a_customer, a_nas, a_subscriber, an_operator, paid
from given_cluster import Database
from netledger import sql
from netledger.backoffice.search import search
from netledger.subscribers.models import Subscriber
from netledger.subscribers.onec import confirm_to_onec
from netledger.subscribers.particulars import set_subscriber

MAC = "00:1a:2b:3c:4d:5e"
STATEMENTS_MAX = 12
SEARCHED = ("100", "ив", "иванов петр", "ленина 5 12", "89001234567", "10.0.0.5", MAC, "УТ-1")


def found(text: str, *, found_max: int = 20) -> list[tuple[str, str]]:
    return [
        (one.subscriber.contract_number, one.by)
        for one in search(text, found_max=found_max, sees_network=True).found
    ]


@pytest.fixture
def somebody(db: None) -> Subscriber:
    somebody = a_customer(contract_number="10245")
    told = {"name": "Ёлкин Пётр", "street": "ул. Лесная", "house": "7", "phone": "8 (900) 123-45-67"}
    set_subscriber(subscriber_id=somebody.id, **told)
    confirm_to_onec(subscriber_id=somebody.id, onec_code="УТ-000777")
    a_connection(a_nas(), somebody, login="Elkin", address="10.0.0.5", mac=MAC)
    paid(somebody, "10.00", operator=an_operator("bank"), payment_id="чек 15/3")
    return somebody


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("10245", "contract"), ("  ELKIN ", "login"), ("elk", "login"), ("УТ-000777", "onec_code"),
        ("+79001234567", "phone"), ("елкин", "name"), ("лесная 7", "words"), ("10.0.0.5", "address"),
        ("001a.2b3c.4d5e", "mac"), ("чек 15/3", "payment"),
    ],
)  # fmt: skip
def test_by_whatever_is_known(somebody: Subscriber, text: str, by: str) -> None:
    assert found(text) == [("10245", by)]


def test_by_our_own_number_of_an_operation(somebody: Subscriber) -> None:
    operation_id = paid(somebody, "5.00").operation_id

    [one] = search(str(operation_id), found_max=20, sees_network=True).found

    assert (one.subscriber.pk, one.by, one.operation_id) == (somebody.pk, "operation", operation_id)


@pytest.mark.parametrize(
    "text", ["", "  ", "\0", "'", '"', "%%%", "___", "\\", "9" * 400, "а" * 400, "10.0.0.256", "🙂" * 3]
)
def test_what_means_nobody_finds_nobody(somebody: Subscriber, text: str) -> None:
    assert found(text) == []


def test_each_once_the_exact_number_first(somebody: Subscriber) -> None:
    a_subscriber("777", name="Петров")
    a_subscriber("7777", name="777 Сервис")
    paid(somebody, "1.00", payment_id="777")

    assert found("777") == [("777", "contract"), ("10245", "payment"), ("7777", "contract")]


def test_no_more_than_were_asked_for_of_each_kind(db: None) -> None:
    for number in range(5):
        a_subscriber(f"дом-{number}", name="Жилец")
        a_subscriber(f"0{number}", name=f"Дом {number}")

    assert len(found("дом", found_max=3)) == 6


@pytest.mark.parametrize(
    "text", ["100", "ив", "иванов петр", "ленина 5 12", "89001234567", "10.0.0.5", MAC, "УТ-1"]
)
def test_in_a_bounded_number_of_statements(somebody: Subscriber, text: str) -> None:
    with sql.counting() as tally:
        search(text, found_max=20, sees_network=True)

    assert tally.statements <= STATEMENTS_MAX


def test_what_takes_too_long_is_left_out_and_said_so(
    committed_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_subscriber("100", name="Иванов")
    slow = "SELECT 1::bigint AS subscriber_id, 'words' AS by FROM pg_sleep(30) WHERE %(first)s IS NOT NULL"
    known = sql.text_of
    monkeypatch.setattr(
        sql, "text_of", lambda name: slow if name.endswith("/found_by_words") else known(name)
    )

    findings = search("100 жильцов", found_max=20, sees_network=True)
    exact = search("100", found_max=20, sees_network=True)

    assert findings.gave_up and not findings.found
    assert not exact.gave_up and [one.subscriber.contract_number for one in exact.found] == ["100"]


class TestOverManySubscribers:
    """The plan of each statement is an index's: here as in the answer to a million."""

    @pytest.fixture
    def plans(self, committed_db: Database) -> Iterator[list[str]]:
        """Nodes that read whole tables, of every statement that a search runs from here on."""
        read_whole: list[str] = []

        def explained(execute, text, parameters, many, context):  # noqa: ANN001, ANN202
            if "found_max" in (parameters or {}):
                with connection.cursor() as cursor:
                    cursor.cursor.execute(f"EXPLAIN {text}", parameters)
                    read_whole.extend(line for (line,) in cursor.fetchall() if "Seq Scan" in line)
            return execute(text, parameters, many, context)

        a_subscriber("1")
        with transaction.atomic(), connection.execute_wrapper(explained):
            yield read_whole

    @pytest.mark.parametrize(
        "text", ["100", "ив", "иванов петр", "ленина 5 12", "89001234567", "10.0.0.5", MAC, "ович"]
    )
    def test_no_statement_reads_a_whole_table(self, plans: list[str], text: str) -> None:
        search(text, found_max=20, sees_network=True)

        assert [node for node in plans if "payments_operator" not in node] == []
