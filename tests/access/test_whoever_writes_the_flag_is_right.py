"""The database itself notes who went over the threshold, so the flag is right whoever wrote, and costs nothing else."""

import psycopg
import pytest
from django.db import connection, transaction

from given import a_customer, a_subscriber, charged, moved, paid, published
from netledger.access.models import Change
from netledger.access.queries import find_decision
from netledger.access.services import note
from netledger.installation.database import conninfo
from netledger.ledger.services import set_overdraft
from netledger.subscribers.models import Subscriber

with_db = pytest.mark.django_db
with_committed_db = pytest.mark.usefixtures("committed_db")


def _history(subscriber: Subscriber) -> list[str]:
    return list(Change.objects.filter(subscriber=subscriber).order_by("id").values_list("reason", flat=True))


def _noted() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM access_noted) + (SELECT count(*) FROM access_marker)")
        return int(cursor.fetchone()[0])


@with_committed_db
def test_the_owner_in_plain_sql() -> None:
    customer = a_customer("10.00")

    with psycopg.connect(conninfo("owner"), autocommit=True) as owner:
        owner.execute("UPDATE ledger_account SET balance = -1 WHERE id = %s", [customer.account_id])
        owner.execute("UPDATE ledger_account SET overdraft = 1 WHERE id = %s", [customer.account_id])
        owner.execute("UPDATE ledger_account SET overdraft = 0 WHERE kind = 'subscriber'")

    assert _history(customer) == ["open", "overdrawn", "open", "overdrawn"]


@with_committed_db
def test_each_in_a_transaction_of_its_own() -> None:
    """Nothing in a test's own transaction: what is committed here is what others see."""
    customer = a_customer("10.00")

    charged(customer, "10.01")
    with psycopg.connect(conninfo("server")) as another:
        seen = another.execute(
            "SELECT reason FROM access_decision WHERE subscriber_id = %s", [customer.id]
        ).fetchone()
    paid(customer, "0.01")

    assert seen == ("overdrawn",)
    assert _history(customer) == ["open", "overdrawn", "open"]
    assert _noted() == 0


@with_db
def test_the_ledgers_own_service() -> None:
    customer = a_customer("-10.00")
    published()

    set_overdraft(account_id=customer.account_id, overdraft=10)
    published()

    assert _history(customer) == ["overdrawn", "open"]


@with_db
def test_who_stays_on_his_side_is_not_noted() -> None:
    customer, debtor = a_customer("10.00"), a_customer("-100.00")
    published()

    paid(customer, "5.00")
    charged(customer, "15.00")
    paid(debtor, "99.99")
    set_overdraft(account_id=customer.account_id, overdraft=500)

    assert _noted() == 0


@with_db
def test_a_subscriber_without_a_plan_is_decided_about_when_he_goes_over() -> None:
    subscriber = a_subscriber()

    charged(subscriber, "1.00")
    published()

    assert _history(subscriber) == ["overdrawn"]


@with_db
def test_what_is_rolled_back_is_not_noted() -> None:
    customer = a_customer("10.00")
    published()

    with transaction.atomic():
        charged(customer, "20.00")
        transaction.set_rollback(True)
    noted = _noted()
    charged(customer, "20.00")
    published()

    assert noted == 0
    assert _history(customer) == ["open", "overdrawn"]


@with_db
def test_published_at_once_and_again_in_one_transaction() -> None:
    customer = a_customer("10.00")

    for _ in range(2):
        charged(customer, "20.00")
        published()
        moved(customer, "20.00")
        published()

    assert _history(customer) == ["overdrawn", "open"] * 2
    assert _noted() == 0


@with_db
def test_a_note_about_nobody_is_harmless() -> None:
    subscriber = a_subscriber()

    note([])
    note([subscriber.id + 1_000_000])
    published()

    assert find_decision(subscriber.id + 1_000_000) is None
    assert _noted() == 0
