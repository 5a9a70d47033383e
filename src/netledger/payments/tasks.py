"""What time brings to payments."""

from datetime import datetime

from netledger.ledger import clock
from netledger.payments.credit import end_due_credits


def tick(now: datetime) -> int:
    """End the credits whose last day is over; how many that were."""
    today = clock.day_of(now)
    total = 0
    while ended := end_due_credits(today):
        total += ended
    return total
