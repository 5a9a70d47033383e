"""The rules of money and access once more, in plain Python: what a state machine holds the real books against."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from netledger.payments.services import Cancellation, Receipt
from netledger.subscribers.models import Subscriber
from netledger.tariffs.models import Plan

ZONE = ZoneInfo("Africa/Cairo")
CANCEL_WITHIN = timedelta(days=30)
Decided = tuple[bool, bool, str]


@dataclass
class Had:
    """A plan that a subscriber has from a day on."""

    subscription_id: int
    plan: Plan
    from_on: date
    until_on: date | None = None
    is_held: bool = False

    def lasts_on(self, day: date) -> bool:
        """Whether the day is one of its own."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    def overlaps(self, plan: Plan, from_on: date, until_on: date | None) -> bool:
        """Whether a subscription to that plan on those days would have a day of this one's."""
        starts_before_my_end = self.until_on is None or from_on <= self.until_on
        ends_after_my_start = until_on is None or self.from_on <= until_on
        return plan == self.plan and starts_before_my_end and ends_after_my_start


@dataclass
class Party:
    """A subscriber as he should be."""

    row: Subscriber
    balance: Decimal = Decimal(0)
    credit: Decimal = Decimal(0)
    credit_until: date | None = None
    is_blocked: bool = False
    is_closed: bool = False
    was_noted: bool = False
    has: list[Had] = field(default_factory=list)
    statement: list[Decimal] = field(default_factory=list)
    """The balance after each operation."""

    def move(self, delta: Decimal) -> Decimal:
        """Money comes or leaves; the balance after it."""
        before = self.is_overdrawn()
        self.balance += delta
        self.statement.append(self.balance)
        self.was_noted |= before != self.is_overdrawn()
        return self.balance

    def lend(self, amount: Decimal, until_on: date | None = None) -> None:
        """Another credit (0: none any more)."""
        before = self.is_overdrawn()
        self.credit, self.credit_until = amount, until_on
        self.was_noted |= before != self.is_overdrawn()

    def is_overdrawn(self) -> bool:
        """Below the threshold; exactly at it is open."""
        return self.balance + self.credit < 0

    def decided(self, today: date) -> Decided | None:
        """The decision that should be stored; None, if nobody ever asked for one."""
        if not self.was_noted:
            return None
        now = [had for had in self.has if had.plan.gives_access and had.lasts_on(today)]
        opens = any(not had.is_held for had in now)
        return self.is_overdrawn() or not opens, self.is_blocked, self._reason(opens=opens, held=bool(now))

    def _reason(self, *, opens: bool, held: bool) -> str:
        reasons = {
            "closed": self.is_closed,
            "blocked": self.is_blocked,
            "overdrawn": self.is_overdrawn(),
            "open": opens,
            "held": held,
            "no_plan": True,
        }
        return next(reason for reason, holds in reasons.items() if holds)


@dataclass
class Operation:
    """An operation of a party's account, and what took it back, if anything did."""

    transfer_id: int
    party: Party
    delta: Decimal
    is_reversal: bool = False
    reversing_id: int | None = None


@dataclass
class Paid:
    """A payment that was taken, and how it was cancelled, if it was."""

    payment_id: str
    operator_id: int
    receipt: Receipt
    operation: Operation
    taken_at: datetime
    cancellation: Cancellation | None = None

    def is_late(self, now: datetime) -> bool:
        """Whether the operator's days are over."""
        return now > self.taken_at + CANCEL_WITHIN


def day_of(moment: datetime) -> date:
    """The provider's date at that moment."""
    return moment.astimezone(ZONE).date()
