"""How much waits to be done, measured by the ticker for the metrics."""

from datetime import datetime
from typing import NamedTuple

from netledger import sql
from netledger.server import metrics


class _Queues(NamedTuple):
    noted: int
    overdue: int


class _Standby(NamedTuple):
    standby: str
    lag_s: float


def measure(now: datetime) -> None:
    """Look at the queues, and at how far standbys are behind."""
    queues = sql.one("server/queues", _Queues, now=now)
    metrics.queue.labels("noted_subscribers").set(queues.noted)
    metrics.queue.labels("overdue_decisions").set(queues.overdue)
    for standby in sql.rows("server/standbys", _Standby):
        metrics.replication_lag.labels(standby.standby).set(standby.lag_s)
