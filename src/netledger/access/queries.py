"""What others ask of access."""

from collections.abc import Collection

from netledger.access.models import Block, Decision


def find_decision(subscriber_id: int) -> Decision | None:
    """The stored decision; None for a subscriber who never had a plan or a connection."""
    return Decision.objects.filter(pk=subscriber_id).first()


def decisions_of(subscriber_ids: Collection[int]) -> dict[int, Decision]:
    """The stored decisions about these subscribers, by their ids."""
    return Decision.objects.in_bulk(subscriber_ids)


def block_of(subscriber_id: int) -> Block | None:
    """The administrator's block that is in force."""
    return Block.objects.filter(subscriber_id=subscriber_id, lifted_at=None).first()
