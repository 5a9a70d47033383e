"""Transfers lie in partitions that are made before they are needed, each with its own guard."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from given import a_subscriber, moved
from netledger.ledger.services import keep_partitions_ahead

pytestmark = pytest.mark.django_db

PARTITION_IDS = 10_000_000


@pytest.fixture
def border(owner: psycopg.Connection) -> Iterator[int]:
    """The first id of the next partition; the sequence is put back afterwards, which no rollback does."""
    place = owner.execute("SELECT last_value, is_called FROM ledger_transfer_id_seq").fetchone()
    assert place is not None
    yield (place[0] // PARTITION_IDS + 1) * PARTITION_IDS
    owner.execute("SELECT setval('ledger_transfer_id_seq', %s, %s)", place)


def _draw_ids_up_to(owner: psycopg.Connection, last: int) -> None:
    """As if so many transfers had been written; the server itself has no right to leave ids out."""
    owner.execute("SELECT setval('ledger_transfer_id_seq', %s)", [last])


def _names(query: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [row[0] for row in cursor.fetchall()]


def _partitions() -> list[str]:
    return _names(
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'ledger_transfer'::regclass ORDER BY 1"
    )


def test_two_ahead_of_the_one_in_use(owner: psycopg.Connection, border: int) -> None:
    before = _partitions()
    made_early = keep_partitions_ahead()

    _draw_ids_up_to(owner, border)
    made = keep_partitions_ahead()
    again = keep_partitions_ahead()

    assert (made_early, made, again) == (0, 1, 0)
    assert _partitions() == [*before, f"ledger_transfer_{border // PARTITION_IDS + 2:06d}"]


def test_so_that_transfers_go_on_over_a_border(owner: psycopg.Connection, border: int) -> None:
    subscriber = a_subscriber()
    _draw_ids_up_to(owner, border - 2)

    before, after = moved(subscriber, "1.00"), moved(subscriber, "2.00")

    assert (before.transfer_id, after.transfer_id) == (border - 1, border)
    assert after.balance_after == 1 + 2


def test_each_with_its_own_guard(owner: psycopg.Connection, border: int) -> None:
    _draw_ids_up_to(owner, border)
    keep_partitions_ahead()

    guarded = _names(
        "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'ledger_transfer_is_append_only' ORDER BY 1"
    )

    assert guarded == ["ledger_transfer", *_partitions()]
