"""Many movements at once leave what the same movements leave one by one: the same chain, behind the same guards."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.utils import Error
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from given import a_customer, a_subscriber, balance, moved, published, statement_of, utc
from netledger.access.models import Change
from netledger.ledger import check
from netledger.ledger.bulk import Rate, Run, record_runs
from netledger.ledger.models import Account, Transfer
from netledger.ledger.services import Movement, record_bulk, record_transfer, system_account_id
from netledger.subscribers.models import Subscriber

pytestmark = pytest.mark.django_db

deltas = st.decimals(places=2, min_value=-1000, max_value=1000).filter(bool)


def _movement(subscriber: Subscriber, delta: Decimal | str) -> Movement:
    return Movement(
        account_id=subscriber.account_id,
        contra_id=system_account_id(Account.Kind.REVENUE),
        delta=Decimal(delta),
        kind=Transfer.Kind.CHARGE,
        purpose="November",
        accounting_day=date(2026, 11, 3),
        happened_at=utc(2026, 11, 2, 21),
    )


def _statement(subscriber: Subscriber) -> list[tuple[object, ...]]:
    """All that a statement shows, but for ids, accounts and when it was recorded."""
    return [
        (
            transfer.credit_id == subscriber.account_id,
            transfer.amount,
            transfer.kind,
            transfer.purpose,
            transfer.accounting_day,
            transfer.happened_at,
            transfer.balance_after,
        )
        for transfer in statement_of(subscriber)
    ]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(movements=st.lists(st.tuples(st.integers(0, 2), deltas), max_size=12))
def test_with_the_same_balances_in_the_same_order(movements: list[tuple[int, Decimal]]) -> None:
    bulk, single = ([a_subscriber() for _ in range(3)] for _ in range(2))

    ids = record_bulk(_movement(bulk[whose], delta) for whose, delta in movements)
    for whose, delta in movements:
        record_transfer(_movement(single[whose], delta))

    assert [_statement(one) for one in bulk] == [_statement(one) for one in single]
    assert [balance(one) for one in bulk] == [balance(one) for one in single]
    by_id = Transfer.objects.in_bulk(ids)
    assert [by_id[each].account_id for each in ids] == [bulk[whose].account_id for whose, _ in movements]
    assert ids == sorted(ids)
    assert list(check.differences()) == []


def test_twice_in_one_transaction() -> None:
    subscriber = a_subscriber()

    record_bulk([_movement(subscriber, "1.00")])
    record_bulk([_movement(subscriber, "2.00")])

    assert [row[-1] for row in _statement(subscriber)] == [1, 1 + 2]


def test_and_decides_access_from_where_they_end() -> None:
    there_and_back, over = a_customer("5.00"), a_customer("5.00")
    published()

    record_bulk(
        [_movement(there_and_back, "-9.00"), _movement(over, "-9.00"), _movement(there_and_back, "4.00")]
    )
    published()

    assert [change.reason for change in Change.objects.filter(subscriber=there_and_back)] == ["open"]
    assert [change.reason for change in Change.objects.filter(subscriber=over).order_by("id")] == [
        "open",
        "overdrawn",
    ]


@pytest.mark.parametrize("in_bulk", [True, False])
@pytest.mark.parametrize("delta", ["0.00", "0.005", "-1.001"])
def test_refusing_a_sum_that_cannot_be_moved(in_bulk: bool, delta: str) -> None:
    subscriber = a_subscriber()
    moved(subscriber, "-0.01")

    with pytest.raises(Error), transaction.atomic():
        movement = _movement(subscriber, delta)
        record_bulk([movement]) if in_bulk else record_transfer(movement)

    assert balance(subscriber) == Decimal("-0.01")


@pytest.mark.parametrize("in_bulk", [True, False])
def test_refusing_an_account_that_is_no_subscribers(in_bulk: bool) -> None:
    subscriber = a_subscriber()
    unknown = _movement(subscriber, "1.00")._replace(account_id=subscriber.account_id + 1_000_000)
    ours = _movement(subscriber, "1.00")._replace(account_id=system_account_id(Account.Kind.OPENING))

    for movement in (unknown, ours):
        with pytest.raises(Error), transaction.atomic():
            record_bulk([_movement(subscriber, "1.00"), movement]) if in_bulk else record_transfer(movement)

    assert balance(subscriber) == 0


def test_and_whole_runs_of_days_among_them() -> None:
    customer = a_subscriber()
    november = [date(2026, 11, number) for number in range(1, 5)]
    paid = _movement(customer, "100.00")._replace(happened_at=utc(2026, 11, 2, 12))
    revenue_id = system_account_id(Account.Kind.REVENUE)

    (paid_id,) = record_runs(
        [paid],
        [Run(customer.account_id, revenue_id, Transfer.Kind.CHARGE, "plan", november[0], november[2])],
        [
            Rate("plan", day, Decimal(part), utc(2026, 11, day.day + 1))
            for day, part in zip(november, ("-10.00", "-10.01", "0.00", "-99.00"), strict=True)
        ],
    )

    statement = statement_of(customer)
    assert [(one.accounting_day.day, one.balance_after) for one in statement] == [
        (1, Decimal("-10.00")),
        (3, Decimal("-10.00") + 100),
        (2, Decimal("-10.00") + 100 - Decimal("10.01")),
    ]
    assert statement[1].id == paid_id
    assert list(check.differences()) == []
