"""A partition is made when nobody writes accounts; where somebody does for long, it is left for the next tick."""

import time

import psycopg
import pytest

from given import a_subscriber, charged
from netledger.installation.database import conninfo
from netledger.ledger.services import keep_partitions_ahead

pytestmark = pytest.mark.usefixtures("committed_db")

GIVES_UP_WITHIN_S = 5


def test_while_a_long_transaction_writes_an_account() -> None:
    subscriber, other = a_subscriber(), a_subscriber()
    with psycopg.connect(conninfo("owner"), autocommit=True) as owner:
        owner.execute("SELECT setval('ledger_transfer_id_seq', 10000000)")
    begun_s = time.monotonic()

    with psycopg.connect(conninfo("server")) as long:
        long.execute("UPDATE ledger_account SET overdraft = 1 WHERE id = %s", [subscriber.account_id])
        made_meanwhile = keep_partitions_ahead()
        charge = charged(other, "1.00")

    assert time.monotonic() - begun_s < GIVES_UP_WITHIN_S
    assert made_meanwhile == 0
    assert charge.transfer_id > 10_000_000
    assert [keep_partitions_ahead(), keep_partitions_ahead()] == [1, 0]
