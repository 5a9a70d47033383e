"""What tests are given: builders of the smallest provider that a behaviour needs, all through the services."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import connection
from django.db.models import Q

from netledger.charging.services import subscribe
from netledger.ledger import clock
from netledger.ledger.amounts import parse_amount
from netledger.ledger.models import Account, Transfer
from netledger.ledger.queries import balance_of
from netledger.ledger.services import Movement, Recorded, record_transfer, system_account_id
from netledger.network.editions import Edition, State, find_edition
from netledger.network.models import Connection, Nas
from netledger.network.services import add_connection, add_nas
from netledger.payments.credit import grant_credit
from netledger.payments.models import Credit, Operator
from netledger.payments.services import Receipt, add_operator, take_payment
from netledger.subscribers.models import Group, Subscriber
from netledger.subscribers.services import add_group, add_subscriber
from netledger.tariffs.models import Plan
from netledger.tariffs.services import Speeds, add_plan

_numbers = count(1)

LONG_AGO = date(2020, 1, 1)
SEEN_WITHIN_S = 900


def a_group(name: str | None = None, *, parent: Group | None = None) -> Group:
    return add_group(name=name or f"Улица {next(_numbers)}", parent_id=parent.id if parent else None)


def a_subscriber(contract_number: str | None = None, *, name: str = "Иванов Иван Иванович") -> Subscriber:
    """A contract without a plan, at 0.00."""
    number = contract_number or f"{next(_numbers):05d}"
    return add_subscriber(contract_number=number, name=name, group_id=a_group().id)


def a_plan(price: str = "310.00", *, gives_access: bool = True, speeds: Speeds | None = None) -> Plan:
    return add_plan(
        name=f"Тариф {next(_numbers)}",
        price=Decimal(price),
        speeds=speeds or Speeds(),
        from_on=LONG_AGO,
        gives_access=gives_access,
    )


def a_customer(balance: str = "0.00", *, contract_number: str | None = None) -> Subscriber:
    """A subscriber with a plan that gives access, from long ago, and that balance (a debt has a minus)."""
    subscriber = a_subscriber(contract_number)
    subscribe(subscriber_id=subscriber.id, plan_id=a_plan().id, from_on=LONG_AGO)
    if Decimal(balance):
        moved(subscriber, balance)
    return subscriber


def an_operator(code: str | None = None) -> Operator:
    return add_operator(code=code or f"operator-{next(_numbers)}", name="Платёжная система")


def a_nas(address: str | None = None) -> Nas:
    number = next(_numbers)
    return add_nas(name=f"Узел {number}", address=address or f"172.16.{number // 250 % 250}.{number % 250}")


def a_connection(
    nas: Nas, subscriber: Subscriber | None = None, *, login: str | None = None, **more: Any
) -> Connection:
    """A static connection (`by_session=True`: one by session) on the NAS, without an address where none is given."""
    return add_connection(
        subscriber_id=(subscriber or a_customer()).id,
        login=f"user{next(_numbers)}" if login is None else login,
        secret="тайна",
        nas_id=nas.id,
        **more,
    )


def edition_of(nas: Nas, state: State, *, seen_within_s: int = SEEN_WITHIN_S) -> Edition:
    """One of the NAS's lists as it is now."""
    edition = find_edition(nas.address, state=state, seen_within_s=seen_within_s)
    assert edition is not None
    return edition


def moved(subscriber: Subscriber, delta: str, *, kind: str = Transfer.Kind.OPENING) -> Recorded:
    """Money that came to, or (a minus) left, the subscriber's account, without a payment."""
    contra = Account.Kind.REVENUE if kind == Transfer.Kind.CHARGE else Account.Kind.OPENING
    return record_transfer(
        Movement(
            account_id=subscriber.account_id,
            contra_id=system_account_id(contra),
            delta=Decimal(delta),
            kind=kind,
            purpose="test",
            accounting_day=clock.today(),
            happened_at=clock.now(),
        )
    )


def charged(subscriber: Subscriber, amount: str) -> Recorded:
    return moved(subscriber, f"-{amount}", kind=Transfer.Kind.CHARGE)


def paid(
    subscriber: Subscriber, amount: str, *, operator: Operator | None = None, payment_id: str | None = None
) -> Receipt:
    operator = operator or an_operator()
    return take_payment(
        operator_id=operator.id,
        operator_payment_id=payment_id or f"P-{next(_numbers)}",
        sent_to=subscriber.contract_number,
        subscriber_id=subscriber.id,
        amount=parse_amount(amount),
        taken_at=clock.now(),
    )


def lent(subscriber: Subscriber, amount: str, *, until_on: date | None = None) -> Credit:
    return grant_credit(
        subscriber_id=subscriber.id, amount=Decimal(amount), granted_by="staff", until_on=until_on
    )


def balance(subscriber: Subscriber) -> Decimal:
    return balance_of(subscriber.account_id)


def statement_of(subscriber: Subscriber) -> list[Transfer]:
    """All operations of the subscriber, oldest first."""
    return list(Transfer.objects.filter(account_id=subscriber.account_id).order_by("id"))


def gained_by(account_id: int) -> Decimal:
    """What an account gained less what it lost, by the transfers."""
    sides = Transfer.objects.filter(Q(credit=account_id) | Q(debit=account_id)).values_list(
        "credit_id", "amount"
    )
    return sum((amount if credit_id == account_id else -amount for credit_id, amount in sides), Decimal(0))


def days_between(first: date, last: date) -> Iterator[date]:
    """Each date from the first to the last, both included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def published() -> None:
    """What happens at commit: decisions are published (a test that rolls back never commits)."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def the_clock_says(moment: datetime) -> None:
    """Set the one clock for this connection's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('netledger.now', %s, true)", [moment.isoformat()])


def later(**amount: int) -> None:
    """Move the one clock on."""
    the_clock_says(clock.now() + timedelta(**amount))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]
