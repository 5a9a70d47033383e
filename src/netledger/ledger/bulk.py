"""Accounts by the thousand, beside `record_bulk`: for the demonstration and for imports."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from netledger import sql
from netledger.ledger.models import Transfer
from netledger.ledger.services import Movement, post_incoming


class Run(NamedTuple):
    """Days, both ends included, of which each moves what its rate says as it ends, 0.00 nothing."""

    account_id: int
    contra_id: int
    kind: Transfer.Kind
    purpose: str
    from_on: date
    through_on: date


class Rate(NamedTuple):
    """What a day of the runs with that purpose moves, in roubles; see `Movement.delta`."""

    purpose: str
    day: date
    delta: Decimal
    ends_at: datetime
    """The first instant of the next day."""


@transaction.atomic
def record_runs(movements: Iterable[Movement], runs: Iterable[Run], rates: Iterable[Rate]) -> list[int]:
    """Post movements and whole runs of days, all in the order in which they happened; see `record_bulk`.

    The days are written out in the database, so that a year of charges crosses the wire as one row.

    Returns: the operations' ids of the movements, in their order.
    """
    sql.run("ledger/incoming")
    sql.run("ledger/brought")
    sql.copy_in("ledger/copy_brought", ((position, *one) for position, one in enumerate(movements)))
    sql.copy_in("ledger/copy_runs", runs)
    sql.copy_in("ledger/copy_rates", (rate for rate in rates if rate.delta))
    sql.run("ledger/order_brought")
    sql.run("ledger/drop_brought")
    return post_incoming()


@transaction.atomic
def open_subscriber_accounts(count: int) -> list[int]:
    """Open that many accounts, each at 0.00; their ids, rising."""
    return sorted(sql.ids("ledger/open_subscriber_accounts", count=count))


def lock_accounts(account_ids: Sequence[int]) -> None:
    """Lock many accounts until the transaction ends, in the order of their ids; see `lock_account`."""
    sql.run("ledger/lock_accounts", account_ids=list(account_ids))


@transaction.atomic
def set_overdrafts(overdrafts: Mapping[int, Decimal]) -> None:
    """Set what many accounts may owe, in roubles by account id; see `set_overdraft`."""
    sql.run("ledger/set_overdrafts", account_ids=list(overdrafts), overdrafts=list(overdrafts.values()))
