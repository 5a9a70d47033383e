"""Operations of a subscriber as they are listed."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from netledger.cli.language import say
from netledger.cli.tables import print_records

if TYPE_CHECKING:
    from netledger.payments.queries import Operation


class OperationRow(msgspec.Struct, frozen=True):
    """An operation of a subscriber: roubles that his account gained or (a minus) lost, and what took it back."""

    operation_id: int
    happened_at: datetime
    kind: str
    sum: Decimal
    balance: Decimal
    operator: str | None
    payment_id: str | None
    reversed_by_operation: int | None


def operation_rows(operations: "Sequence[Operation]") -> list[OperationRow]:
    """What is listed of them, in their order."""
    return [
        OperationRow(
            operation_id=one.operation_id,
            happened_at=one.happened_at,
            kind=one.kind,
            sum=one.delta,
            balance=one.balance_after,
            operator=one.operator_code,
            payment_id=one.operator_payment_id,
            reversed_by_operation=one.reversing_id,
        )
        for one in operations
    ]


def print_operations(rows: Sequence[OperationRow], *, as_json: bool) -> None:
    """Print operations, a line each."""
    columns = [
        say("операция", "operation"), say("когда", "when"), say("вид", "kind"), say("сумма", "sum"),
        say("баланс", "balance"), say("оператор", "operator"), say("номер у оператора", "operator's id"),
        say("сторнирована операцией", "taken back by"),
    ]  # fmt: skip
    print_records(columns, rows, as_json=as_json)
