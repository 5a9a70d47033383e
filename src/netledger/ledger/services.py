"""Every write of the ledger."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from netledger import sql
from netledger.ledger.errors import ReversalNotReversible, TransferUnknown
from netledger.ledger.models import Account, Transfer, Zone


class LockedAccount(NamedTuple):
    """An account as it stands under its lock; balance and overdraft in roubles."""

    id: int
    balance: Decimal
    overdraft: Decimal


class Movement(NamedTuple):
    """Money that a subscriber's account gains (delta above zero, roubles) or loses, against the contra account."""

    account_id: int
    contra_id: int
    delta: Decimal
    kind: Transfer.Kind
    purpose: str
    accounting_day: date
    happened_at: datetime


class Recorded(NamedTuple):
    """The operation that a movement became, and the balance that it left."""

    transfer_id: int
    balance_after: Decimal


class Reversed(NamedTuple):
    """How taking back went: done or already, the reversing operation and the balance that it left."""

    outcome: str
    reversing_id: int | None
    balance_after: Decimal | None


class _Posted(NamedTuple):
    position: int
    transfer_id: int


class _Made(NamedTuple):
    made: int


def open_account(*, kind: Account.Kind) -> Account:
    """A new account of a subscriber (with a cached balance of 0.00) or of an operator."""
    balance = Decimal("0.00") if kind == Account.Kind.SUBSCRIBER else None
    return Account.objects.create(kind=kind, balance=balance)


def system_account_id(kind: Account.Kind) -> int:
    """The one account of ours of that kind: revenue, transit, opening or corrections."""
    return Account.objects.values_list("id", flat=True).get(kind=kind)


def lock_account(account_id: int) -> LockedAccount:
    """Lock an account until the transaction ends: every decision about its subscriber begins here.

    Source: design.md, "Money": read in new statements after it, never before.
    """
    return sql.one("ledger/lock_account", LockedAccount, account_id=account_id)


@transaction.atomic
def record_transfer(movement: Movement) -> Recorded:
    """Move money to or from a subscriber's account."""
    return sql.one("ledger/record_transfer", Recorded, **movement._asdict())


@transaction.atomic
def reverse_transfer(*, transfer_id: int) -> Reversed:
    """Take a transfer back, once; again it answers the first reversal and moves nothing.

    Raises:
        TransferUnknown: there is no such operation.
        ReversalNotReversible: it is itself a reversal.
    """
    reversed_ = sql.one("ledger/reverse_transfer", Reversed, transfer_id=transfer_id)
    match reversed_.outcome:
        case "unknown":
            raise TransferUnknown(operation_id=transfer_id)
        case "final":
            raise ReversalNotReversible(operation_id=transfer_id)
    return reversed_


def set_overdraft(*, account_id: int, overdraft: Decimal) -> None:
    """Set what an account may owe, in roubles: the credit plus the promise in force."""
    sql.run("ledger/set_overdraft", account_id=account_id, overdraft=overdraft)


@transaction.atomic
def record_bulk(movements: Iterable[Movement]) -> list[int]:
    """Post many movements by COPY, in their order, with the same guards and the same chain of balances.

    Partitions are made ahead by the ticker: making one here would hold up every payment until the bulk commits.

    Returns: the operations' ids, in the order of the movements.
    Source: design.md, "Money": serves the demonstration, opening balances and import.
    """
    sql.run("ledger/incoming")
    sql.copy_in(
        "ledger/copy_incoming",
        ((position, *movement, position) for position, movement in enumerate(movements)),
    )
    return post_incoming()


def post_incoming() -> list[int]:
    """Post what this transaction has taken in; the operations' ids, in the order in which they were brought."""
    posted = sql.rows("ledger/post_incoming", _Posted)
    sql.run("ledger/drop_incoming")
    return [row.transfer_id for row in posted]


def keep_partitions_ahead() -> int:
    """Make the partitions of transfers that will be needed; how many were made."""
    return sql.one("ledger/keep_partitions_ahead", _Made).made


def set_zone(name: str) -> bool:
    """Set the provider's time zone (IANA name) for all that asks the ledger's clock; whether it changed."""
    return bool(Zone.objects.exclude(name=name).update(name=name))
