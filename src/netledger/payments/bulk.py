"""Payments, other movements and credits by the thousand, by COPY: for the demonstration and for imports."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from netledger import sql
from netledger.ledger import clock
from netledger.ledger.bulk import Rate, Run, record_runs, set_overdrafts
from netledger.ledger.models import Transfer
from netledger.ledger.services import Movement
from netledger.payments.models import Operator


class PastPayment(NamedTuple):
    """Money, in roubles, that an operator took from a subscriber; `sent_to` is whom it named."""

    subscriber_id: int
    account_id: int
    operator: Operator
    operator_payment_id: str
    sent_to: str
    amount: Decimal
    accounting_day: date
    taken_at: datetime

    def movement(self) -> Movement:
        """What it is to the ledger."""
        return Movement(
            account_id=self.account_id,
            contra_id=self.operator.account_id,
            delta=self.amount,
            kind=Transfer.Kind.PAYMENT,
            purpose=self.operator.code,
            accounting_day=self.accounting_day,
            happened_at=self.taken_at,
        )


class NewCredit(NamedTuple):
    """Leave to owe so many roubles, through a last day or (None) without end."""

    subscriber_id: int
    account_id: int
    amount: Decimal
    granted_at: datetime
    granted_by: str
    until_on: date | None


@transaction.atomic
def record_history(
    entries: Iterable[Movement | PastPayment], runs: Iterable[Run] = (), rates: Iterable[Rate] = ()
) -> list[int]:
    """Post payments and what else moved money in the order in which it happened, each payment with its row.

    Args:
        runs, rates: days that each move money, and how much; see `record_runs`.

    Returns: the operations' ids, in the order of the entries.
    Raises: IntegrityError: an operator's id is known already.
    """
    payments: dict[int, PastPayment] = {}

    def movements() -> Iterator[Movement]:
        for position, entry in enumerate(entries):
            if isinstance(entry, PastPayment):
                payments[position] = entry
                yield entry.movement()
            else:
                yield entry

    transfer_ids = record_runs(movements(), runs, rates)
    ids = sql.ids("payments/next_payment_ids", count=len(payments))
    recorded_at = clock.now()
    sql.copy_in(
        "payments/copy_payments",
        (
            (
                payment_id,
                payment.operator.pk,
                payment.operator_payment_id,
                payment.subscriber_id,
                transfer_ids[position],
                payment.amount,
                payment.taken_at,
                recorded_at,
            )
            for payment_id, (position, payment) in zip(ids, payments.items(), strict=True)
        ),
    )
    sql.copy_in(
        "payments/copy_sent_identifiers",
        ((payment_id, payment.sent_to) for payment_id, payment in zip(ids, payments.values(), strict=True)),
    )
    return transfer_ids


@transaction.atomic
def grant_credits(credits: Sequence[NewCredit]) -> None:
    """Let many subscribers owe.

    Raises: IntegrityError: one has a credit in force.
    """
    sql.copy_in(
        "payments/copy_credits",
        (
            (credit.subscriber_id, credit.amount, credit.granted_at, credit.granted_by, credit.until_on)
            for credit in credits
        ),
    )
    set_overdrafts({credit.account_id: credit.amount for credit in credits})
