"""What others ask of the ledger."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Sum

from netledger.ledger.models import Account, Reversal, Transfer


def balance_of(account_id: int) -> Decimal:
    """The cached balance of a subscriber's account, in roubles."""
    balance = Account.objects.values_list("balance", flat=True).get(pk=account_id)
    if balance is None:
        raise ValueError(f"account {account_id} is not a subscriber's")
    return balance


def find_transfer(transfer_id: int) -> Transfer | None:
    """One operation."""
    return Transfer.objects.filter(pk=transfer_id).first()


def find_reversal(transfer_id: int) -> Reversal | None:
    """What took that operation back, if anything did."""
    return Reversal.objects.filter(pk=transfer_id).first()


def statement_of(account_id: int) -> Iterator[Transfer]:
    """All operations of a subscriber's account, oldest first, with their running balance."""
    return Transfer.objects.filter(account_id=account_id).order_by("id").iterator()


def turnover_of(account_id: int) -> Decimal:
    """What a system account gained less what it lost, in roubles, summed from the transfers."""
    gained = Transfer.objects.filter(credit_id=account_id).aggregate(total=Sum("amount"))["total"]
    lost = Transfer.objects.filter(debit_id=account_id).aggregate(total=Sum("amount"))["total"]
    return (gained or Decimal(0)) - (lost or Decimal(0))
