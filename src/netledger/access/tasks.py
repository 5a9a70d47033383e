"""What time brings to access."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from netledger import sql


class _Due(NamedTuple):
    noted: int
    nothing: str


def tick(now: datetime) -> int:
    """Decide again about everybody for whom the moment to look again has come; how many that were."""
    total = 0
    while noted := _note_due(now):
        total += noted
    return total


@transaction.atomic
def _note_due(now: datetime) -> int:
    due = sql.maybe("access/note_due", _Due, now=now)
    return due.noted if due else 0
