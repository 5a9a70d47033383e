"""What all tests share: one real PostgreSQL for the run, and a database of it for whoever asks.

A test with the mark `django_db` (or the fixture `db`) runs in a transaction that is rolled back. One that needs real
commits, several connections or processes takes the fixture `committed_db`. Both are the serving role's.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from pytest_django.plugin import DjangoDbBlocker

import netledger
from given_cluster import Database, GivenCluster, cloned_database, django_on
from netledger.installation.database import VARIABLES
from netledger.installation.home import VARIABLE
from origin import IS_EMBEDDED

GIVEN = pytest.StashKey[GivenCluster]()


def compile_catalogues() -> None:
    """Compile the pages' Russian texts where they were edited since `make venv` did."""
    for source in (Path(netledger.__file__).parent / "locale").rglob("*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            with source.open("rb") as po, compiled.open("wb") as mo:
                write_mo(mo, read_po(po))


def pytest_configure(config: pytest.Config) -> None:
    """Name the run's own home before anything looks for one: the user's home and database are not ours."""
    for variable in VARIABLES.values():
        os.environ.pop(variable, None)
    if not hasattr(config, "workerinput"):
        config.stash[GIVEN] = GivenCluster()
        os.environ[VARIABLE] = str(config.stash[GIVEN].home.path)
        compile_catalogues()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Pass over what is about the embedded PostgreSQL itself where the run is on another."""
    if IS_EMBEDDED:
        return
    for item in items:
        if item.get_closest_marker("embedded"):
            item.add_marker(pytest.mark.skip(reason="it is about the embedded PostgreSQL itself"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    """Start the cluster before the workers that share it: it ends with the process that started it."""
    config.stash[GIVEN].start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the cluster, however the run ended."""
    if GIVEN in config.stash:
        config.stash[GIVEN].stop()


@pytest.fixture(scope="session")
def given_cluster(request: pytest.FixtureRequest) -> None:
    """The run's cluster, with the migrated template; without workers, started by the first who needs it."""
    if GIVEN in request.config.stash:
        request.config.stash[GIVEN].start()


@pytest.fixture(scope="session")
def django_db_setup(given_cluster: None, django_test_environment: None, worker_id: str) -> Iterator[None]:
    """The worker's own database, which Django's tests roll back in."""
    with cloned_database(f"netledger_{worker_id}") as database, django_on(database):
        yield


@pytest.fixture
def committed_db(
    given_cluster: None, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Database]:
    """A fresh migrated database for one test that commits; Django and `installation.database` are on it."""
    with cloned_database(f"netledger_{uuid4().hex}") as database:
        for variable, conninfo in database.environment.items():
            monkeypatch.setenv(variable, conninfo)
        with django_db_blocker.unblock(), django_on(database):
            yield database
