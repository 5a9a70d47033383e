"""What does not hold in the tables of access."""

from collections.abc import Iterator
from typing import NamedTuple

from netledger import sql


class _Difference(NamedTuple):
    subscriber_id: int
    missing: bool
    stored_reason: str
    right_reason: str


def differences() -> Iterator[str]:
    """Yields a sentence for each stored decision that the rules do not say."""
    for row in sql.rows("access/differences", _Difference):
        stored = "nothing" if row.missing else row.stored_reason
        yield f"access: subscriber {row.subscriber_id}: {stored} is stored, the rules say {row.right_reason}"
