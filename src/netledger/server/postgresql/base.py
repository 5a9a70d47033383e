"""The backend that Django's ENGINE names. psycopg's own check is a round trip, a quarter of a payment's time."""

import select

from django.db.backends.postgresql import base
from gevent.monkey import get_original
from psycopg import Connection
from psycopg_pool import ConnectionPool

_new_poll = get_original("select", "poll")
"""gevent's own would go through its loop, to look at what is known at once."""


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection to the database, taken from the process's pool if it has one."""

    @property
    def pool(self) -> ConnectionPool | None:
        """The pool of this process."""
        pool: ConnectionPool | None = super().pool
        if pool is not None:
            pool._check = check_quickly
        return pool


def check_quickly(connection: Connection) -> None:
    """Raise OperationalError, if the server has ended the connection.

    One that is alive and unused has nothing to be read. If there is something, a round trip finds out what it is.
    """
    poll = _new_poll()
    poll.register(connection.fileno(), select.POLLIN)
    if poll.poll(0):
        connection.execute("")
