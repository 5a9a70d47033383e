"""All that the card of one subscriber shows, in as many statements for a new contract as for an old one."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from netledger.access.models import Block
from netledger.backoffice.paging import Slice, cut
from netledger.charging.forecast import Forecast, forecast
from netledger.network.models import Connection
from netledger.network.presence import LastSession, last_sessions_of
from netledger.payments.explanation import Explanation, explain
from netledger.payments.models import Credit
from netledger.payments.statement import StatementLine, statement_before
from netledger.subscribers.groups import group_path
from netledger.subscribers.models import Subscriber
from netledger.tariffs.models import PlanVersion, Speed, Subscription
from netledger.tariffs.queries import subscriptions_of, versions_of

STATEMENT_LINES = 50


class Reached(NamedTuple):
    """A connection, its newest session, and whether that one lives."""

    connection: Connection
    session: LastSession | None
    is_online: bool


class Had(NamedTuple):
    """A plan that a subscriber has, had or will have, its version today, and the speed that holds for him."""

    subscription: Subscription
    version: PlanVersion | None
    speed: Speed | None
    is_now: bool


class Card(NamedTuple):
    """One subscriber."""

    subscriber: Subscriber
    group: str
    state: Explanation
    balance: Decimal
    credit: Credit | None
    block: Block | None
    forecast: Forecast | None
    reached: list[Reached]
    plans: list[Had]
    statement: Slice[StatementLine]


def card_of(subscriber: Subscriber, *, before_id: int | None, seen_within_s: int, sees_network: bool) -> Card:
    """The card, with the page of the statement that ends before an operation (None: the newest).

    Without `sees_network` nothing is read of sessions: of a connection there is its login, and whether it is in use.
    """
    state = explain(subscriber.id)
    assert subscriber.account.balance is not None, "a subscriber's account has a cached balance"
    live_since = state.now_at - timedelta(seconds=seen_within_s) if sees_network else None
    lines = statement_before(subscriber.account_id, before_id, lines_max=STATEMENT_LINES + 1)
    return Card(
        subscriber=subscriber,
        group=group_path(subscriber.group_id),
        state=state,
        balance=subscriber.account.balance,
        credit=state.credit,
        block=next((one for one in state.blocks if one.lifted_at is None), None),
        forecast=forecast(subscriber.id, lent_until_on=state.credit.until_on if state.credit else None),
        reached=_reached(subscriber.id, live_since),
        plans=_plans(subscriber.id, state.now_at.date()),
        statement=cut(lines, STATEMENT_LINES),
    )


def _reached(subscriber_id: int, live_since: datetime | None) -> list[Reached]:
    """Those that have not ended first, with their sessions; those live that were seen since (None: without them)."""
    connections = Connection.objects.select_related("nas", "speed").filter(subscriber_id=subscriber_id)
    ordered = sorted(connections, key=lambda one: (one.ended_at is not None, one.login))
    if live_since is None:
        return [Reached(one, None, False) for one in ordered]
    sessions = last_sessions_of(subscriber_id)
    found = []
    for connection in ordered:
        session = sessions.get(connection.pk)
        lives = session is not None and session.stopped_at is None and session.seen_at >= live_since
        found.append(Reached(connection, session, lives))
    return found


def _plans(subscriber_id: int, today: date) -> list[Had]:
    """What is in force first, then what is to come, then what was."""
    subscriptions = subscriptions_of(subscriber_id)
    versions = versions_of(subscriber_id, today)
    found = []
    for one in subscriptions:
        version = versions.get(one.plan_id)
        is_over = one.until_on is not None and one.until_on < today
        speed = one.speed or (version.speed if version else None)
        found.append(
            (is_over, one.from_on > today, Had(one, version, speed, one.from_on <= today and not is_over))
        )
    return [had for *_, had in sorted(found, key=lambda entry: entry[:2])]
