"""The backend that Django's ENGINE names, and the connections of the web processes' pool.

psycopg's own check of one is a round trip, a quarter of a payment's time, and its own way to wait goes through
gevent's imitation of `poll`.
"""

import select
from functools import cached_property
from typing import Any

from django.db.backends.postgresql import base
from gevent import get_hub
from gevent.monkey import get_original
from psycopg import Connection, Cursor
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


class GreenletConnection(Connection[Any]):
    """One that lets other greenlets go on while the server works."""

    @cached_property
    def lasting_cursor(self) -> Cursor[Any]:
        """For statement after statement: it remembers how their values are written and read."""
        return Cursor(self)

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Do what the driver has to do, and wait for the server where it has to wait."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        hub = get_hub()
        try:
            wanted = next(gen)
            while True:
                watcher = hub.loop.io(self.pgconn.socket, wanted)
                try:
                    hub.wait(watcher)
                finally:
                    watcher.close()
                wanted = gen.send(wanted)
        except StopIteration as done:
            return done.value


def check_quickly(connection: Connection) -> None:
    """Raise OperationalError, if the server has ended the connection.

    One that is alive and unused has nothing to be read. If there is something, a round trip finds out what it is.
    """
    poll = _new_poll()
    poll.register(connection.fileno(), select.POLLIN)
    if poll.poll(0):
        connection.execute("")
