"""What the ledger's tests share: the database's owner, whom only the database itself can refuse."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from netledger.installation.home import home_from_environment
from netledger.installation.roles import ROLES
from origin import address


@pytest.fixture
def owner(db: None) -> Iterator[psycopg.Connection]:
    """The owner of this test's database, on a connection of its own where each statement stands alone."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(
        address(home_from_environment(), user=ROLES["owner"], dbname=name), autocommit=True
    ) as owner:
        yield owner
