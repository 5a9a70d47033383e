"""What a subscriber goes online with, and where he is online now."""

from typing import NamedTuple

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
