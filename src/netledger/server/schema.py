"""Whether the database has all migrations of this netledger, asked without Django, whose import takes a second."""

import re
from importlib.util import find_spec
from pathlib import Path

import psycopg

import netledger
from netledger.server.errors import DatabaseNewer, DatabaseUnreachable

ROOMS = Path(netledger.__file__).parent
MIGRATION = re.compile(r"[0-9]{4}\w*")
CONNECT_TIMEOUT_S = 10
OF_OTHERS = {
    "contenttypes": ("django", "contrib/contenttypes"),
    "auth": ("django", "contrib/auth"),
    "axes": ("axes", ""),
}
"""Apps of others that bring tables of their own: by label, the package and the place in it where the app lies."""
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
    rooms = {room for room, _ in known} - OF_OTHERS.keys()
    for room, name in sorted(applied - known):
        if room in rooms:
            raise DatabaseNewer(migration=f"{room}.{name}")
    return not complete


def known_migrations() -> set[Migration]:
    """The migrations that lie in the rooms, and those of the apps of others that we use."""
    files = [(file.parent.parent.name, file) for file in ROOMS.glob("*/migrations/*.py")]
    for label, (package, place) in OF_OTHERS.items():
        files += [(label, file) for file in _folder_of(package).joinpath(place).glob("migrations/*.py")]
    return {(label, file.stem) for label, file in files if MIGRATION.fullmatch(file.stem)}


def _folder_of(package: str) -> Path:
    """Where a package lies, found without importing it."""
    spec = find_spec(package)
    assert spec is not None and spec.submodule_search_locations is not None
    return Path(spec.submodule_search_locations[0])


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
