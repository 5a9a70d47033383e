"""Whether the database has all migrations of this netledger, asked without Django, whose import takes a second."""

import re
from pathlib import Path

import psycopg

import netledger
from netledger.server.errors import DatabaseNewer, DatabaseUnreachable

ROOMS = Path(netledger.__file__).parent
MIGRATION = re.compile(r"[0-9]{4}\w*")
CONNECT_TIMEOUT_S = 10
CLOSED_TABLES = """
    -- Our tables that the serving role may not read.
    SELECT count(*) FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
       AND pg_get_userbyid(relowner) = current_user
       AND NOT has_table_privilege(%(server_role)s, oid, 'SELECT')
"""

Migration = tuple[str, str]
"""The room and the name of the file without its ending."""


def lacks_migrations(conninfo: str, *, server_role: str) -> bool:
    """Whether any migration of ours was not applied yet, or the serving role lacks its rights to a table.

    Raises:
        DatabaseNewer: one was applied that we do not have.
        DatabaseUnreachable: it does not answer.
    """
    known = known_migrations()
    try:
        with psycopg.connect(conninfo, connect_timeout=CONNECT_TIMEOUT_S) as connection:
            applied = _applied_migrations(connection)
            complete = known <= applied and _rights_are_given(connection, server_role)
    except psycopg.OperationalError as trouble:
        raise DatabaseUnreachable(why=" ".join(str(trouble).split())) from trouble
    rooms = {room for room, _ in known}
    for room, name in sorted(applied - known):
        if room in rooms:
            raise DatabaseNewer(migration=f"{room}.{name}")
    return not complete


def known_migrations() -> set[Migration]:
    """The migrations that lie in the rooms."""
    files = ROOMS.glob("*/migrations/*.py")
    return {(file.parent.parent.name, file.stem) for file in files if MIGRATION.fullmatch(file.stem)}


def _applied_migrations(connection: psycopg.Connection) -> set[Migration]:
    """The migrations that Django wrote down as applied."""
    exists = connection.execute("SELECT to_regclass('django_migrations') IS NOT NULL").fetchone()
    if exists != (True,):
        return set()
    return {(app, name) for app, name in connection.execute("SELECT app, name FROM django_migrations")}


def _rights_are_given(connection: psycopg.Connection, server_role: str) -> bool:
    """Whether the serving role may read each table: the rights are given after migrating, which may be cut off."""
    closed = connection.execute(CLOSED_TABLES, {"server_role": server_role}).fetchone()
    return closed == (0,)
