"""The movements of money of many demonstration subscribers."""

from collections.abc import Iterator, Sequence

from netledger.cli.demo.drafts import Draft
from netledger.cli.demo.offers import Provider
from netledger.ledger.bulk import Rate, Run
from netledger.ledger.models import Transfer
from netledger.ledger.services import Movement
from netledger.payments.bulk import PastPayment
from netledger.subscribers.bulk import Opened

Entry = Movement | PastPayment


def history_of(provider: Provider, cast: Sequence[tuple[Draft, Opened]]) -> Iterator[Entry]:
    """Each one's opening balance and payments; the ledger puts them in order."""
    for draft, ids in cast:
        if draft.purse is not None and draft.purse.opening:
            yield _opening(provider, draft, ids)
        yield from _payments(provider, draft, ids)


def runs_of(provider: Provider, cast: Sequence[tuple[Draft, Opened]]) -> Iterator[Run]:
    """The days that each is charged for."""
    for draft, ids in cast:
        if draft.purse is None or draft.tariff is None or draft.purse.first == draft.purse.end:
            continue
        yield Run(
            account_id=ids.account_id,
            contra_id=provider.revenue_id,
            kind=Transfer.Kind.CHARGE,
            purpose=draft.tariff.plan.name,
            from_on=provider.calendar.day(draft.purse.first),
            through_on=provider.calendar.day(draft.purse.end - 1),
        )


def rates_of(provider: Provider) -> Iterator[Rate]:
    """What each day costs by each plan, as it ends."""
    calendar = provider.calendar
    for tariff in provider.tariffs:
        for number, part in enumerate(tariff.parts):
            yield Rate(tariff.plan.name, calendar.day(number), -part, calendar.start(number + 1))


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


def _payments(provider: Provider, draft: Draft, ids: Opened) -> Iterator[PastPayment]:
    """The payments; a payment's id with the operator tells whose it is and which."""
    for count, paid in enumerate(draft.purse.paid if draft.purse else (), start=1):
        yield PastPayment(
            subscriber_id=ids.subscriber_id,
            account_id=ids.account_id,
            operator=provider.operators[paid.operator],
            operator_payment_id=f"{draft.number:07d}{count:03d}",
            sent_to=draft.contract_number,
            amount=paid.amount,
            accounting_day=provider.calendar.day(paid.day),
            taken_at=provider.calendar.at(paid.day, paid.second),
        )
