"""Blocks by the thousand, by COPY: for the demonstration and for imports."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from netledger import sql
from netledger.access.services import note


class NewBlock(NamedTuple):
    """That staff closed a subscriber's access, and why."""

    subscriber_id: int
    placed_at: datetime
    placed_by: str
    why: str


@transaction.atomic
def place_blocks(blocks: Sequence[NewBlock]) -> None:
    """Close the access of many; decided at commit.

    Raises: IntegrityError: somebody is blocked already.
    """
    sql.copy_in("access/copy_blocks", ((*block, "") for block in blocks))
    note([block.subscriber_id for block in blocks])
