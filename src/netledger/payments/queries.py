"""What others ask of payments."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from netledger import sql
from netledger.payments.models import Credit, Operator


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


def find_operator(code: str) -> Operator | None:
    """The payment operator of that code, compared as text; a retired one too."""
    return Operator.objects.filter(code=code).first()


def find_payment(operator_id: int, operator_payment_id: str) -> PaymentState | None:
    """A payment by the operator's own id."""
    return sql.maybe(
        "payments/find_payment",
        PaymentState,
        operator_id=operator_id,
        operator_payment_id=operator_payment_id,
    )


def list_operators() -> list[Operator]:
    """All payment operators, by code."""
    return list(Operator.objects.order_by("code"))


def credit_of(subscriber_id: int) -> Credit | None:
    """The leave to owe that is in force."""
    return Credit.objects.filter(subscriber_id=subscriber_id, ended_at=None).first()
