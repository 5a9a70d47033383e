"""What does not hold in the tables of contracts."""

from collections.abc import Iterator
from typing import NamedTuple

from netledger import sql
from netledger.subscribers.identifiers import identifier_key


class _Contract(NamedTuple):
    contract_number: str
    key: str


def differences() -> Iterator[str]:
    """Yields a sentence for each contract that its number does not find."""
    for row in sql.rows("subscribers/broken_identifiers", _Contract):
        if row.key != identifier_key(row.contract_number):  # the database folds fewer letters than we do
            yield f"subscribers: contract {row.contract_number} is not found by its number"
