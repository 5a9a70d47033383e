"""What others ask of access."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count

from netledger import sql
from netledger.access.models import Block, Change, Decision, Reason


def find_decision(subscriber_id: int) -> Decision | None:
    """The stored decision; None for a subscriber who never had a plan or a connection."""
    return Decision.objects.filter(pk=subscriber_id).first()


def decisions_of(subscriber_ids: Collection[int]) -> dict[int, Decision]:
    """The stored decisions about these subscribers, by their ids."""
    return Decision.objects.in_bulk(subscriber_ids)


def block_of(subscriber_id: int) -> Block | None:
    """The administrator's block that is in force."""
    return Block.objects.filter(subscriber_id=subscriber_id, lifted_at=None).first()


def blocks_of(
    subscriber_id: int, *, before: tuple[datetime, int] | None = None, lines_max: int
) -> list[Block]:
    """The administrator's blocks, lifted ones too, before one by its moment and id (None: the newest), newest first."""
    blocks = Block.objects.filter(subscriber_id=subscriber_id)
    return sql.newest(blocks, by="placed_at", before=before, rows_max=lines_max)


def changes_of(
    subscriber_id: int, *, before: tuple[datetime, int] | None = None, lines_max: int
) -> list[Change]:
    """How access changed before a change by its moment and id (None: the newest), the newest first."""
    changes = Change.objects.filter(subscriber_id=subscriber_id)
    return sql.newest(changes, by="at", before=before, rows_max=lines_max)


def closed_by_reason() -> dict[str, int]:
    """How many subscribers' access is closed, by the reason; those whose is open are not counted."""
    closed = Decision.objects.exclude(reason=Reason.OPEN).order_by().values_list("reason")
    return dict(closed.annotate(subscribers=Count("pk")))
