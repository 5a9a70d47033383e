"""An explanation of access as people and programs read it; imported when Django is set up."""

import sys
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Self

import msgspec

from netledger.cli.cards import SubscriptionCard, subscription_card
from netledger.cli.language import language, say
from netledger.cli.operations import OperationRow, operation_rows, print_operations
from netledger.cli.printed_card import print_subscriptions
from netledger.cli.tables import print_records
from netledger.payments.explanation import Explanation


class CreditRow(msgspec.Struct, frozen=True):
    """Leave to owe, roubles, as it was granted and as it ended."""

    amount: Decimal
    granted_at: datetime
    granted_by: str
    until_on: date | None
    ended_at: datetime | None


class BlockRow(msgspec.Struct, frozen=True):
    """The administrator's block, as it was placed and as it was lifted."""

    placed_at: datetime
    placed_by: str
    why: str
    lifted_at: datetime | None
    lifted_by: str


class WhyCard(msgspec.Struct, frozen=True):
    """Why access is open or closed at a moment, in one sentence, and what stands behind it."""

    contract_number: str
    at: datetime
    sentence: str
    reason: str | None
    negbal: bool
    blocked: bool
    since_at: datetime | None
    recorded_from_at: datetime | None
    balance: Decimal
    operations: list[OperationRow]
    credits: list[CreditRow]
    blocks: list[BlockRow]
    subscriptions: list[SubscriptionCard]

    @classmethod
    def of(cls, told: Explanation) -> Self:
        """What is shown of an explanation."""
        return cls(
            contract_number=told.contract_number,
            at=told.at,
            sentence=told.sentence(language()),
            reason=str(told.reason) if told.reason else None,
            negbal=told.negbal,
            blocked=told.blocked,
            since_at=told.since_at,
            recorded_from_at=told.recorded_from_at,
            balance=told.balance,
            operations=operation_rows(told.operations),
            credits=[
                CreditRow(one.amount, one.granted_at, one.granted_by, one.until_on, one.ended_at)
                for one in told.credits
            ],
            blocks=[
                BlockRow(one.placed_at, one.placed_by, one.why, one.lifted_at, one.lifted_by)
                for one in told.blocks
            ],
            subscriptions=[subscription_card(one) for one in told.subscriptions],
        )


def print_why(card: WhyCard) -> None:
    """Print the sentence, then what stands behind it, each kind below its name."""
    sys.stdout.write(f"{card.sentence}\n")
    if _begins(say("Операции", "Operations"), card.operations):
        print_operations(card.operations, as_json=False)
    if _begins(say("Кредиты", "Credits"), card.credits):
        columns = [
            say("сумма", "sum"), say("выдан", "granted"), say("кем", "by"), say("по", "through"),
            say("закончился", "ended"),
        ]  # fmt: skip
        print_records(columns, card.credits, as_json=False)
    if _begins(say("Блокировки", "Blocks"), card.blocks):
        columns = [
            say("поставлена", "placed"), say("кем", "by"), say("почему", "why"), say("снята", "lifted"),
            say("кем", "by"),
        ]  # fmt: skip
        print_records(columns, card.blocks, as_json=False)
    if _begins(say("Тарифы с доступом", "Plans that give access"), card.subscriptions):
        print_subscriptions(card.subscriptions, as_json=False)


def _begins(heading: str, rows: Sequence[object]) -> bool:
    """Print the name of what follows, if anything does."""
    if rows:
        sys.stdout.write(f"\n{heading}:\n")
    return bool(rows)
