"""What does not hold in the books."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from netledger import sql


class _Chain(NamedTuple):
    transfer_id: int
    account_id: int
    balance_after: Decimal
    right_balance: Decimal


class _Balance(NamedTuple):
    account_id: int
    balance: Decimal
    right_balance: Decimal


class _Reversal(NamedTuple):
    reversing_id: int
    reversed_id: int


class _Transfer(NamedTuple):
    transfer_id: int


class _Table(NamedTuple):
    name: str


def differences() -> Iterator[str]:
    """Yields a sentence for each broken chain, balance, reversal, side or guard."""
    for chain in sql.rows("ledger/broken_chains", _Chain):
        yield (
            f"ledger: operation {chain.transfer_id} of account {chain.account_id}: "
            f"balance after it {chain.balance_after}, by the chain {chain.right_balance}"
        )
    for balance in sql.rows("ledger/broken_balances", _Balance):
        yield (
            f"ledger: account {balance.account_id}: balance {balance.balance}, "
            f"its transfers add up to {balance.right_balance:.2f}"
        )
    for reversal in sql.rows("ledger/broken_reversals", _Reversal):
        yield (
            f"ledger: operation {reversal.reversing_id} does not reverse exactly operation {reversal.reversed_id}"
        )
    for transfer in sql.rows("ledger/broken_sides", _Transfer):
        yield f"ledger: operation {transfer.transfer_id} is not between a subscriber and a system account"
    for table in sql.rows("ledger/missing_guards", _Table):
        yield f"ledger: table {table.name} is not guarded against change"
