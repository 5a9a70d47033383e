"""What a subscriber goes online with, and where he is online now."""

from datetime import datetime, timedelta
from typing import NamedTuple

from netledger import sql
from netledger.ledger import clock
from netledger.network.models import Connection, Session


class Presence(NamedTuple):
    """A connection, and its session that has not stopped, if there is one."""

    connection: Connection
    session: Session | None


def presence_of(connection_id: int) -> Presence:
    """A connection as it is now."""
    connection = Connection.objects.select_related("nas", "speed", "subscriber").get(pk=connection_id)
    return Presence(connection, Session.objects.filter(connection=connection, stopped_at=None).first())


def presences_of(subscriber_id: int) -> list[Presence]:
    """All connections of a subscriber by login, ended ones too."""
    connections = Connection.objects.select_related("nas", "speed", "subscriber").filter(
        subscriber_id=subscriber_id
    )
    open_ones = Session.objects.filter(connection__in=connections, stopped_at=None)
    sessions = {session.connection_id: session for session in open_ones}
    return [Presence(one, sessions.get(one.pk)) for one in connections.order_by("login", "id")]


class LastSession(NamedTuple):
    """The newest session of a connection, open or stopped, as its NAS told of it."""

    connection_id: int
    session_code: str
    address: str | None
    mac: str | None
    started_at: datetime | None
    seen_at: datetime
    stopped_at: datetime | None


class HeldAddress(NamedTuple):
    """That a connection had an address on a NAS, from a moment to a moment (None: still)."""

    line_id: int
    """Tells apart those that begin at one moment."""
    login: str
    address: str | None
    mac: str | None
    nas_name: str
    from_at: datetime
    until_at: datetime | None
    by_session: bool


def last_sessions_of(subscriber_id: int) -> dict[int, LastSession]:
    """The newest session of each connection of a subscriber that ever had one, by the connection's id."""
    found = sql.rows("network/last_sessions", LastSession, subscriber_id=subscriber_id)
    return {session.connection_id: session for session in found}


def addresses_of(
    subscriber_id: int, *, before: tuple[datetime, int] | None = None, lines_max: int
) -> list[HeldAddress]:
    """The addresses that a subscriber's connections have and had, before one by its moment and id, newest first."""
    before_at, before_id = before or (None, None)
    return sql.rows(
        "network/addresses_of_subscriber",
        HeldAddress,
        subscriber_id=subscriber_id,
        before_at=before_at,
        before_id=before_id,
        lines_max=lines_max,
    )


def online_count(*, seen_within_s: int) -> int:
    """How many sessions live: open, and heard of of late."""
    since_at = clock.now() - timedelta(seconds=seen_within_s)
    return Session.objects.filter(stopped_at=None, seen_at__gte=since_at).count()
