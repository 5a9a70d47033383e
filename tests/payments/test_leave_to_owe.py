"""A credit is leave to owe, not money: without end, or through its last day, whatever else happens. Cases: V04, V05."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from given import a_customer, a_subscriber, balance, lent, paid, published, the_clock_says, utc
from netledger.access import tasks as access_tasks
from netledger.access.models import Change
from netledger.access.queries import find_decision
from netledger.ledger import clock
from netledger.ledger.models import Account
from netledger.ledger.services import set_zone
from netledger.payments import tasks
from netledger.payments.credit import end_credit, grant_credit
from netledger.payments.errors import CreditOver, CreditUnknown, SumOutOfLimits
from netledger.payments.models import Credit
from netledger.subscribers.models import Subscriber

pytestmark = pytest.mark.django_db

NOON = utc(2026, 11, 10, 12)
LAST_DAY = date(2026, 11, 11)
LAST_MOMENT, MIDNIGHT = utc(2026, 11, 11, 20, 59, 59), utc(2026, 11, 11, 21)


@pytest.fixture(autouse=True)
def _in_moscow() -> Iterator[None]:
    set_zone("Europe/Moscow")
    the_clock_says(NOON)
    yield


def _overdraft(subscriber: Subscriber) -> Decimal:
    return Account.objects.get(pk=subscriber.account_id).overdraft


def _ticks_at(moment: datetime) -> int:
    """What the ticker does: each room's step, in its order."""
    the_clock_says(moment)
    ended = tasks.tick(clock.now())
    access_tasks.tick(clock.now())
    published()
    return ended


def _reason(subscriber: Subscriber) -> str:
    published()
    decision = find_decision(subscriber.id)
    assert decision is not None
    return decision.reason


def _history(subscriber: Subscriber) -> list[tuple[datetime, str]]:
    return list(Change.objects.filter(subscriber=subscriber).order_by("id").values_list("at", "reason"))


def test_moves_no_money() -> None:
    subscriber = a_subscriber()

    lent(subscriber, "500.00")

    assert (balance(subscriber), _overdraft(subscriber)) == (0, 500)
    assert subscriber.account.transfers.count() == 0


def test_the_later_one_takes_the_place_of_the_earlier() -> None:
    subscriber = a_subscriber()
    lent(subscriber, "500.00", until_on=LAST_DAY)

    lent(subscriber, "200.00")

    assert _overdraft(subscriber) == 200
    credits = Credit.objects.filter(subscriber=subscriber).order_by("id")
    assert [(each.amount, each.ended_at) for each in credits] == [(500, NOON), (200, None)]
    assert _ticks_at(MIDNIGHT) == 0


def test_is_ended_once() -> None:
    subscriber = a_subscriber("10245")
    lent(subscriber, "500.00")

    end_credit(subscriber_id=subscriber.id)
    with pytest.raises(CreditUnknown) as refused:
        end_credit(subscriber_id=subscriber.id)

    assert refused.value.contract_number == "10245"
    assert _overdraft(subscriber) == 0


@pytest.mark.parametrize("amount", ["0", "-1.00", "0.005", "100000000.00", "NaN", "Infinity"])
def test_of_a_sum_that_cannot_be_is_refused(amount: str) -> None:
    subscriber = a_subscriber()

    with pytest.raises(SumOutOfLimits):
        grant_credit(subscriber_id=subscriber.id, amount=Decimal(amount), granted_by="staff")

    assert _overdraft(subscriber) == 0


def test_that_would_be_over_already_is_refused_and_the_last_one_stays() -> None:
    subscriber = a_subscriber()
    lent(subscriber, "200.00")
    the_clock_says(MIDNIGHT)

    with pytest.raises(CreditOver):
        lent(subscriber, "500.00", until_on=LAST_DAY)

    assert _overdraft(subscriber) == 200


def test_holds_through_its_last_day_and_closes_at_midnight() -> None:
    customer = a_customer("-310.00")
    lent(customer, "500.00", until_on=LAST_DAY)
    published()

    ended = [_ticks_at(moment) for moment in (LAST_MOMENT, MIDNIGHT, MIDNIGHT)]

    assert ended == [0, 1, 0]
    assert _history(customer) == [(NOON, "open"), (MIDNIGHT, "overdrawn")]
    assert _overdraft(customer) == 0


def test_that_ended_while_nothing_ran_is_over_at_the_start() -> None:
    customer = a_customer("-310.00")
    lent(customer, "500.00", until_on=LAST_DAY)
    published()

    _ticks_at(utc(2026, 11, 11, 21, 10))
    paid(customer, "10.00")
    published()

    assert _history(customer) == [(NOON, "open"), (utc(2026, 11, 11, 21, 10), "overdrawn")]


def test_ends_unnoticed_where_nothing_is_owed() -> None:
    customer = a_customer("10.00")
    lent(customer, "500.00", until_on=LAST_DAY)
    published()

    ended = _ticks_at(MIDNIGHT)

    assert ended == 1
    assert _history(customer) == [(NOON, "open")]


def test_without_end_it_holds() -> None:
    customer = a_customer("-310.00")
    lent(customer, "310.00")

    assert _ticks_at(utc(2036, 1, 1)) == 0
    assert _reason(customer) == "open"


def test_ends_at_the_first_instant_of_a_day_that_has_no_midnight() -> None:
    set_zone("Africa/Cairo")
    the_clock_says(utc(2026, 4, 23, 12))
    customer = a_customer("-310.00")
    lent(customer, "500.00", until_on=date(2026, 4, 23))
    published()

    ended = [_ticks_at(moment) for moment in (utc(2026, 4, 23, 21, 59, 59), utc(2026, 4, 23, 22))]

    assert ended == [0, 1]
    assert _history(customer)[-1] == (utc(2026, 4, 23, 22), "overdrawn")


def test_many_that_end_at_one_midnight_take_no_more_statements_than_one() -> None:
    def statements_to_end(credits: int) -> int:
        for _ in range(credits):
            lent(a_customer("-310.00"), "500.00", until_on=clock.today())
        published()
        the_clock_says(clock.day_end(clock.today()))
        with CaptureQueriesContext(connection) as captured:
            ended = tasks.tick(clock.now())
        assert ended == credits
        return len(captured)

    assert statements_to_end(1) == statements_to_end(12)
