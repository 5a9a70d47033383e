"""What others ask of payments."""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from netledger import sql
from netledger.ledger.clock import day_end, day_start
from netledger.ledger.queries import last_transfer_ids
from netledger.payments.errors import OperatorOfExchange, OperatorUnknown
from netledger.payments.models import OPERATOR_OF_ONEC, Credit, Operator

ID_DIGITS_MAX = 18
"""As many digits always fit into an id of the database."""


class PaymentState(NamedTuple):
    """A payment as it is now: the operation it made, and the one that took it back, if any did; roubles."""

    operation_id: int
    subscriber_id: int
    amount: Decimal
    balance_after: Decimal
    taken_at: datetime
    reversing_id: int | None
    reversed_balance_after: Decimal | None
    reversed_at: datetime | None


class Operation(NamedTuple):
    """One operation in full; `delta` is what the subscriber's account gained or (below zero) lost, in roubles.

    What only a payment has is None for another kind, and so is what nothing took back.
    """

    operation_id: int
    kind: str
    delta: Decimal
    balance_after: Decimal
    happened_at: datetime
    subscriber_id: int
    contract_number: str
    name: str
    subscriber_code: str | None
    """What 1C calls the subscriber; `onec_code` is what it calls the operation."""
    payment_id: int | None
    operator_code: str | None
    operator_name: str | None
    operator_payment_id: str | None
    onec_code: str | None
    number: str | None
    description: str | None
    reversing_id: int | None
    reversed_at: datetime | None
    reversed_by: str | None
    """Who took it back: a member of staff, or the operator's code."""
    reverses_id: int | None
    """The operation that this one takes back."""


class FoundOperation(NamedTuple):
    """An operation that a text may mean, by our own number (`operation`) or its operator's (`payment`)."""

    subscriber_id: int
    operation_id: int
    by: str


class Answered(NamedTuple):
    """What an operator was answered once: a payment (PAY), or that one was taken back (CANCEL); roubles."""

    act: str
    operator_code: str
    operator_payment_id: str
    amount: Decimal
    contract_number: str
    operation_id: int
    recorded_at: datetime


class _OperationId(NamedTuple):
    operation_id: int


def find_operator(code: str) -> Operator | None:
    """The payment operator of that code, compared as text; a retired one too."""
    return Operator.objects.filter(code=code).first()


def gateway_operator(code: str) -> Operator:
    """The operator of that code, a retired one too, whose payments gateways and staff bring.

    Raises: OperatorUnknown; OperatorOfExchange: its payments come from 1C alone.
    """
    if code == OPERATOR_OF_ONEC:
        raise OperatorOfExchange(operator_code=code)
    operator = find_operator(code)
    if operator is None:
        raise OperatorUnknown(operator_code=code)
    return operator


def find_payment(operator_id: int, operator_payment_id: str) -> PaymentState | None:
    """A payment by the operator's own id."""
    return sql.maybe(
        "payments/find_payment",
        PaymentState,
        operator_id=operator_id,
        operator_payment_id=operator_payment_id,
    )


def find_operations(text: str, *, found_max: int) -> list[FoundOperation]:
    """Operations by what a receipt says: our own number of any, else up to so many by their operators' ids."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= ID_DIGITS_MAX else None
    return sql.rows(
        "payments/found_by_id",
        FoundOperation,
        operation_id=number,
        operator_payment_id=text,
        found_max=found_max,
    )


def find_operation(operation_id: int) -> Operation | None:
    """One operation, whatever its kind."""
    return sql.maybe("payments/operations", Operation, operation_ids=[operation_id])


def last_operations(account_id: int, *, operations_max: int) -> list[Operation]:
    """The newest operations of a subscriber's account, the oldest of them first."""
    ids = last_transfer_ids(account_id, ids_max=operations_max)
    return sql.rows("payments/operations", Operation, operation_ids=ids)


def list_payments_for_onec(*, subscriber_id: int, from_on: date, until_on: date) -> list[Operation]:
    """A subscriber's payments of those days of the provider (both belong to it), in the order of their operations.

    What was taken back before 1C had it is left out: 1C never needs to know of it.
    """
    found = sql.rows(
        "payments/payments_for_onec",
        _OperationId,
        subscriber_id=subscriber_id,
        from_at=day_start(from_on),
        until_at=day_end(until_on),
    )
    return sql.rows("payments/operations", Operation, operation_ids=[row.operation_id for row in found])


def answered_since(moment: datetime) -> list[Answered]:
    """What operators were answered from that moment on, in its order; reads all payments there are."""
    return sql.rows("payments/recorded_since", Answered, since=moment)


def list_operators() -> list[Operator]:
    """All payment operators, by code."""
    return list(Operator.objects.order_by("code"))


def credit_of(subscriber_id: int) -> Credit | None:
    """The leave to owe that is in force."""
    return Credit.objects.filter(subscriber_id=subscriber_id, ended_at=None).first()
