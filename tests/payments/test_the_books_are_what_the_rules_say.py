"""Whatever services are called, in whatever order, balances, chains and stored access are what the rules say."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from itertools import count, pairwise
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from model_of_the_books import ZONE, Decided, Had, Operation, Paid, Party, day_of

from given import a_plan, a_subscriber, an_operator, charged, paid, published, the_clock_says, utc
from netledger.access import check as access_check
from netledger.access import tasks as access_tasks
from netledger.access.errors import AlreadyBlocked, NotBlocked
from netledger.access.models import Change, Decision
from netledger.access.services import lift_block, note, place_block
from netledger.charging.services import hold, subscribe, unsubscribe
from netledger.errors import Refusal
from netledger.ledger import check as ledger_check
from netledger.ledger import tasks as ledger_tasks
from netledger.ledger.amounts import Amount
from netledger.ledger.errors import AlreadyReversed, ReversalNotReversible
from netledger.ledger.models import Account, Transfer
from netledger.ledger.services import Movement, record_bulk, set_zone, system_account_id
from netledger.payments import check as payments_check
from netledger.payments import tasks as payments_tasks
from netledger.payments.corrections import correct_balance, reverse_operation
from netledger.payments.credit import end_credit, grant_credit
from netledger.payments.errors import (
    CancelledTooLate,
    CreditOver,
    CreditUnknown,
    PaymentCancelled,
    PaymentConflict,
)
from netledger.payments.models import Payment
from netledger.payments.services import Cancellation, cancel_payment
from netledger.subscribers import check as subscribers_check
from netledger.subscribers.errors import ContractClosed
from netledger.subscribers.services import close_subscriber
from netledger.tariffs.errors import SubscriptionEndsTooEarly, SubscriptionOverlaps

CHECKS = (ledger_check, subscribers_check, access_check, payments_check)
EASTER = utc(2026, 4, 20, 12)
"""Four days before a day in Cairo that has no midnight."""


def _midnight(now: datetime) -> datetime:
    """The first instant of the provider's next day."""
    return datetime.combine(day_of(now) + timedelta(days=1), time.min, tzinfo=ZONE).astimezone(UTC)


MOMENTS: tuple[Callable[[datetime], datetime], ...] = (
    _midnight,
    lambda now: _midnight(now) - timedelta(seconds=1),
    lambda now: now + timedelta(hours=1),
    lambda now: now + timedelta(days=31),
)

sums = st.integers(1, 600_00).map(lambda kopecks: Decimal(kopecks) / 100)
deltas = st.tuples(sums, st.sampled_from((1, -1))).map(lambda pair: pair[0] * pair[1])
whose = st.integers(0, 1)
some = st.integers(0, 30)
days = st.integers(-3, 4)


def _answer(call: Callable[[], Any], *, refused_by: type[Refusal] | None) -> Any:
    """What the call answers; None where it has to be refused, and is."""
    if refused_by is None:
        return call()
    with pytest.raises(refused_by):
        call()
    return None


class Books(RuleBasedStateMachine):
    """Two subscribers, two plans, two operators and a clock, beside the model of them."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        set_zone(ZONE.key)
        self.now = EASTER
        the_clock_says(self.now)
        self.parties = [Party(a_subscriber()) for _ in range(2)]
        self.plans = [a_plan(), a_plan(gives_access=False)]
        self.operators = [an_operator(), an_operator()]
        self.payments: list[Paid] = []
        self.operations: list[Operation] = []
        self.payment_ids = (f"P-{number}" for number in count(1))

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    # Money

    @rule(who=whose, amount=sums, operator=whose, exactly=st.booleans())
    def pay(self, who: int, amount: Decimal, operator: int, exactly: bool) -> None:
        """Of an operator's; `exactly`: what lifts one who is overdrawn to the threshold."""
        party = self.parties[who]
        if exactly and party.is_overdrawn():
            amount = -(party.balance + party.credit)
        payment_id = next(self.payment_ids)
        receipt = _answer(
            lambda: paid(
                party.row, f"{amount:.2f}", operator=self.operators[operator], payment_id=payment_id
            ),
            refused_by=ContractClosed if party.is_closed and party.balance >= 0 else None,
        )
        if receipt is not None:
            assert receipt.balance_after == party.move(amount)
            operation = Operation(receipt.operation_id, party, amount)
            self.operations.append(operation)
            self.payments.append(Paid(payment_id, self.operators[operator].id, receipt, operation, self.now))

    @precondition(lambda self: self.payments)
    @rule(nth=some, more=st.sampled_from((0, 0, 1)))
    def pay_again(self, nth: int, more: int) -> None:
        """The same payment, or one of another sum under its id."""
        known = self.payments[nth % len(self.payments)]
        refused_by = PaymentConflict if more else PaymentCancelled if known.operation.reversing_id else None
        receipt = _answer(
            lambda: paid(
                known.operation.party.row,
                f"{known.receipt.amount + more:.2f}",
                operator=next(each for each in self.operators if each.id == known.operator_id),
                payment_id=known.payment_id,
            ),
            refused_by=refused_by,
        )
        assert refused_by is not None or receipt == known.receipt._replace(outcome="repeat")

    @precondition(lambda self: self.payments)
    @rule(nth=some)
    def cancel(self, nth: int) -> None:
        known = self.payments[nth % len(self.payments)]
        was_reversed = known.operation.reversing_id is not None
        cancellation = _answer(
            lambda: self._cancelled(known),
            refused_by=CancelledTooLate if known.is_late(self.now) and not was_reversed else None,
        )
        if cancellation is None:
            return
        if not was_reversed:
            self._reversed(known.operation, cancellation.operation_id, cancellation.balance_after)
            known.cancellation = cancellation._replace(outcome="repeat")
        assert cancellation.outcome == ("repeat" if was_reversed else "cancelled")
        assert cancellation.operation_id == known.operation.reversing_id
        assert known.cancellation in (None, cancellation._replace(outcome="repeat"))

    @precondition(lambda self: self.payments)
    @rule(nth=some)
    def cancel_another_sum(self, nth: int) -> None:
        known = self.payments[nth % len(self.payments)]
        _answer(
            lambda: self._cancelled(known, amount=Amount(known.receipt.amount + 1)),
            refused_by=PaymentConflict,
        )

    @rule(who=whose, amount=sums)
    def charge(self, who: int, amount: Decimal) -> None:
        party = self.parties[who]
        recorded = charged(party.row, f"{amount:.2f}")
        assert recorded.balance_after == party.move(-amount)
        self.operations.append(Operation(recorded.transfer_id, party, -amount))

    @rule(who=whose, delta=deltas)
    def correct(self, who: int, delta: Decimal) -> None:
        party = self.parties[who]
        recorded = correct_balance(subscriber_id=party.row.id, delta=delta, author="staff", why="test")
        assert recorded.balance_after == party.move(delta)
        self.operations.append(Operation(recorded.transfer_id, party, delta))

    @precondition(lambda self: self.operations)
    @rule(nth=some)
    def reverse(self, nth: int) -> None:
        known = self.operations[nth % len(self.operations)]
        refused_by = (
            ReversalNotReversible
            if known.is_reversal
            else AlreadyReversed
            if known.reversing_id is not None
            else None
        )
        recorded = _answer(
            lambda: reverse_operation(operation_id=known.transfer_id, author="staff", why="test"),
            refused_by=refused_by,
        )
        if recorded is not None:
            self._reversed(known, recorded.transfer_id, recorded.balance_after)

    @rule(moves=st.lists(st.tuples(whose, deltas), min_size=1, max_size=5))
    def bulk(self, moves: list[tuple[int, Decimal]]) -> None:
        contra_id = system_account_id(Account.Kind.OPENING)
        ids = record_bulk(
            Movement(
                account_id=self.parties[who].row.account_id,
                contra_id=contra_id,
                delta=delta,
                kind=Transfer.Kind.OPENING,
                purpose="test",
                accounting_day=day_of(self.now),
                happened_at=self.now,
            )
            for who, delta in moves
        )
        noted = [party.was_noted for party in self.parties]
        overdrawn = [party.is_overdrawn() for party in self.parties]
        for transfer_id, (who, delta) in zip(ids, moves, strict=True):
            self.parties[who].move(delta)
            self.operations.append(Operation(transfer_id, self.parties[who], delta))
        for party, was_noted, before in zip(self.parties, noted, overdrawn, strict=True):
            party.was_noted = was_noted or before != party.is_overdrawn()  # there and back at once is no flip

    # Leave to owe, blocks, plans

    @rule(who=whose, amount=sums, until=st.none() | st.integers(-1, 2))
    def lend(self, who: int, amount: Decimal, until: int | None) -> None:
        party = self.parties[who]
        until_on = None if until is None else day_of(self.now) + timedelta(days=until)
        granted = _answer(
            lambda: grant_credit(
                subscriber_id=party.row.id, amount=amount, granted_by="staff", until_on=until_on
            ),
            refused_by=CreditOver if until is not None and until < 0 else None,
        )
        if granted is not None:
            party.lend(amount, until_on)

    @rule(who=whose)
    def take_credit_away(self, who: int) -> None:
        party = self.parties[who]
        _answer(
            lambda: end_credit(subscriber_id=party.row.id),
            refused_by=None if party.credit else CreditUnknown,
        )
        party.lend(Decimal(0))

    @rule(who=whose)
    def block(self, who: int) -> None:
        party = self.parties[who]
        _answer(
            lambda: place_block(subscriber_id=party.row.id, placed_by="staff"),
            refused_by=AlreadyBlocked if party.is_blocked else None,
        )
        party.is_blocked = party.was_noted = True

    @rule(who=whose)
    def lift(self, who: int) -> None:
        party = self.parties[who]
        _answer(
            lambda: lift_block(subscriber_id=party.row.id, lifted_by="staff"),
            refused_by=None if party.is_blocked else NotBlocked,
        )
        party.is_blocked = False

    @rule(who=whose, which=whose, from_=days)
    def begin(self, who: int, which: int, from_: int) -> None:
        party, plan = self.parties[who], self.plans[which]
        from_on = day_of(self.now) + timedelta(days=from_)
        overlaps = any(had.overlaps(plan, from_on, None) for had in party.has)
        subscription = _answer(
            lambda: subscribe(subscriber_id=party.row.id, plan_id=plan.id, from_on=from_on),
            refused_by=ContractClosed if party.is_closed else SubscriptionOverlaps if overlaps else None,
        )
        if subscription is not None:
            party.has.append(Had(subscription.id, plan, from_on))
            party.was_noted = True

    @precondition(lambda self: any(party.has for party in self.parties))
    @rule(nth=some, until=st.integers(-1, 1))
    def end(self, nth: int, until: int) -> None:
        party, had = self._had(nth)
        until_on = day_of(self.now) + timedelta(days=until)
        others = [other for other in party.has if other is not had]
        overlaps = any(other.overlaps(had.plan, had.from_on, until_on) for other in others)
        is_too_early = until_on < had.from_on
        refused_by = SubscriptionEndsTooEarly if is_too_early else SubscriptionOverlaps if overlaps else None
        _answer(
            lambda: unsubscribe(subscription_id=had.subscription_id, until_on=until_on), refused_by=refused_by
        )
        had.until_on = had.until_on if refused_by else until_on

    @precondition(lambda self: any(party.has for party in self.parties))
    @rule(nth=some, is_held=st.booleans())
    def hold(self, nth: int, is_held: bool) -> None:
        _party, had = self._had(nth)
        hold(subscription_id=had.subscription_id, held=is_held)
        had.is_held = is_held

    @rule(who=whose, really=st.sampled_from((False, False, True)))
    def close(self, who: int, really: bool) -> None:
        party = self.parties[who]
        if really:
            _answer(
                lambda: close_subscriber(subscriber_id=party.row.id),
                refused_by=ContractClosed if party.is_closed else None,
            )
            note([party.row.id])
            party.is_closed = party.was_noted = True

    # Time

    @rule(until=st.sampled_from(MOMENTS), who=whose, amount=st.none() | sums)
    def pass_time(self, until: Callable[[datetime], datetime], who: int, amount: Decimal | None) -> None:
        """The clock goes on; where an amount is given, it is charged before the ticker has looked."""
        self.now = until(self.now)
        the_clock_says(self.now)
        if amount is not None:
            self.charge(who, amount)
        for tasks in (ledger_tasks, payments_tasks, access_tasks):
            tasks.tick(self.now)
        for party in self.parties:
            if party.credit_until is not None and party.credit_until < day_of(self.now):
                party.lend(Decimal(0))

    # What holds after each

    @invariant()
    def everything_ties(self) -> None:
        published()
        assert [difference for check in CHECKS for difference in check.differences()] == []
        assert Payment.objects.count() == len(self.payments)

    @invariant()
    def money_is_the_models(self) -> None:
        accounts = Account.objects.in_bulk([party.row.account_id for party in self.parties])
        chains: dict[int, list[Decimal]] = {account_id: [] for account_id in accounts}
        for account_id, balance_after in Transfer.objects.order_by("id").values_list(
            "account", "balance_after"
        ):
            chains[account_id].append(balance_after)
        for party in self.parties:
            account = accounts[party.row.account_id]
            assert (account.balance, account.overdraft) == (party.balance, party.credit)
            assert chains[account.id] == party.statement

    @invariant()
    def stored_access_is_the_models(self) -> None:
        published()
        decisions = Decision.objects.in_bulk()
        histories: dict[int, list[Decided]] = {}
        for subscriber_id, *state in Change.objects.order_by("id").values_list(
            "subscriber", "negbal", "blocked", "reason"
        ):
            histories.setdefault(subscriber_id, []).append(tuple(state))
        for party in self.parties:
            decision = decisions.get(party.row.id)
            stored = decision and (decision.negbal, decision.blocked, decision.reason)
            assert stored == party.decided(day_of(self.now))
            assert all(before != after for before, after in pairwise(histories.get(party.row.id, [])))

    def _cancelled(self, known: Paid, amount: Amount | None = None) -> Cancellation:
        return cancel_payment(
            operator_id=known.operator_id,
            operator_payment_id=known.payment_id,
            sent_to=None,
            subscriber_id=None,
            amount=amount,
        )

    def _reversed(self, known: Operation, reversing_id: int, balance_after: Decimal) -> None:
        known.reversing_id = reversing_id
        assert balance_after == known.party.move(-known.delta)
        self.operations.append(Operation(reversing_id, known.party, -known.delta, is_reversal=True))

    def _had(self, nth: int) -> tuple[Party, Had]:
        pairs = [(party, had) for party in self.parties for had in party.has]
        return pairs[nth % len(pairs)]


@pytest.mark.django_db
def test_after_each_of_any_calls() -> None:
    quickly = settings(
        max_examples=8, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Books, settings=quickly)
