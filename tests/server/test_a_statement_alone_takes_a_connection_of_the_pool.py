"""A prepared statement that is all that a request asks takes a connection of the pool, and nothing of Django's."""

from collections.abc import Iterator
from contextlib import contextmanager

import gevent
import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from psycopg_pool import ConnectionPool

from given import a_customer, an_operator
from given_cluster import Database
from netledger import sql
from netledger.installation.database import conninfo
from netledger.ledger.amounts import parse_amount
from netledger.ledger.queries import balance_of
from netledger.payments.gateway import GatewayReceipt, take_gateway_payment
from netledger.payments.models import Operator
from netledger.server.settings import POOL
from netledger.subscribers.models import Subscriber


@pytest.fixture
def pool(committed_db: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[ConnectionPool]:
    """A web process's, of one connection."""
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "pool", POOL | {"min_size": 1, "max_size": 1})
    sql._pool.cache_clear()
    pool: ConnectionPool = connection.pool  # type: ignore[attr-defined]
    pool.open()
    yield pool
    connection.close()
    connection.close_pool()
    sql._pool.cache_clear()


@contextmanager
def account_held(subscriber: Subscriber) -> Iterator[None]:
    """Somebody else has the account locked, so that a payment waits."""
    with psycopg.connect(conninfo("owner"), autocommit=True) as other, other.transaction():
        other.execute("SELECT 1 FROM ledger_account WHERE id = %s FOR UPDATE", [subscriber.account_id])
        yield


@pytest.fixture
def subscriber(pool: ConnectionPool) -> Subscriber:
    return a_customer()


@pytest.fixture
def operator(pool: ConnectionPool) -> Operator:
    return an_operator()


WAITING = """SELECT pid FROM pg_stat_activity
              WHERE datname = current_database() AND wait_event_type = 'Lock'"""


def pay(subscriber: Subscriber, operator: Operator) -> GatewayReceipt:
    return take_gateway_payment(
        operator_code=operator.code,
        operator_payment_id="1",
        sent_to=subscriber.contract_number,
        subscriber_id=None,
        amount=parse_amount("10.00"),
    )


def test_and_is_committed_at_once(pool: ConnectionPool, subscriber: Subscriber, operator: Operator) -> None:
    connection.close()

    receipt = pay(subscriber, operator)

    assert connection.connection is None
    assert balance_of(subscriber.account_id) == receipt.balance_after == 10


def test_also_where_the_last_one_left_it_in_a_transaction(
    pool: ConnectionPool, subscriber: Subscriber, operator: Operator
) -> None:
    connection.close()
    with pool.connection() as lent:
        lent.autocommit = False

    pay(subscriber, operator)

    assert balance_of(subscriber.account_id) == 10


def test_but_within_a_transaction_it_is_that_ones(
    pool: ConnectionPool, subscriber: Subscriber, operator: Operator
) -> None:
    with transaction.atomic():
        pay(subscriber, operator)
        transaction.set_rollback(True)

    assert balance_of(subscriber.account_id) == 0


def test_which_is_free_again_after_a_failure_in_djangos_words(
    pool: ConnectionPool, subscriber: Subscriber, operator: Operator
) -> None:
    connection.close()
    with pool.connection() as lent:
        lent.execute("SET statement_timeout = 100")
    with account_held(subscriber), pytest.raises(OperationalError) as refused:
        pay(subscriber, operator)

    assert isinstance(refused.value.__cause__, psycopg.errors.QueryCanceled)
    with pool.connection() as lent:
        assert lent.execute("SELECT 1").fetchone() == (1,)


def waiting_payment(subscriber: Subscriber, operator: Operator) -> tuple[gevent.Greenlet, int]:
    """A payment that waits for the account, and the process of the database that it waits with."""
    paying = gevent.spawn(pay, subscriber, operator)
    with psycopg.connect(conninfo("server"), autocommit=True) as watching:
        while (found := watching.execute(WAITING).fetchone()) is None:
            gevent.sleep(0.01)
    return paying, int(found[0])


def test_which_is_another_one_after_the_server_has_ended_it(
    pool: ConnectionPool, subscriber: Subscriber, operator: Operator
) -> None:
    connection.close()
    with account_held(subscriber):
        paying, backend = waiting_payment(subscriber, operator)
        with psycopg.connect(conninfo("server"), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [backend])
        paying.join()

    assert isinstance(paying.exception, OperationalError)
    assert pay(subscriber, operator).balance_after == 10


def test_and_is_free_again_after_who_waited_was_given_up(
    pool: ConnectionPool, subscriber: Subscriber, operator: Operator
) -> None:
    connection.close()
    with account_held(subscriber):
        paying, _ = waiting_payment(subscriber, operator)
        paying.kill()

    assert pay(subscriber, operator).balance_after == 10


def test_and_other_greenlets_go_on_while_the_server_works(pool: ConnectionPool) -> None:
    told = []
    with pool.connection() as lent:
        waiting = gevent.spawn(lambda: told.append(lent.execute("SELECT pg_sleep(1)").fetchone()))
        gevent.sleep(0.01)
        told.append("another")
        waiting.join()

    assert told == ["another", ("",)]
