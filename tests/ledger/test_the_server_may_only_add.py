"""The serving role adds movements and payments, and has no right to change or remove one, on any partition."""

import psycopg
import pytest
from django.db import connection

from netledger.installation.roles import ROLES
from netledger.ledger.services import keep_partitions_ahead

pytestmark = pytest.mark.django_db

RIGHTS = """
    SELECT has_table_privilege(%(role)s, %(table)s, 'SELECT'), has_table_privilege(%(role)s, %(table)s, 'INSERT'),
           has_any_column_privilege(%(role)s, %(table)s, 'UPDATE'),
           has_table_privilege(%(role)s, %(table)s, 'DELETE, TRUNCATE, TRIGGER, REFERENCES')
"""
MAY_ONLY_ADD = (True, True, False, False)
MAY_NOTHING = (False, False, False, False)


def _rights_on(table: str) -> tuple[bool, ...]:
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS, {"role": ROLES["server"], "table": table})
        return tuple(cursor.fetchone())


def _partitions() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'ledger_transfer'::regclass"
        )
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize(
    "table",
    [
        "ledger_transfer",
        "ledger_reversal",
        "payments_payment",
        "backoffice_auditentry",
        "access_change",
        "tariffs_planversion",
        "tariffs_speed",
    ],
)
def test_to_what_is_written_once(table: str) -> None:
    assert _rights_on(table) == MAY_ONLY_ADD


def test_and_nothing_on_a_partition_by_its_own_name(owner: psycopg.Connection) -> None:
    before = set(_partitions())
    place = owner.execute("SELECT last_value, is_called FROM ledger_transfer_id_seq").fetchone()
    assert place is not None
    owner.execute("SELECT setval('ledger_transfer_id_seq', %s)", [10_000_000])
    try:
        keep_partitions_ahead()
    finally:
        owner.execute("SELECT setval('ledger_transfer_id_seq', %s, %s)", place)

    partitions = _partitions()

    assert len(partitions) > len(before)
    assert {table: _rights_on(table) for table in partitions} == dict.fromkeys(partitions, MAY_NOTHING)


def test_and_owns_no_table_and_makes_none() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = %s AND relpersistence <> 't'",
            [ROLES["server"]],
        )
        owned = cursor.fetchone()[0]
        cursor.execute("SELECT has_schema_privilege(%s, 'public', 'CREATE')", [ROLES["server"]])
        may_create = cursor.fetchone()[0]

    assert (owned, may_create) == (0, False)
