"""The movements of money of many demonstration subscribers, in the order in which they happened."""

from collections.abc import Iterator, Sequence

from netledger.cli.demo.calendar import YESTERDAY
from netledger.cli.demo.drafts import Draft
from netledger.cli.demo.offers import Provider
from netledger.ledger.models import Transfer
from netledger.ledger.services import Movement
from netledger.payments.bulk import PastPayment
from netledger.subscribers.bulk import Opened

Entry = Movement | PastPayment


def history_of(provider: Provider, drafts: Sequence[Draft], opened: Sequence[Opened]) -> Iterator[Entry]:
    """Opening balances first; then, day by day, the payments of the day and its charges as it ends."""
    payments: list[list[PastPayment]] = [[] for _ in range(YESTERDAY + 1)]
    for draft, ids in zip(drafts, opened, strict=True):
        if draft.purse is not None and draft.purse.opening:
            yield _opening(provider, draft, ids)
        for day, payment in _payments(provider, draft, ids):
            payments[day].append(payment)
    for day, of_the_day in enumerate(payments):
        yield from sorted(of_the_day, key=lambda payment: payment.taken_at)
        yield from _charges(provider, day, drafts, opened)


def _opening(provider: Provider, draft: Draft, ids: Opened) -> Movement:
    assert draft.purse is not None
    return Movement(
        account_id=ids.account_id,
        contra_id=provider.opening_id,
        delta=draft.purse.opening,
        kind=Transfer.Kind.OPENING,
        purpose="opening balance",
        accounting_day=provider.calendar.day(0),
        happened_at=provider.calendar.start(0),
    )


def _payments(provider: Provider, draft: Draft, ids: Opened) -> Iterator[tuple[int, PastPayment]]:
    """Each payment with the number of its day; its id with the operator tells whose it is and which."""
    for count, paid in enumerate(draft.purse.paid if draft.purse else (), start=1):
        payment = PastPayment(
            subscriber_id=ids.subscriber_id,
            account_id=ids.account_id,
            operator=provider.operators[paid.operator],
            operator_payment_id=f"{draft.number:07d}{count:03d}",
            sent_to=draft.contract_number,
            amount=paid.amount,
            accounting_day=provider.calendar.day(paid.day),
            taken_at=provider.calendar.at(paid.day, paid.second),
        )
        yield paid.day, payment


def _charges(
    provider: Provider, day: int, drafts: Sequence[Draft], opened: Sequence[Opened]
) -> Iterator[Movement]:
    """What that day costs those who have a plan on it; by position, for there are sixty a subscriber."""
    charged_on, charged_at = provider.calendar.day(day), provider.calendar.start(day + 1)
    for draft, ids in zip(drafts, opened, strict=True):
        if draft.purse is None or draft.tariff is None or not draft.purse.first <= day < draft.purse.end:
            continue
        yield Movement(
            ids.account_id,
            provider.revenue_id,
            -draft.tariff.parts[day],
            Transfer.Kind.CHARGE,
            draft.tariff.plan.name,
            charged_on,
            charged_at,
        )
