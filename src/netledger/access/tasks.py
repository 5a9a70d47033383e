"""What time brings to access."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from netledger import sql

BATCH = 1000


class _Due(NamedTuple):
    noted: int
    nothing: str


def tick(now: datetime) -> int:
    """Decide again about everybody for whom the moment to look again has come; how many that were.

    A batch that is not full is the last, so that a moment which stays in the past (a clock that was set back) is
    looked at once a tick and not for ever.
    """
    total = 0
    while (noted := _note_due(now)) == BATCH:
        total += noted
    return total + noted


@transaction.atomic
def _note_due(now: datetime) -> int:
    due = sql.maybe("access/note_due", _Due, now=now, batch=BATCH)
    return due.noted if due else 0
