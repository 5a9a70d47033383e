"""Writes the demonstration provider, all of it in one transaction: it is there whole or not at all."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice
from math import ceil
from random import Random

from django.db import connection, transaction

from netledger.access.bulk import NewBlock, place_blocks
from netledger.access.services import note
from netledger.cli.demo.calendar import Calendar
from netledger.cli.demo.drafts import Cast, Draft
from netledger.cli.demo.facts import Facts
from netledger.cli.demo.folders import Folders
from netledger.cli.demo.guide import Guide
from netledger.cli.demo.history import history_of, rates_of, runs_of
from netledger.cli.demo.loading import loading, plan_anew
from netledger.cli.demo.offers import Provider, found_provider
from netledger.cli.demo.shares import (
    BLOCKED,
    HISTORY_DAYS,
    HISTORY_DAYS_OF_MANY,
    MANY,
    ON_CREDIT,
    Line,
    Standing,
)
from netledger.ledger import clock
from netledger.ledger.services import keep_partitions_ahead
from netledger.network.bulk import NewConnection, PastSession, add_connections, add_sessions
from netledger.payments.bulk import NewCredit, grant_credits, record_history
from netledger.subscribers.bulk import NewContract, Opened, add_subscribers
from netledger.tariffs.bulk import NewSubscription, begin_subscriptions

CHUNK = 2000
CHUNKS_MAX = 200
"""Each takes about twenty locks, and one transaction can have some 6,000 (64 a connection, of 100)."""
MORNING_S, NOON_S = 9 * 3600, 12 * 3600
STAFF = "demo"
CREDIT_STEP = 100
CREDIT_RUNS_DAYS = (1, 14)
BLOCKED_FOR_DAYS = (1, 20)
SESSION_MINUTES = (10, 1200)
LISTENING_S = 30
"""Live sessions were heard of within so long."""


@transaction.atomic
def create_provider(
    *,
    subscribers: int,
    seed: int,
    tell: Callable[[int], None],
    before_commit: Callable[[Facts], None],
) -> None:
    """Write the provider; the same from the same seed on the same date.

    Args:
        tell: called with how many subscribers are written.
        before_commit: called with what a visitor needs to know; if it fails, nothing is written.
    """
    days = HISTORY_DAYS if subscribers < MANY else HISTORY_DAYS_OF_MANY
    provider = found_provider(Calendar(clock.today(), days))
    folders = Folders()
    guide = Guide(provider, folders)
    random = Random(f"{seed} dates")  # noqa: S311 - the demonstration is to be the same each time
    drafts = Cast(seed, provider.tariffs, days).drafts(subscribers)
    written = 0
    with loading() if subscribers >= MANY else nullcontext():
        for some in _drawn_ahead(drafts, max(CHUNK, ceil(subscribers / CHUNKS_MAX))):
            keep_partitions_ahead()  # there is no ticker yet
            _write(provider, folders, some, random, guide)
            # What waits for the commit is done now, so that it does not pile up: access is decided here.
            connection.check_constraints()
            plan_anew(of_what_is_there=not written)
            written += len(some)
            tell(written)
    before_commit(guide.facts())


def _drawn_ahead(drafts: Iterator[Draft], chunk: int) -> Iterator[list[Draft]]:
    """So many of them at a time; the next are drawn in a thread while the database writes these."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        coming = thread.submit(lambda: list(islice(drafts, chunk)))
        while some := coming.result():
            coming = thread.submit(lambda: list(islice(drafts, chunk)))
            yield some


def _write(
    provider: Provider, folders: Folders, drafts: Sequence[Draft], random: Random, guide: Guide
) -> None:
    folders.make(draft.spot.folder for draft in drafts)
    opened = add_subscribers([_contract(provider, folders, draft) for draft in drafts])
    cast = list(zip(drafts, opened, strict=True))
    begin_subscriptions(_subscriptions(provider, cast))
    grant_credits(list(_credits(provider, cast, random)))
    entries = list(history_of(provider, cast))
    operation_ids = record_history(entries, runs_of(provider, cast), rates_of(provider))
    connected = [(draft, ids) for draft, ids in cast if draft.place is not None]
    connection_ids = add_connections(list(_connections(provider, connected)))
    now = clock.now()
    add_sessions(
        session
        for (draft, _ids), connection_id in zip(connected, connection_ids, strict=True)
        for session in _sessions(provider, draft, connection_id, random, now)
    )
    place_blocks(list(_blocks(provider, cast, random)))
    note([ids.subscriber_id for draft, ids in cast if draft.tariff is not None])
    guide.look(drafts, entries, operation_ids)


def _contract(provider: Provider, folders: Folders, draft: Draft) -> NewContract:
    at, person, spot = provider.calendar.at, draft.person, draft.spot
    closed_at = _closed_at(provider, draft)
    return NewContract(
        contract_number=draft.contract_number,
        name=person.name,
        group_id=folders.group_id(spot.folder),
        street=spot.street,
        house=spot.house,
        flat=spot.flat,
        phone=person.phone,
        email=person.email,
        created_at=at(draft.signed_day, MORNING_S),
        activated_at=at(draft.signed_day, NOON_S) if draft.tariff else None,
        closed_at=closed_at,
    )


def _closed_at(provider: Provider, draft: Draft) -> datetime | None:
    """When a contract was closed: on the last day that is charged."""
    if draft.standing is not Standing.CLOSED or draft.purse is None:
        return None
    return provider.calendar.at(draft.purse.end - 1, NOON_S)


def _subscriptions(provider: Provider, cast: Sequence[tuple[Draft, Opened]]) -> Iterator[NewSubscription]:
    day = provider.calendar.day
    for draft, ids in cast:
        if draft.tariff is None or draft.purse is None:
            continue
        yield NewSubscription(
            subscriber_id=ids.subscriber_id,
            plan_id=draft.tariff.plan.pk,
            from_on=day(draft.purse.first),
            until_on=day(draft.purse.end - 1) if draft.standing is Standing.CLOSED else None,
            speed_id=provider.personal_speed_id if draft.has_personal_speed else None,
            charged_through_on=day(draft.purse.end - 1),
        )


def _credits(provider: Provider, cast: Sequence[tuple[Draft, Opened]], random: Random) -> Iterator[NewCredit]:
    """Credits that cover the debt and a month more."""
    for draft, ids in cast:
        if draft.standing not in ON_CREDIT or draft.tariff is None or draft.purse is None:
            continue
        covered = draft.tariff.price - draft.purse.balance
        runs_days = random.randint(*CREDIT_RUNS_DAYS)
        until_on = provider.calendar.today + timedelta(days=runs_days)
        yield NewCredit(
            subscriber_id=ids.subscriber_id,
            account_id=ids.account_id,
            amount=Decimal(ceil(covered / CREDIT_STEP) * CREDIT_STEP),
            granted_at=provider.calendar.at(draft.purse.empty_on, NOON_S),
            granted_by=STAFF,
            until_on=until_on if draft.standing is Standing.CREDIT_UNTIL else None,
        )


def _blocks(provider: Provider, cast: Sequence[tuple[Draft, Opened]], random: Random) -> Iterator[NewBlock]:
    for draft, ids in cast:
        if draft.standing in BLOCKED:
            placed_at = provider.calendar.at(
                provider.calendar.yesterday - random.randint(*BLOCKED_FOR_DAYS), NOON_S
            )
            yield NewBlock(ids.subscriber_id, placed_at, STAFF, "рассылка спама")


def _connections(provider: Provider, connected: Sequence[tuple[Draft, Opened]]) -> Iterator[NewConnection]:
    for draft, ids in connected:
        assert draft.place is not None
        by_session = draft.line in (Line.SESSION, Line.IDLE)
        yield NewConnection(
            subscriber_id=ids.subscriber_id,
            login=draft.person.login,
            secret=draft.person.secret,
            nas_id=provider.nases[draft.place.nas].pk,
            address=None if by_session else draft.place.address,
            mac=draft.place.mac,
            snat_address=draft.place.snat_address,
            by_session=by_session,
            created_at=provider.calendar.at(draft.signed_day, NOON_S),
            ended_at=_closed_at(provider, draft),
        )


def _sessions(
    provider: Provider, draft: Draft, connection_id: int, random: Random, now: datetime
) -> Iterator[PastSession]:
    """One of the day before yesterday for who is connected by session, and a live one for who is online."""
    if (
        draft.place is None
        or draft.line not in (Line.SESSION, Line.IDLE)
        or draft.standing is Standing.CLOSED
    ):
        return
    begun_at = provider.calendar.at(provider.calendar.yesterday - 1, NOON_S)
    ended_at = begun_at + timedelta(minutes=random.randrange(*SESSION_MINUTES) // 2)
    over = PastSession(
        connection_id=connection_id,
        session_code=f"{random.getrandbits(64):016x}",
        nas_id=provider.nases[draft.place.nas].pk,
        address=draft.place.address,
        mac=draft.place.mac,
        started_at=begun_at,
        seen_at=ended_at,
        stopped_at=ended_at,
    )
    yield over
    live_minutes, code = random.randint(*SESSION_MINUTES), f"{random.getrandbits(64):016x}"
    heard_s = random.randrange(LISTENING_S)
    if draft.line is Line.SESSION:
        yield over._replace(
            session_code=code,
            started_at=now - timedelta(minutes=live_minutes),
            seen_at=now - timedelta(seconds=heard_s),
            stopped_at=None,
        )
