"""What others ask of the ledger."""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from netledger import sql
from netledger.ledger.models import Account, Transfer


class Turnover(NamedTuple):
    """A subscriber's account over a time: its balance now, and what it received and was charged, in roubles."""

    balance: Decimal
    receipts: Decimal
    charges: Decimal

    @property
    def opening(self) -> Decimal:
        """The balance that the time began with."""
        return self.balance - self.receipts + self.charges


def balance_of(account_id: int) -> Decimal:
    """The cached balance of a subscriber's account, in roubles."""
    balance = Account.objects.values_list("balance", flat=True).get(pk=account_id)
    if balance is None:
        raise ValueError(f"account {account_id} is not a subscriber's")
    return balance


def find_transfer(transfer_id: int) -> Transfer | None:
    """One operation."""
    return Transfer.objects.filter(pk=transfer_id).first()


def count_recorded_since(moment: datetime) -> int:
    """How many operations were recorded from that moment on; reads all there are."""
    return Transfer.objects.filter(recorded_at__gte=moment).count()


def last_transfer_ids(account_id: int, *, ids_max: int) -> list[int]:
    """The newest operations of a subscriber's account, the oldest of them first."""
    newest = Transfer.objects.filter(account_id=account_id).order_by("-id")
    return sorted(newest.values_list("id", flat=True)[:ids_max])


def turnover_since(account_id: int, from_on: date) -> Turnover:
    """What a subscriber's account received and was charged since that day of the provider.

    What was taken back counts against its own side; an opening balance belongs to neither.
    """
    return sql.one("ledger/turnover", Turnover, account_id=account_id, from_on=from_on)
