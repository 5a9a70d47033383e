"""What time brings to the ledger."""

from datetime import datetime

from netledger.ledger.services import keep_partitions_ahead


def tick(now: datetime) -> int:
    """Keep partitions of transfers ahead of their use; how many were made at `now`."""
    return keep_partitions_ahead()
