"""Loading a new database as a dump is restored: what is made or checked row by row is made or checked at the end.

The same constraints and indexes stand afterwards, and all rows have been checked by them; guards stand all the time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import LiteralString, NamedTuple

from django.db import connection
from psycopg.sql import SQL, Identifier

from netledger import sql

LOADED = [
    "subscribers_subscriber", "subscribers_identifier", "tariffs_subscription", "ledger_transfer",
    "payments_payment", "payments_sentidentifier", "payments_credit", "network_connection",
    "network_assignment", "network_session", "access_decision", "access_change", "access_block",
]  # fmt: skip
NOT_LOOKED_INTO = [
    "subscribers_subscriber", "subscribers_identifier", "ledger_transfer",
    "payments_payment", "payments_sentidentifier", "payments_credit",
]  # fmt: skip
"""While they are loaded; access and lists look into the others."""
LOOKED_INTO = ["ledger_account", *(table for table in LOADED if table not in NOT_LOOKED_INTO)]
MEMORY = "SET LOCAL work_mem = '64MB'; SET LOCAL maintenance_work_mem = '512MB'; SET LOCAL jit = off"
IN_MEMORY = "SET LOCAL seq_page_cost = 0.1; SET LOCAL random_page_cost = 0.1"
"""What was just written is there still: a few thousand are looked up by index, not by reading all that there are."""


class _Constraint(NamedTuple):
    table_name: str
    name: str
    definition: str


class _Index(NamedTuple):
    name: str
    definition: str


@contextmanager
def loading() -> Iterator[None]:
    """Write many rows in here, as the owner of the tables, in one transaction; nobody else is there yet."""
    connection.check_constraints()  # a table that something waits for is not altered
    constraints = sql.rows("cli/slow_constraints", _Constraint, tables=LOADED)
    indexes = sql.rows("cli/slow_indexes", _Index, tables=NOT_LOOKED_INTO)
    with connection.cursor() as cursor:
        cursor.execute(f"{MEMORY}; {IN_MEMORY}")
        for constraint in reversed(constraints):
            cursor.execute(_on(constraint, "DROP CONSTRAINT {}"))
        for index in indexes:
            cursor.execute(SQL("DROP INDEX {}").format(Identifier(index.name)).as_string())
    yield
    connection.check_constraints()
    with connection.cursor() as cursor:
        for index in indexes:
            cursor.execute(index.definition)
        for constraint in constraints:
            cursor.execute(f"{_on(constraint, 'ADD CONSTRAINT {}')} {constraint.definition}")
        cursor.execute("ANALYZE")


def plan_anew(*, of_what_is_there: bool) -> None:
    """Have what comes written by plans for tables as large as they are by now: what functions keep was for less.

    Args:
        of_what_is_there: look into them first; without it the planner guesses, and reads whole tables.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(LOOKED_INTO)}" if of_what_is_there else "DISCARD PLANS")


def _on(constraint: _Constraint, does: LiteralString) -> str:
    table, name = Identifier(constraint.table_name), Identifier(constraint.name)
    return (SQL("ALTER TABLE {} ").format(table) + SQL(does).format(name)).as_string()
