"""The PostgreSQL of one run of the tests: started once, migrated once, cloned for whoever needs a database."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import psycopg
from django.db import connection
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from netledger.installation import secret_key
from netledger.installation.database import VARIABLES
from netledger.installation.home import VARIABLE, Home, create_home, home_from_environment
from netledger.installation.lock import HomeLock, holder_of
from netledger.installation.postgres import Cluster
from netledger.installation.postgres_creation import make_roles_and_database
from netledger.installation.roles import ROLES, SUPERUSER
from origin import IS_EMBEDDED, OTHER, address, create_database

TEMPLATE = "netledger_template"
FAST_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}
"""Nothing of a test run has to outlive the machine's power."""
PREFIX = "netledger-tests-"
MIGRATION_TIMEOUT_S = 120
YOUNG_S = 60


class Database(NamedTuple):
    """A migrated database of one test or one worker."""

    name: str
    owner: str
    """conninfo for netledger_owner."""
    server: str
    """conninfo for netledger_server."""

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which `installation.database` finds it, here or in a process that a test starts."""
        return {VARIABLES["owner"]: self.owner, VARIABLES["server"]: self.server}


class GivenCluster:
    """The cluster of this run, in a home of its own below the system's folder for temporary files."""

    def __init__(self) -> None:
        self.home = Home(Path(tempfile.mkdtemp(prefix=PREFIX)))
        self._cluster: Cluster | None = None
        self._has_template = False
        self._lock = HomeLock(self.home).acquire(address="the tests")
        if OTHER:
            make_roles_and_database(OTHER)

    def start(self) -> None:
        """Start it and migrate the template, unless that was done."""
        if self._has_template:
            return
        remove_homes_of_killed_runs()
        create_home(self.home)
        secret_key.create(self.home)
        if IS_EMBEDDED:
            self._cluster = Cluster(self.home, extra_settings=FAST_SETTINGS)
            self._cluster.start()
        self._make_template()

    def stop(self) -> None:
        """Stop it and leave nothing behind."""
        if self._cluster is not None:
            self._cluster.stop()
        self._lock.release()
        shutil.rmtree(self.home.path)

    def _make_template(self) -> None:
        self._has_template = True
        with _as_superuser(self.home) as superuser:
            create_database(superuser, TEMPLATE, "template1")
        template = database_named(self.home, TEMPLATE)
        migrated = subprocess.run(
            [sys.executable, "-m", "netledger.server.migrate"],
            env={**os.environ, VARIABLE: str(self.home.path), **template.environment},
            capture_output=True,
            text=True,
            timeout=MIGRATION_TIMEOUT_S,
        )
        assert migrated.returncode == 0, migrated.stderr


def database_named(home: Home, name: str) -> Database:
    """How to reach a database of the cluster."""
    return Database(
        name=name,
        owner=address(home, user=ROLES["owner"], dbname=name),
        server=address(home, user=ROLES["server"], dbname=name),
    )


@contextmanager
def cloned_database(name: str) -> Iterator[Database]:
    """A fresh clone of the template, dropped at the end whoever is still connected."""
    home = home_from_environment()
    with _as_superuser(home) as superuser:
        create_database(superuser, name, TEMPLATE)
    yield database_named(home, name)
    with _as_superuser(home) as superuser:
        superuser.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def django_on(database: Database) -> Iterator[None]:
    """Let Django's connections, of every thread, be to that database, as the serving role."""
    parameters = connection.settings_dict
    before = dict(parameters)
    said = conninfo_to_dict(database.server)
    _disconnect()
    parameters.update(
        NAME=said["dbname"], USER=said["user"], HOST=said["host"], PORT=str(said["port"]), PASSWORD=""
    )
    yield
    _disconnect()
    parameters.update(before)


def remove_homes_of_killed_runs() -> None:
    """Take away the homes of runs that had no time to do it: nobody holds their locks, and they are not new."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(FileNotFoundError):  # another run takes its own away meanwhile
            is_ours = folder.stat().st_uid == os.geteuid()
            is_old = folder.stat().st_mtime < time.time() - YOUNG_S
            if is_ours and is_old and holder_of(Home(folder)) is None:
                shutil.rmtree(folder, ignore_errors=True)


def _disconnect() -> None:
    connection.close()
    connection.close_pool()


def _as_superuser(home: Home) -> psycopg.Connection:
    return psycopg.connect(address(home, user=SUPERUSER, dbname="postgres"), autocommit=True)
