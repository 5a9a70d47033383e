"""What a subscriber's account went through, page by page, and the payments of all."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from netledger import sql
from netledger.payments.models import Credit


class StatementLine(NamedTuple):
    """An operation in a statement: what the account gained (above zero) or lost, and its balance after it, roubles."""

    operation_id: int
    kind: str
    delta: Decimal
    balance_after: Decimal
    happened_at: datetime
    recorded_at: datetime
    accounting_day: date
    operator_name: str | None
    operator_payment_id: str | None
    document_number: str | None
    author: str | None
    why: str | None
    reversing_id: int | None
    """The operation that took it back."""
    reverses_id: int | None
    """The operation that it took back."""


class TakenPayment(NamedTuple):
    """A payment in a list of all subscribers' payments; roubles."""

    payment_id: int
    taken_at: datetime
    amount: Decimal
    operator_payment_id: str
    operator_code: str
    operator_name: str
    operation_id: int
    subscriber_id: int
    contract_number: str
    name: str
    reversing_id: int | None


class PaymentFilter(NamedTuple):
    """Which payments are asked for: of an operator, from a moment, before another; None is no bound."""

    operator_id: int | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None


class PaymentKey(NamedTuple):
    """Where a page of payments ended."""

    taken_at: datetime
    payment_id: int


def statement_before(account_id: int, before_id: int | None, *, lines_max: int) -> list[StatementLine]:
    """The operations of a subscriber's account before one (None: the newest), the newest first."""
    return sql.rows(
        "payments/statement", StatementLine, account_id=account_id, before_id=before_id, lines_max=lines_max
    )


def payments_before(
    asked: PaymentFilter, before: PaymentKey | None, *, lines_max: int | None
) -> list[TakenPayment]:
    """The payments before the end of a page (None: the newest), the newest first; lines_max None is all."""
    return sql.rows("payments/taken_payments", TakenPayment, **_parameters(asked, before, lines_max))


def stream_payments(asked: PaymentFilter) -> Iterator[TakenPayment]:
    """All payments that are asked for, the newest first, read as they are iterated."""
    return sql.stream("payments/taken_payments", TakenPayment, **_parameters(asked, None, None))


def credits_of(
    subscriber_id: int, *, before: tuple[datetime, int] | None = None, lines_max: int
) -> list[Credit]:
    """The leaves to owe that a subscriber has and had before one by its moment and id (None: now), newest first."""
    credits = Credit.objects.filter(subscriber_id=subscriber_id)
    return sql.newest(credits, by="granted_at", before=before, rows_max=lines_max)


def _parameters(
    asked: PaymentFilter, before: PaymentKey | None, lines_max: int | None
) -> dict[str, int | datetime | None]:
    return {
        **asked._asdict(),
        "before_at": before.taken_at if before else None,
        "before_id": before.payment_id if before else None,
        "lines_max": lines_max,
    }
