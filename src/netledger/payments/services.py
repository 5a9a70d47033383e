"""Money of operators: who may take it, what was taken, what was taken back."""

import unicodedata
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from netledger import sql
from netledger.ledger import clock
from netledger.ledger.amounts import Amount
from netledger.ledger.models import Account
from netledger.ledger.services import open_account
from netledger.payments.errors import (
    CancelledTooLate,
    OperatorCodeMalformed,
    OperatorExists,
    OperatorOfExchange,
    OperatorRetired,
    OperatorUnknown,
    PaymentCancelled,
    PaymentConflict,
    PaymentUnknown,
)
from netledger.payments.models import OPERATOR_OF_ONEC, Operator
from netledger.subscribers.errors import ContractClosed, SubscriberUnknown

OPERATOR_CODE_LENGTH_MAX = 64


class Receipt(NamedTuple):
    """What became of a payment: the operation, the subscriber, roubles, and his balance after it.

    `outcome` is taken or repeat; a repeat has all else as the first time.
    """

    outcome: str
    operation_id: int
    subscriber_id: int
    amount: Decimal
    balance_after: Decimal
    taken_at: datetime


class _Taken(NamedTuple):
    """A receipt, and what a refusal of it names."""

    outcome: str
    operation_id: int
    subscriber_id: int
    amount: Decimal
    balance_after: Decimal
    taken_at: datetime
    contract_number: str
    operator_code: str


class Cancellation(NamedTuple):
    """How a payment was taken back: the reversing operation, the one it reversed, and the balance after it.

    `outcome` is cancelled or repeat; a repeat has all else as the first time.
    """

    outcome: str
    operation_id: int
    reversed_id: int
    subscriber_id: int
    amount: Decimal
    balance_after: Decimal
    cancelled_at: datetime


@transaction.atomic
def add_operator(*, code: str, name: str, cancel_within_days: int = 30) -> Operator:
    """A payment system that may take money for us, with a clearing account of its own.

    Raises: OperatorExists; OperatorCodeMalformed: 1 to 64 characters without spaces.
    """
    normal = unicodedata.normalize("NFC", code)
    bad = any(unicodedata.category(character)[0] in "CZ" for character in normal)
    if bad or not 1 <= len(normal) <= OPERATOR_CODE_LENGTH_MAX:
        raise OperatorCodeMalformed(
            operator_code=code[:OPERATOR_CODE_LENGTH_MAX], length_max=OPERATOR_CODE_LENGTH_MAX
        )
    account = open_account(kind=Account.Kind.OPERATOR)
    with sql.refusing(operator_code_once=OperatorExists(operator_code=code)):
        return Operator.objects.create(
            code=normal, name=name, account=account, cancel_within_days=cancel_within_days
        )


@transaction.atomic
def retire_operator(*, code: str) -> None:
    """Let an operator take no new payments; repeats and cancellations of its old ones go on.

    Raises: OperatorUnknown; OperatorRetired: it is retired already; OperatorOfExchange.
    """
    if code == OPERATOR_OF_ONEC:
        raise OperatorOfExchange(operator_code=code)
    operator = Operator.objects.select_for_update().filter(code=code).first()
    if operator is None:
        raise OperatorUnknown(operator_code=code)
    if operator.retired_at is not None:
        raise OperatorRetired(operator_code=code)
    operator.retired_at = clock.now()
    operator.save(update_fields=["retired_at"])


@transaction.atomic
def take_payment(
    *,
    operator_id: int,
    operator_payment_id: str,
    sent_to: str,
    subscriber_id: int | None,
    amount: Amount,
    taken_at: datetime,
) -> Receipt:
    """Credit a subscriber, exactly once, with money that an operator has taken.

    Args:
        operator_payment_id: the operator's own id, 1 to 64 characters.
        sent_to: the identifier as the operator sent it.
        subscriber_id: whom it names now; None, if nobody (a repeat is answered all the same).
        amount: roubles.
        taken_at: when the operator took the money, with its time zone.

    Returns: the receipt; a repeat gets the first one, its balance_after included.
    Raises:
        PaymentConflict: the id is known with another amount or subscriber; nothing moves.
        PaymentCancelled: the id is known and was cancelled.
        SubscriberUnknown: the id is new, and sent_to names nobody.
        ContractClosed: the contract is closed and owes nothing. OperatorRetired.
    Source: system_api.txt, «API платежных систем» 1; docs/adr/0002-unique-index-decides.md.
    """
    taken = sql.one(
        "payments/take_payment",
        _Taken,
        operator_id=operator_id,
        operator_payment_id=operator_payment_id,
        sent_to=sent_to,
        subscriber_id=subscriber_id,
        amount=amount,
        taken_at=taken_at,
    )
    refuse_unless_taken(
        taken.outcome,
        operation_id=taken.operation_id,
        operator_payment_id=operator_payment_id,
        sent_to=sent_to,
        contract_number=taken.contract_number,
        operator_code=taken.operator_code,
    )
    return Receipt._make(taken[: len(Receipt._fields)])


def refuse_unless_taken(
    outcome: str,
    *,
    operation_id: int,
    operator_payment_id: str,
    sent_to: str,
    contract_number: str,
    operator_code: str,
) -> None:
    """Say no in the words for that outcome of `payments_take`, if it is one. Raises: as `take_payment`."""
    match outcome:
        case "conflict":
            raise PaymentConflict(operator_payment_id=operator_payment_id, operation_id=operation_id)
        case "cancelled":
            raise PaymentCancelled(operator_payment_id=operator_payment_id)
        case "nobody":
            raise SubscriberUnknown(sent_to=sent_to)
        case "closed":
            raise ContractClosed(contract_number=contract_number)
        case "retired":
            raise OperatorRetired(operator_code=operator_code)


@transaction.atomic
def cancel_payment(
    *,
    operator_id: int,
    operator_payment_id: str,
    sent_to: str | None,
    subscriber_id: int | None,
    amount: Amount | None,
) -> Cancellation:
    """Take an operator's payment back, exactly once; what is given beside its id must match.

    Returns: the cancellation; a repeat gets the first one, its balance_after included.
    Raises:
        PaymentUnknown; PaymentConflict: the sum or subscriber is another.
        CancelledTooLate: the operator's days are over.
    """
    cancellation = sql.one(
        "payments/cancel_payment",
        Cancellation,
        operator_id=operator_id,
        operator_payment_id=operator_payment_id,
        sent_to=sent_to,
        subscriber_id=subscriber_id,
        amount=amount,
    )
    match cancellation.outcome:
        case "unknown":
            raise PaymentUnknown(operator_payment_id=operator_payment_id)
        case "conflict":
            raise PaymentConflict(
                operator_payment_id=operator_payment_id, operation_id=cancellation.reversed_id
            )
        case "late":
            days = Operator.objects.get(pk=operator_id).cancel_within_days
            raise CancelledTooLate(operator_payment_id=operator_payment_id, days=days)
    return cancellation
