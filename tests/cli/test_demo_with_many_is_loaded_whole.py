"""A demonstration of very many is loaded as a dump is restored, and none the less whole: same constraints and books."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from given_cluster import Database
from netledger.access import check as access
from netledger.cli.demo import creation
from netledger.cli.demo.shares import HISTORY_DAYS_OF_MANY
from netledger.installation.roles import ROLES
from netledger.ledger import check as ledger
from netledger.ledger import clock
from netledger.ledger.models import Transfer
from netledger.network import check as network
from netledger.payments import check as payments
from netledger.subscribers.models import Subscriber

SUBSCRIBERS = 230
STRUCTURE = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint
     WHERE contype <> 'n'
    UNION ALL
    SELECT tablename, indexname, indexdef, true FROM pg_indexes WHERE tablename !~ 'transfer_0'
    UNION ALL
    SELECT tgrelid::regclass::text, tgname, '', tgenabled = 'O' FROM pg_trigger WHERE NOT tgisinternal
    ORDER BY 1, 2, 3
"""


def structure() -> list[tuple[Any, ...]]:
    """Constraints, indexes and guards of all tables."""
    with connection.cursor() as cursor:
        cursor.execute(STRUCTURE)
        return list(cursor.fetchall())


@pytest.fixture
def as_owner(committed_db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    connection.close_pool()
    monkeypatch.setitem(connection.settings_dict, "USER", ROLES["owner"])


def test_with_the_same_constraints_and_books_that_tie(
    as_owner: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(creation, "MANY", 200)
    before = structure()

    creation.create_provider(
        subscribers=SUBSCRIBERS, seed=1, tell=lambda _made: None, before_commit=lambda _facts: None
    )

    charges = Transfer.objects.filter(kind=Transfer.Kind.CHARGE)
    assert structure() == before
    assert Subscriber.objects.count() == SUBSCRIBERS
    assert charges.dates("accounting_day", "day").count() == HISTORY_DAYS_OF_MANY
    assert charges.latest("accounting_day").accounting_day == clock.today() - timedelta(days=2)
    assert [
        *ledger.differences(),
        *access.differences(),
        *payments.differences(),
        *network.differences(),
    ] == []
    connection.close()
    connection.close_pool()
