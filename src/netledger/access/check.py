"""What does not hold in the tables of access."""

from collections.abc import Iterator
from typing import NamedTuple

from netledger import sql


class _Difference(NamedTuple):
    subscriber_id: int
    stored: str
    ruled: str


class _Subscriber(NamedTuple):
    subscriber_id: int


def differences() -> Iterator[str]:
    """Yields a sentence for each stored decision that the rules do not say, or that its history does not end with."""
    for row in sql.rows("access/differences", _Difference):
        yield f"access: subscriber {row.subscriber_id}: stored is {row.stored}; the rules say {row.ruled}"
    for subscriber in sql.rows("access/broken_history", _Subscriber):
        yield f"access: subscriber {subscriber.subscriber_id}: the decision is not the last of its history"
