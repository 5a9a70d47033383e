"""Why a subscriber may or may not pass is one sentence that can be read to him, now and of any moment since."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from given import (
    a_connection,
    a_customer,
    a_nas,
    a_plan,
    a_subscriber,
    charged,
    later,
    lent,
    moved,
    paid,
    published,
    the_clock_says,
    utc,
)
from netledger.access import tasks as access_tasks
from netledger.access.bulk import NewBlock, place_blocks
from netledger.access.models import Reason
from netledger.access.services import lift_block, place_block
from netledger.charging.services import hold, subscribe, unsubscribe
from netledger.ledger import clock
from netledger.ledger.errors import MomentInFuture
from netledger.ledger.services import set_zone
from netledger.network.services import close_contract
from netledger.payments import tasks as payments_tasks
from netledger.payments.credit import end_credit
from netledger.payments.errors import MomentBeforeContract
from netledger.payments.explanation import OPERATIONS_MAX, Explanation, explain
from netledger.payments.spoken import spoken_roubles
from netledger.subscribers.models import Subscriber

pytestmark = pytest.mark.django_db

NOON = utc(2026, 11, 10, 9)
"""In Moscow it is three hours later."""


@pytest.fixture(autouse=True)
def _in_moscow() -> Iterator[None]:
    set_zone("Europe/Moscow")
    the_clock_says(NOON)
    yield


@pytest.fixture
def customer() -> Subscriber:
    """Open since noon of 10 November, at 0.00."""
    customer = a_customer()
    published()
    return customer


def _at(moment: datetime) -> None:
    """Time passes until then, and the ticker does what it brings."""
    the_clock_says(moment)
    payments_tasks.tick(clock.now())
    access_tasks.tick(clock.now())
    published()


def _ru(told: Explanation) -> str:
    return told.sentence("ru")


def test_a_debtor_whose_credit_ended_at_midnight(customer: Subscriber) -> None:
    lent(customer, "500.00", until_on=date(2026, 11, 11))
    charged(customer, "310.00")
    published()
    _at(utc(2026, 11, 11, 21))
    _at(utc(2026, 11, 13, 9))

    told = explain(customer.id)

    assert _ru(told) == (
        "Закрыт за долг с 12 ноября 00:00: баланс −310,00, кредит 500,00 действовал по 11 ноября"
    )
    assert told.sentence("en") == (
        "Closed for debt since 12 November 00:00: balance −310.00, credit of 500.00 held through 11 November"
    )
    assert [credit.amount for credit in told.credits] == [Decimal("500.00")]
    assert [operation.delta for operation in told.operations] == [Decimal("-310.00")]


def test_the_same_debtor_before_his_credit_ended(customer: Subscriber) -> None:
    lent(customer, "500.00", until_on=date(2026, 11, 11))
    charged(customer, "310.00")
    published()
    _at(utc(2026, 11, 11, 21))

    told = explain(customer.id, utc(2026, 11, 11, 20, 59, 59))

    assert told.reason is Reason.OPEN
    assert _ru(told) == (
        "11 ноября 23:59 — доступ открыт с 10 ноября 12:00: баланс −310,00, кредит 500,00 по 11 ноября"
    )


def test_a_credit_that_staff_took_away(customer: Subscriber) -> None:
    lent(customer, "500.00")
    charged(customer, "310.00")
    later(hours=1)
    end_credit(subscriber_id=customer.id)
    published()

    told = explain(customer.id)

    assert _ru(told) == (
        "Закрыт за долг с 10 ноября 13:00: баланс −310,00, кредит 500,00 отменён 10 ноября 13:00"
    )


def test_a_credit_that_ended_while_it_was_not_needed_closed_nothing(customer: Subscriber) -> None:
    lent(customer, "500.00")
    later(hours=1)
    end_credit(subscriber_id=customer.id)
    later(hours=1)
    charged(customer, "310.00")
    published()

    told = explain(customer.id)

    assert _ru(told) == "Закрыт за долг с 10 ноября 14:00: баланс −310,00"
    assert told.ended_credit is None


def test_a_credit_that_is_too_small(customer: Subscriber) -> None:
    lent(customer, "200.00")
    later(hours=1)
    charged(customer, "310.00")
    published()

    assert _ru(explain(customer.id)) == (
        "Закрыт за долг с 10 ноября 13:00: баланс −310,00, кредит 200,00 без срока"
    )


def test_amounts_are_those_of_the_moment(customer: Subscriber) -> None:
    later(hours=1)
    charged(customer, "310.00")
    published()
    later(hours=1)
    paid(customer, "400.00")
    published()

    told = [_ru(explain(customer.id, utc(2026, 11, 10, hour))) for hour in (9, 10, 11)]

    assert told == [
        "10 ноября 12:00 — доступ открыт с 10 ноября 12:00: баланс 0,00",
        "10 ноября 13:00 — закрыт за долг с 10 ноября 13:00: баланс −310,00",
        "10 ноября 14:00 — доступ открыт с 10 ноября 14:00: баланс 90,00",
    ]


def test_a_block_holds_since_it_was_placed_whatever_the_balance_did(customer: Subscriber) -> None:
    later(hours=1)
    place_block(subscriber_id=customer.id, placed_by="Петрова", why="жалоба соседа")
    published()
    later(hours=1)
    charged(customer, "310.00")
    published()

    told = explain(customer.id)

    assert _ru(told) == ("Заблокирован администратором с 10 ноября 13:00, к тому же за долг: баланс −310,00")
    assert told.sentence("en") == (
        "Blocked by the administrator since 10 November 13:00, and for debt too: balance −310.00"
    )
    assert [(block.placed_by, block.why) for block in told.blocks] == [("Петрова", "жалоба соседа")]


def test_a_block_that_was_lifted_is_told_of_the_time_before(customer: Subscriber) -> None:
    place_block(subscriber_id=customer.id, placed_by="staff")
    published()
    later(hours=2)
    lift_block(subscriber_id=customer.id, lifted_by="staff")
    published()

    told = explain(customer.id, utc(2026, 11, 10, 10))

    assert _ru(told) == "10 ноября 13:00 — заблокирован администратором с 10 ноября 12:00: баланс 0,00"
    assert explain(customer.id).reason is Reason.OPEN


def test_a_plan_that_waits_for_money_is_named(customer: Subscriber) -> None:
    subscription = customer.subscriptions.get()
    later(hours=1)
    hold(subscription_id=subscription.pk)
    published()

    told = explain(customer.id)

    assert _ru(told) == (
        f"Закрыт с 10 ноября 13:00, тариф ожидает оплаты («{subscription.plan.name}»): баланс 0,00"
    )


def test_the_plan_that_ended_and_the_one_to_come_are_named(customer: Subscriber) -> None:
    ended, coming = customer.subscriptions.get(), a_plan()
    unsubscribe(subscription_id=ended.pk, until_on=date(2026, 11, 10))
    subscribe(subscriber_id=customer.id, plan_id=coming.id, from_on=date(2026, 12, 1))
    published()
    _at(utc(2026, 11, 10, 21))

    told = explain(customer.id)

    assert _ru(told) == (
        "Закрыт с 11 ноября 00:00, нет тарифа с доступом "
        f"(«{ended.plan.name}» по 10 ноября, «{coming.name}» с 1 декабря): баланс 0,00"
    )


def test_a_closed_contract_has_neither_plan_nor_credit_any_more(customer: Subscriber) -> None:
    lent(customer, "500.00")
    charged(customer, "80.00")
    hold(subscription_id=customer.subscriptions.get().pk)
    published()
    later(days=40)
    close_contract(subscriber_id=customer.id)
    published()
    later(days=30)

    told = explain(customer.id)

    assert _ru(told) == "Договор закрыт 20 декабря 2026 12:00: баланс −80,00"
    assert told.sentence("en") == "The contract was closed on 20 December 2026 12:00: balance −80.00"
    assert told.subscriptions == []


def test_a_contract_closed_before_it_had_anything_is_closed() -> None:
    subscriber = a_subscriber()
    close_contract(subscriber_id=subscriber.id)
    published()

    assert _ru(explain(subscriber.id)) == "Договор закрыт 10 ноября 12:00: баланс 0,00"


def test_without_plan_and_connection_there_is_nothing_to_decide() -> None:
    subscriber = a_subscriber()

    told = explain(subscriber.id)

    assert told.reason is None
    assert _ru(told) == "Доступ закрыт: ни тарифа, ни учётной записи ещё не было"


def test_before_the_history_begins_nothing_is_made_up() -> None:
    subscriber = a_subscriber()
    later(hours=1)
    a_connection(a_nas(), subscriber)
    moved(subscriber, "5.00")
    published()

    told = explain(subscriber.id, NOON)

    assert (told.reason, told.balance, told.operations) == (None, 0, [])
    assert _ru(told) == "10 ноября 12:00 — о доступе ничего не записано: история ведётся с 10 ноября 13:00"


def test_a_block_brought_from_elsewhere_holds_since_its_own_date() -> None:
    newcomer = a_subscriber()
    later(days=9)
    place_blocks([NewBlock(newcomer.id, utc(2026, 11, 12, 9), "Петрова", "рассылка спама")])
    published()

    assert _ru(explain(newcomer.id)).startswith("Заблокирован администратором с 12 ноября 12:00")
    before_the_history = explain(newcomer.id, utc(2026, 11, 14, 9))
    assert (before_the_history.reason, before_the_history.blocked) == (Reason.BLOCKED, True)
    assert _ru(before_the_history) == (
        "14 ноября 12:00 — заблокирован администратором с 12 ноября 12:00: баланс 0,00"
    )
    assert explain(newcomer.id, utc(2026, 11, 12, 8)).reason is None


def test_operations_that_led_to_it_stand_beside_those_since(customer: Subscriber) -> None:
    for _ in range(OPERATIONS_MAX + 1):
        later(minutes=1)
        moved(customer, "1.00")
    later(minutes=1)
    closing = charged(customer, "100.00")
    published()
    for _ in range(OPERATIONS_MAX + 1):
        later(minutes=1)
        last = charged(customer, "1.00")

    told = explain(customer.id)

    ids = [operation.operation_id for operation in told.operations]
    assert len(ids) == OPERATIONS_MAX + OPERATIONS_MAX
    assert ids[OPERATIONS_MAX - 1] == closing.transfer_id
    assert ids[-1] == last.transfer_id


def test_a_long_history_takes_no_more_statements_than_a_short_one(customer: Subscriber) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            explain(customer.id, clock.now())
        return len(captured)

    lent(customer, "1.00")
    short = statements()
    for _ in range(12):
        later(hours=1)
        lent(customer, "1.00")
        charged(customer, "400.00")
        published()
        paid(customer, "400.00")
        place_block(subscriber_id=customer.id, placed_by="staff")
        published()
        lift_block(subscriber_id=customer.id, lifted_by="staff")
        published()

    assert statements() == short <= 12


@pytest.mark.parametrize(
    ("at", "refusal"),
    [(utc(2026, 11, 10, 8, 59), MomentBeforeContract), (utc(2026, 11, 10, 9, 1), MomentInFuture)],
)
def test_a_moment_outside_the_contracts_time_is_refused_by_name(
    customer: Subscriber, at: datetime, refusal: type[MomentBeforeContract | MomentInFuture]
) -> None:
    with pytest.raises(refusal) as refused:
        explain(customer.id, at)

    assert refused.value.sentence("ru").startswith("at: 2026-11-10 ")
    assert refused.value.sentence("en").startswith("at: 2026-11-10 ")


@pytest.mark.parametrize(
    ("amount", "ru", "en"),
    [
        ("-1234567.5", "−1\xa0234\xa0567,50", "−1,234,567.50"),
        ("-5", "−5,00", "−5.00"),
        ("-0.00", "0,00", "0.00"),
        ("1000", "1\xa0000,00", "1,000.00"),
    ],
)
def test_a_sum_is_said_as_the_language_writes_it(amount: str, ru: str, en: str) -> None:
    assert spoken_roubles(Decimal(amount), "ru") == ru
    assert spoken_roubles(Decimal(amount), "en") == en
