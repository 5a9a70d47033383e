"""Where the databases of a run are: the one decision. In the embedded PostgreSQL, unless the environment names another.

`make test-postgresql15` names one in NETLEDGER_TESTS_POSTGRESQL: the address of a superuser, who makes the roles and
databases of the tests there. Then each home has a database of its own there instead of a cluster, and services find it
by DATABASE_URL.
"""

import os
from hashlib import md5
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from netledger.installation.database import VARIABLES, embedded_conninfo
from netledger.installation.home import Home
from netledger.installation.roles import DATABASE, ROLES, SUPERUSER

OTHER = os.environ.get("NETLEDGER_TESTS_POSTGRESQL", "")
IS_EMBEDDED = not OTHER


def address(home: Home, *, user: str, dbname: str) -> str:
    """What libpq needs to reach a database of the home's cluster, or of the other PostgreSQL."""
    if IS_EMBEDDED:
        return embedded_conninfo(home, user=user, dbname=dbname)
    if user == SUPERUSER:
        return make_conninfo(OTHER, dbname=dbname)
    return make_conninfo(OTHER, user=user, dbname=dbname)


def address_of_home(home: Home, user: str) -> str:
    """What libpq needs to reach the database that a service on the home has."""
    return address(home, user=user, dbname=DATABASE if IS_EMBEDDED else _name_of(home.path))


def environment_of(home: Path) -> dict[str, str]:
    """The variables by which a process on the home finds its database; it is made here, if it has to be."""
    if IS_EMBEDDED:
        return {}
    with _superuser() as superuser:
        if not _exists(superuser, home):
            _create(superuser, home, "template1")
    return {variable: address_of_home(Home(home), ROLES[role]) for role, variable in VARIABLES.items()}


def copy_database(home: Path, target: Path) -> None:
    """Give the copy of a stopped home what the home's database holds; an embedded one is copied with the home."""
    if IS_EMBEDDED:
        return
    with _superuser() as superuser:
        if _exists(superuser, home):
            _create(superuser, target, _name_of(home))


def rename_database(home: Path, target: Path) -> None:
    """The stopped home has another path from now on."""
    if IS_EMBEDDED:
        return
    with _superuser() as superuser:
        names = sql.Identifier(_name_of(home)), sql.Identifier(_name_of(target))
        superuser.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*names))


def create_database(superuser: psycopg.Connection, name: str, template: str) -> None:
    """Make a database of netledger's owner."""
    names = [sql.Identifier(text) for text in (name, ROLES["owner"], template)]
    superuser.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(*names))


def _create(superuser: psycopg.Connection, home: Path, template: str) -> None:
    create_database(superuser, _name_of(home), template)


def _exists(superuser: psycopg.Connection, home: Path) -> bool:
    found = superuser.execute("SELECT FROM pg_database WHERE datname = %s", [_name_of(home)])
    return found.fetchone() is not None


def _name_of(home: Path) -> str:
    return f"home_{md5(os.fsencode(home), usedforsecurity=False).hexdigest()}"


def _superuser() -> psycopg.Connection:
    return psycopg.connect(OTHER, autocommit=True)
