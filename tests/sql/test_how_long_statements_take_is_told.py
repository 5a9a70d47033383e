"""Each statement is counted and timed, for whoever counts or listens; its values are told to nobody."""

from decimal import Decimal

import pytest
from django.db import connection, transaction

from netledger import sql
from netledger.payments.gateway import GatewayReceipt
from netledger.payments.models import Operator
from netledger.payments.queries import find_operator, find_payment, list_operators

SECRET = "a-value-nobody-is-told"

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float]]:
    """What an observer hears."""
    told: list[tuple[str, float]] = []
    monkeypatch.setattr(sql, "OBSERVERS", [lambda text, took_s: told.append((text, took_s))])
    return told


def test_by_the_name_of_its_file(told: list[tuple[str, float]]) -> None:
    find_payment(1, SECRET)

    assert [sql.name_of(text) for text, _ in told] == ["payments/find_payment"]
    assert SECRET not in str(told)


def test_by_verb_and_table_where_django_wrote_it(told: list[tuple[str, float]]) -> None:
    find_operator(SECRET)

    assert [sql.name_of(text) for text, _ in told] == ["SELECT payments_operator"]
    assert SECRET not in str(told)


def test_by_the_file_that_a_longer_text_holds() -> None:
    text = f"WITH entry AS ({sql.text_of('network/list_entries')}) SELECT * FROM entry"

    assert sql.name_of(text) == "network/list_entries"


def test_by_its_verb_alone_where_it_names_no_table(told: list[tuple[str, float]]) -> None:
    with transaction.atomic(), transaction.atomic():
        find_payment(1, SECRET)

    names = [sql.name_of(text) for text, _ in told]
    assert names == ["SAVEPOINT", "SAVEPOINT", "payments/find_payment", "RELEASE", "RELEASE"]


def test_of_many_rows_each_reading_of_a_block(told: list[tuple[str, float]]) -> None:
    text = "SELECT n FROM generate_series(1, 4000) n"

    rows = [row for block in sql.blocks(text) for row in block]

    assert len(rows) == 4000
    assert [name for name, _ in told].count(text) == 1 + 3


def test_to_who_counts_alone_for_that_piece_of_work() -> None:
    list_operators()
    with sql.counting() as outer:
        list_operators()
        with sql.counting() as inner:
            list_operators()
            Operator.objects.count()

    assert (outer.statements, inner.statements) == (1, 2)
    assert 0 < inner.took_s < 5


def test_of_a_prepared_one_too(told: list[tuple[str, float]]) -> None:
    found = sql.maybe_prepared(
        "payments/take_gateway_payment",
        GatewayReceipt,
        operator_code="no-such-operator",
        operator_payment_id=SECRET,
        sent_to=SECRET,
        key=SECRET,
        subscriber_id=None,
        amount=Decimal("1.00"),
    )

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%payments_take%'")
        (prepared,) = cursor.fetchone()
    assert found is None
    assert sql.name_of(told[0][0]) == "payments/take_gateway_payment"
    assert prepared == 1
