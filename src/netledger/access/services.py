"""Every write of access: blocks, and the notes that lead to a decision at commit."""

from collections.abc import Sequence

from django.db import transaction

from netledger import sql
from netledger.access.errors import AlreadyBlocked, NotBlocked
from netledger.access.models import Block
from netledger.ledger import clock
from netledger.ledger.services import set_zone
from netledger.subscribers.queries import lock_subscriber


def note(subscriber_ids: Sequence[int]) -> None:
    """Have these subscribers decided about when the transaction commits.

    For writes that change access without an account going over its threshold: that notes itself.
    """
    sql.run("access/note", subscriber_ids=list(subscriber_ids))


@transaction.atomic
def place_block(*, subscriber_id: int, placed_by: str, why: str = "") -> Block:
    """Close a subscriber's access until staff lifts it.

    Raises: AlreadyBlocked: a block is in force.
    """
    subscriber = lock_subscriber(subscriber_id)
    if Block.objects.filter(subscriber=subscriber, lifted_at=None).exists():
        raise AlreadyBlocked(contract_number=subscriber.contract_number)
    block = Block.objects.create(subscriber=subscriber, placed_at=clock.now(), placed_by=placed_by, why=why)
    note([subscriber_id])
    return block


@transaction.atomic
def lift_block(*, subscriber_id: int, lifted_by: str) -> None:
    """Take the administrator's block away.

    Raises: NotBlocked: there is none.
    """
    subscriber = lock_subscriber(subscriber_id)
    lifted = Block.objects.filter(subscriber=subscriber, lifted_at=None).update(
        lifted_at=clock.now(), lifted_by=lifted_by
    )
    if not lifted:
        raise NotBlocked(contract_number=subscriber.contract_number)
    note([subscriber_id])


@transaction.atomic
def adopt_zone(name: str) -> None:
    """Make an IANA zone the provider's; where it changes, everybody is decided about anew."""
    if set_zone(name):
        sql.run("access/note_all")
