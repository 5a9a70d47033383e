"""What does not hold in the tables of contracts."""

from collections.abc import Iterator
from typing import NamedTuple

from netledger import sql
from netledger.subscribers.identifiers import identifier_key
from netledger.subscribers.models import ContractCounter


class _Coded(NamedTuple):
    contract_number: str
    onec_code: str


class _Contract(NamedTuple):
    contract_number: str
    key: str


def differences() -> Iterator[str]:
    """Yields a sentence for each contract that its number does not find, and each wrong 1C code."""
    for row in sql.rows("subscribers/broken_identifiers", _Contract):
        if row.key != identifier_key(row.contract_number):  # the database folds fewer letters than we do
            yield f"subscribers: contract {row.contract_number} is not found by its number"
    for coded in sql.rows("subscribers/broken_onec_codes", _Coded):
        yield f"subscribers: contract {coded.contract_number} has a padded or doubled 1C code “{coded.onec_code}”"
    if ContractCounter.objects.count() != 1:
        yield "subscribers: the counter of contract numbers is not there"
