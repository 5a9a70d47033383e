"""Where the database is: the one that DATABASE_URL names, else the home's embedded PostgreSQL.

Asking needs no home: the answer for an embedded one is worked out from its path.
"""

import os
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from netledger.installation.errors import DatabaseAddressWrong
from netledger.installation.home import Home, home_from_environment
from netledger.installation.postgres_socket import PORT, address_of
from netledger.installation.roles import DATABASE, ROLES, Role

VARIABLES: dict[Role, str] = {"server": "DATABASE_URL", "owner": "DATABASE_OWNER_URL"}
DJANGO_NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def conninfo(role: Role) -> str:
    """What libpq needs to reach the database in that role.

    Raises: DatabaseAddressWrong: one of the two variables is set, and this role's is not, or is no address.
    """
    if not is_external():
        return embedded_conninfo(home_from_environment(), user=ROLES[role])
    return make_conninfo(**_external(role))


def is_external() -> bool:
    """Whether the environment names a database of the provider's own."""
    return any(os.environ.get(variable) for variable in VARIABLES.values())


def embedded_conninfo(home: Home, *, user: str, dbname: str = DATABASE) -> str:
    """What libpq needs to reach a database of the home's embedded PostgreSQL."""
    return make_conninfo(host=str(address_of(home)), port=PORT, user=user, dbname=dbname)


def connection_parameters(role: Role) -> dict[str, Any]:
    """The same as Django's DATABASES has it: NAME, USER, HOST and so on, what it has no name for in OPTIONS.

    Raises: DatabaseAddressWrong.
    """
    said = conninfo_to_dict(conninfo(role))
    options = {name: value for name, value in said.items() if name not in DJANGO_NAMES}
    named = {DJANGO_NAMES[name]: str(value) for name, value in said.items() if name in DJANGO_NAMES}
    return {**named, "OPTIONS": options}


def _external(role: Role) -> dict[str, Any]:
    variable = VARIABLES[role]
    try:
        said = conninfo_to_dict(os.environ.get(variable, ""))
    except psycopg.ProgrammingError:
        # Its own text quotes the address, password included.
        raise DatabaseAddressWrong(variable=variable) from None
    if not said:
        raise DatabaseAddressWrong(variable=variable)
    return said
