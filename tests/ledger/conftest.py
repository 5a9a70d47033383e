"""What the ledger's tests share: the database's owner, whom only the database itself can refuse."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from netledger.installation.database import conninfo


@pytest.fixture
def owner(db: None) -> Iterator[psycopg.Connection]:
    """The owner of this test's database, on a connection of its own where each statement stands alone."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(conninfo("owner"), dbname=name, autocommit=True) as owner:
        yield owner
