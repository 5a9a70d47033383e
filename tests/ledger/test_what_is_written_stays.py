"""Transfers, reversals, payments, prices, speeds, the history of access and the audit stay, whoever asks."""

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

pytestmark = pytest.mark.django_db

WRITTEN_ONCE = [
    ("ledger_reversal", "reversing_id"),
    ("payments_payment", "amount"),
    ("payments_onecmark", "onec_code"),
    ("access_change", "reason"),
    ("tariffs_planversion", "price"),
    ("tariffs_speed", "rate_in_kbps"),
    ("backoffice_auditentry", "fields"),
]


def _changes_of(table: str, column: str) -> list[str]:
    return [f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"]


def _tables_of_transfers() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'ledger_transfer'::regclass"
        )
        return ["ledger_transfer", *(row[0] for row in cursor.fetchall())]


def _assert_owner_is_refused(owner: psycopg.Connection, table: str, change: str) -> None:
    with pytest.raises(psycopg.errors.RaiseException, match=f"of {table} is refused"):
        owner.execute(change)


def _assert_server_is_refused(change: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(change)


@pytest.mark.parametrize(("table", "column"), WRITTEN_ONCE)
def test_a_row_that_is_written_once_is_not_changed(
    owner: psycopg.Connection, table: str, column: str
) -> None:
    for change in _changes_of(table, column):
        _assert_owner_is_refused(owner, table, change)
        _assert_server_is_refused(change)


def test_a_transfer_is_not_changed_through_any_of_its_tables(owner: psycopg.Connection) -> None:
    tables = _tables_of_transfers()
    assert len(tables) == 1 + 3

    for table in tables:
        for change in _changes_of(table, "amount"):
            _assert_owner_is_refused(owner, table, change)
            _assert_server_is_refused(change)


def test_the_refusal_says_how_a_mistake_is_put_right(owner: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.RaiseException) as refused:
        owner.execute("DELETE FROM payments_payment")

    assert refused.value.diag.message_hint == (
        "Put a mistake right by a new row: a reversal or a correction."
    )


def test_what_may_change_still_does(owner: psycopg.Connection) -> None:
    """The owner is refused by the guards, not by something else that would refuse everything."""
    owner.execute("UPDATE ledger_account SET overdraft = overdraft WHERE kind = 'revenue'")
    owner.execute("DELETE FROM access_block WHERE false")
