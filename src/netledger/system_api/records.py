"""The objects that methods answer, with Carbon's names for their fields.

All values are JSON strings, also ids, sums and flags: Carbon's clients read numbers inside objects as strings, and
an id of 64 bits or a sum of money loses nothing on its way through a language that has only floats.
"""

from datetime import datetime
from decimal import Decimal
from typing import Self

from msgspec import UNSET, Struct, UnsetType

from netledger.ledger.clock import zone
from netledger.network.lists import ListEntry
from netledger.subscribers.models import Subscriber


class AbonentRecord(Struct, frozen=True, kw_only=True):
    """A subscriber as `act_pay` answers a CHECK: what an operation's record has, without the operation."""

    act: str
    abonent_id: str
    contract_number: str
    name: str
    balance: str
    """Roubles with two places; a debt has its minus."""
    message: str

    @classmethod
    def of(cls, subscriber: Subscriber, *, balance: Decimal, message: str) -> Self:
        """The record of that subscriber."""
        return cls(
            act="CHECK",
            abonent_id=str(subscriber.pk),
            contract_number=subscriber.contract_number,
            name=subscriber.name,
            balance=roubles(balance),
            message=message,
        )


class OperationRecord(Struct, frozen=True, kw_only=True):
    """A payment, or what took it back, as `act_pay` answers it."""

    pk: str
    """The operation; for CANCEL the one that took the payment back."""
    op_id: str
    """The same as pk."""
    act: str
    abonent_id: str
    contract_number: str
    name: str
    sum_in: str
    """Roubles with two places."""
    balance: str
    """The subscriber's balance after the operation."""
    pay_operator: str
    pay_id_str: str
    op_date: str
    """When it happened, YYYY-MM-DD HH:MM:SS in the provider's time zone."""
    message: str
    reversed_op_id: str | UnsetType = UNSET
    """For CANCEL: the payment's own operation."""


class ListRow(Struct, frozen=True, kw_only=True):
    """A connection in a list with `format=json`: the sixteen fields of its line, as they stand there."""

    ip: str
    login: str
    snatip: str
    """The address after NAT, 0.0.0.0 where there is none."""
    mac: str
    """aa:bb:cc:dd:ee:ff, or a hyphen."""
    logged: str
    negbal: str
    blocked: str
    rate_in: str
    """kbit/s, as ceil; -1: not shaped."""
    ceil_in: str
    burst_in: str
    """Bytes, as cburst."""
    rate_out: str
    ceil_out: str
    burst_out: str
    nas_ip: str
    cburst_in: str
    cburst_out: str

    @classmethod
    def of(cls, entry: ListEntry) -> Self:
        """The row of that connection."""
        return cls(
            ip=entry.address,
            login=entry.login,
            snatip=entry.snat_address or "0.0.0.0",  # noqa: S104 - Carbon's word for none
            mac=entry.mac or "-",
            logged=_flag(entry.logged),
            negbal=_flag(entry.negbal),
            blocked=_flag(entry.blocked),
            rate_in=str(entry.rate_in_kbps),
            ceil_in=str(entry.ceil_in_kbps),
            burst_in=str(entry.burst_in_bytes),
            rate_out=str(entry.rate_out_kbps),
            ceil_out=str(entry.ceil_out_kbps),
            burst_out=str(entry.burst_out_bytes),
            nas_ip=entry.nas_address,
            cburst_in=str(entry.cburst_in_bytes),
            cburst_out=str(entry.cburst_out_bytes),
        )


def roubles(amount: Decimal) -> str:
    """A sum with its two places."""
    return f"{amount:.2f}"


def provider_time(moment: datetime) -> str:
    """The moment by the provider's clock, as Carbon writes it."""
    return as_carbon_writes(moment.astimezone(zone()))


def as_carbon_writes(locally: datetime) -> str:
    """A moment that is by the provider's clock already."""
    return locally.replace(tzinfo=None).isoformat(" ", "seconds")


def _flag(is_set: bool) -> str:
    return "1" if is_set else "0"
