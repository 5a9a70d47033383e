"""Accounts by the thousand, beside `record_bulk`: for the demonstration and for imports."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction

from netledger import sql


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
