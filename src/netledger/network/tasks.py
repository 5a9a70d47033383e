"""What time brings to the network: news of sessions reaches the versions of the lists, in batches."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from netledger import sql

SWEEP_EVERY_S = 15
"""So long at most a router is told that nothing has changed where only sessions have. On a NAS with thousands of them
some begin or end each second: raised each time, no list would ever be one that the router has already."""


class _Due(NamedTuple):
    is_due: bool


@transaction.atomic
def tick(now: datetime) -> int:
    """Raise the versions of the lists with news of sessions, if it is time; of how many NASes."""
    if not sql.one("network/sweep_is_due", _Due, now=now, every_s=SWEEP_EVERY_S).is_due:
        return 0
    return sql.run("network/sweep_sessions", now=now)
