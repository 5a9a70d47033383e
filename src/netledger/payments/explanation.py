"""Why a subscriber's access is open or closed, now or at a moment, and what stands behind it.

It tells of access and stands in payments: the lowest room that sees all of it, the stored history (access), the plans,
the balance (ledger) and who lent what. Nothing is decided anew: the past is what was stored then, by the moment when
it was written down. Before that only a block that was brought from elsewhere tells of access, by its own dates.
"""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Q

from netledger import sql
from netledger.access.models import Block, Reason
from netledger.errors import Language
from netledger.ledger import clock
from netledger.ledger.errors import MomentInFuture
from netledger.payments.errors import MomentBeforeContract
from netledger.payments.models import Credit
from netledger.payments.queries import Operation
from netledger.payments.spoken import sentence_of
from netledger.tariffs.models import Subscription

OPERATIONS_MAX = 10
"""So many operations are told from before a state began, and so many from after it."""


class Explanation(NamedTuple):
    """How a subscriber's access stands at a moment and why; moments are in the provider's zone, sums in roubles."""

    subscriber_id: int
    contract_number: str
    at: datetime
    """The moment that was asked about, else now."""
    is_past: bool
    """Whether a moment was asked about: the state may be another now."""
    now_at: datetime
    reason: Reason | None
    """None: nothing is recorded for then. In the lists' terms: negbal and blocked below."""
    negbal: bool
    blocked: bool
    since_at: datetime | None
    """Since when access has that reason without a break; None with the reason, only."""
    recorded_from_at: datetime | None
    """When the history of his access begins."""
    balance: Decimal
    """As it was at the moment, by what had been recorded."""
    credit: Credit | None
    """The leave to owe that was in force."""
    ended_credit: Credit | None
    """The leave to owe whose end closed the access, where one did."""
    subscriptions: list[Subscription]
    """What gives access, by the first day: in force since the state before this one, or yet to come; of a closed
    contract nothing."""
    operations: list[Operation]
    """The newest that led to the state and the newest since, oldest first."""
    credits: list[Credit]
    """In force at some time since the state before this one, oldest first; likewise the blocks."""
    blocks: list[Block]

    def sentence(self, language: Language) -> str:
        """All that matters of it in one sentence, fit to be read to the subscriber: nothing of who did it."""
        return sentence_of(self, language)


class _Core(NamedTuple):
    contract_number: str
    account_id: int
    created_at: datetime
    closed_at: datetime | None
    now_at: datetime
    reason: str | None
    negbal: bool | None
    blocked: bool | None
    since_at: datetime | None
    before_at: datetime | None
    recorded_from_at: datetime | None
    moved_at: datetime | None
    balance: Decimal


def explain(subscriber_id: int, at: datetime | None = None) -> Explanation:
    """Why a subscriber's access is as it is, or as it was at a moment (with its zone) of the contract's time.

    Raises: MomentBeforeContract, MomentInFuture.
    """
    core = sql.one("payments/explanation", _Core, subscriber_id=subscriber_id, at=at)
    zone = clock.zone()
    if at is not None and at > core.now_at:
        raise MomentInFuture(at=at.astimezone(zone))
    if at is not None and at < core.created_at:
        raise MomentBeforeContract(at=at.astimezone(zone), created_at=core.created_at.astimezone(zone))
    moment = (at or core.now_at).astimezone(zone)
    blocks = _blocks(subscriber_id, core.before_at, at)
    reason, since_at = _state(core, moment, blocks)
    credits = _credits(subscriber_id, core.before_at, at)
    return Explanation(
        subscriber_id=subscriber_id,
        contract_number=core.contract_number,
        at=moment,
        is_past=at is not None,
        now_at=core.now_at.astimezone(zone),
        reason=reason,
        negbal=bool(core.negbal),
        blocked=bool(core.blocked) or reason is Reason.BLOCKED,
        since_at=since_at.astimezone(zone) if since_at else None,
        recorded_from_at=core.recorded_from_at.astimezone(zone) if core.recorded_from_at else None,
        balance=core.balance,
        credit=next((one for one in credits if one.ended_at is None or (at and one.ended_at > at)), None),
        ended_credit=_credit_that_closed(core, credits),
        subscriptions=[]
        if reason is Reason.CLOSED
        else _subscriptions(subscriber_id, core.before_at, at, zone),
        operations=_operations(core.account_id, since_at or at, at),
        credits=credits,
        blocks=blocks,
    )


def _state(core: _Core, moment: datetime, blocks: list[Block]) -> tuple[Reason | None, datetime | None]:
    """The stored reason and since when; that a contract is closed stands in itself, also where no decision was made.

    A block that is older than the history, one brought from elsewhere, tells how access stood before that.
    """
    if core.closed_at is not None and core.closed_at <= moment and core.reason in (None, Reason.CLOSED):
        return Reason.CLOSED, core.closed_at
    if core.before_at is None and core.reason in (None, Reason.BLOCKED):
        block = _in_force(blocks, core.since_at or moment)
        if block is not None:
            return Reason.BLOCKED, block.placed_at
    return Reason(core.reason) if core.reason else None, core.since_at


def _in_force(blocks: list[Block], at: datetime) -> Block | None:
    held = (one for one in blocks if one.placed_at <= at and (one.lifted_at is None or one.lifted_at > at))
    return next(held, None)


def _credit_that_closed(core: _Core, credits: list[Credit]) -> Credit | None:
    """The leave to owe that ended as a debt began to close the access, no money having moved between."""
    if core.reason != Reason.OVERDRAWN or core.since_at is None:
        return None
    over = [one for one in credits if one.ended_at is not None and one.ended_at <= core.since_at]
    last = max(over, key=lambda one: (one.ended_at, one.pk), default=None)
    if last is None or last.ended_at is None or (core.moved_at is not None and last.ended_at < core.moved_at):
        return None
    return last


def _credits(subscriber_id: int, from_at: datetime | None, until_at: datetime | None) -> list[Credit]:
    credits = Credit.objects.filter(subscriber_id=subscriber_id).order_by("granted_at", "id")
    if until_at is not None:
        credits = credits.filter(granted_at__lte=until_at)
    if from_at is not None:
        credits = credits.filter(Q(ended_at=None) | Q(ended_at__gte=from_at))
    return list(credits)


def _blocks(subscriber_id: int, from_at: datetime | None, until_at: datetime | None) -> list[Block]:
    blocks = Block.objects.filter(subscriber_id=subscriber_id).order_by("placed_at", "id")
    if until_at is not None:
        blocks = blocks.filter(placed_at__lte=until_at)
    if from_at is not None:
        blocks = blocks.filter(Q(lifted_at=None) | Q(lifted_at__gte=from_at))
    return list(blocks)


def _subscriptions(
    subscriber_id: int, from_at: datetime | None, until_at: datetime | None, zone: ZoneInfo
) -> list[Subscription]:
    giving = Subscription.objects.filter(subscriber_id=subscriber_id, plan__gives_access=True)
    if until_at is not None:
        giving = giving.filter(from_on__lte=until_at.astimezone(zone).date())
    if from_at is not None:
        giving = giving.filter(Q(until_on=None) | Q(until_on__gte=from_at.astimezone(zone).date()))
    return list(giving.select_related("plan").order_by("from_on", "id"))


def _operations(account_id: int, since_at: datetime | None, until_at: datetime | None) -> list[Operation]:
    ids = sql.ids(
        "payments/operations_around",
        account_id=account_id,
        since_at=since_at,
        until_at=until_at,
        operations_max=OPERATIONS_MAX,
    )
    return sql.rows("payments/operations", Operation, operation_ids=ids)
