"""Groups and contracts by the thousand, by COPY: for the demonstration and for imports.

The same checks as one by one; what is taken already is refused by the database's unique keys, all or nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from netledger import sql
from netledger.ledger.bulk import open_subscriber_accounts
from netledger.subscribers.identifiers import checked_identifier, identifier_key
from netledger.subscribers.services import checked_name, checked_text


class NewGroup(NamedTuple):
    """A folder of subscribers as it is to be, at the top (None) or below another."""

    name: str
    parent_id: int | None


class NewContract(NamedTuple):
    """A contract as it is to be, with the dates of its past."""

    contract_number: str
    name: str
    group_id: int
    street: str
    house: str
    flat: str
    phone: str
    email: str
    created_at: datetime
    activated_at: datetime | None
    closed_at: datetime | None


class Opened(NamedTuple):
    """The ids that a contract and its account were given."""

    subscriber_id: int
    account_id: int


@transaction.atomic
def add_groups(groups: Sequence[NewGroup]) -> list[int]:
    """Write folders; their ids, in their order.

    Raises:
        NameMissing, TextTooLong.
        IntegrityError: a name is there already, or a parent is not.
    """
    ids = sql.ids("subscribers/next_ids", count=len(groups))
    sql.copy_in(
        "subscribers/copy_groups",
        (
            (number, checked_name(group.name), group.parent_id)
            for number, group in zip(ids, groups, strict=True)
        ),
    )
    return ids


@transaction.atomic
def add_subscribers(contracts: Sequence[NewContract]) -> list[Opened]:
    """Write contracts with an account each, at 0.00, and what they are found by; their ids, in their order.

    Raises:
        IdentifierMalformed, TextTooLong: names the field.
        IntegrityError: a contract number is taken, or a group is not there.
    """
    numbers = [checked_identifier(contract.contract_number) for contract in contracts]
    ids = sql.ids("subscribers/next_ids", count=len(contracts))
    opened = [Opened(*pair) for pair in zip(ids, open_subscriber_accounts(len(contracts)), strict=True)]
    sql.copy_in(
        "subscribers/copy_subscribers",
        (
            (*given, number, checked_name(contract.name), contract.group_id, *_address(contract))
            for given, number, contract in zip(opened, numbers, contracts, strict=True)
        ),
    )
    sql.copy_in(
        "subscribers/copy_identifiers",
        (
            (identifier_key(number), given.subscriber_id, True, False)
            for given, number in zip(opened, numbers, strict=True)
        ),
    )
    return opened


@transaction.atomic
def register_logins(logins: Iterable[tuple[int, str]]) -> None:
    """Make logins their subscribers' own: (subscriber id, login).

    Raises: IdentifierMalformed; IntegrityError: one is somebody's already.
    """
    sql.copy_in(
        "subscribers/copy_identifiers",
        (
            (identifier_key(checked_identifier(login)), subscriber_id, False, True)
            for subscriber_id, login in logins
        ),
    )


def _address(contract: NewContract) -> tuple[object, ...]:
    """The columns from the street on."""
    texts = {field: getattr(contract, field) for field in ("street", "house", "flat", "phone", "email")}
    return (
        *(checked_text(field, text) for field, text in texts.items()),
        contract.created_at,
        contract.activated_at,
        contract.closed_at,
    )
