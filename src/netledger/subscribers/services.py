"""Every write of contracts."""

import unicodedata
from datetime import datetime

from django.db import transaction

from netledger import sql
from netledger.ledger import clock
from netledger.ledger.models import Account
from netledger.ledger.services import open_account
from netledger.subscribers.errors import ContractClosed, GroupExists, GroupUnknown, NameMissing, TextTooLong
from netledger.subscribers.identifiers import claim_identifier, new_identifier
from netledger.subscribers.models import Group, Subscriber
from netledger.subscribers.queries import lock_subscriber

TEXT_LENGTH_MAX = 250


def next_id() -> int:
    """The next id of the sequence that groups and subscribers share."""
    return sql.ids("subscribers/next_ids", count=1)[0]


@transaction.atomic
def add_group(*, name: str, parent_id: int | None = None) -> Group:
    """A new folder of subscribers, at the top or below another.

    Raises:
        GroupUnknown: there is no such parent. GroupExists: its name is there already.
        NameMissing, TextTooLong.
    """
    if parent_id is not None and not Group.objects.filter(pk=parent_id).exists():
        raise GroupUnknown(group_id=parent_id)
    with sql.refusing(group_name_once_below_a_parent=GroupExists(name=name)):
        return Group.objects.create(id=next_id(), name=checked_name(name), parent_id=parent_id)


@transaction.atomic
def add_subscriber(
    *,
    contract_number: str,
    name: str,
    group_id: int,
    street: str = "",
    house: str = "",
    flat: str = "",
    phone: str = "",
    email: str = "",
) -> Subscriber:
    """A new contract with an account of its own, at 0.00.

    Raises:
        GroupUnknown: there is no such group.
        IdentifierTaken, IdentifierMalformed: of the contract number.
        NameMissing; TextTooLong: names the field.
    """
    if not Group.objects.filter(pk=group_id).exists():
        raise GroupUnknown(group_id=group_id)
    subscriber = Subscriber(
        id=next_id(),
        contract_number=new_identifier(contract_number),
        name=checked_name(name),
        group_id=group_id,
        account=open_account(kind=Account.Kind.SUBSCRIBER),
        street=checked_text("street", street),
        house=checked_text("house", house),
        flat=checked_text("flat", flat),
        phone=checked_text("phone", phone),
        email=checked_text("email", email),
        created_at=clock.now(),
    )
    # The identifier first (its foreign key waits for the commit): its unique key names who has the number.
    claim_identifier(subscriber_id=subscriber.id, text=subscriber.contract_number, is_contract=True)
    subscriber.save(force_insert=True)
    return subscriber


@transaction.atomic
def activate_subscriber(*, subscriber_id: int, at: datetime) -> None:
    """Note when the first subscription begins; later ones change nothing."""
    Subscriber.objects.filter(pk=subscriber_id, activated_at=None).update(activated_at=at)


@transaction.atomic
def close_subscriber(*, subscriber_id: int) -> Subscriber:
    """Close a contract; its history and its money stay.

    Raises: ContractClosed: it is closed already.
    """
    subscriber = lock_subscriber(subscriber_id)
    if subscriber.closed_at is not None:
        raise ContractClosed(contract_number=subscriber.contract_number)
    subscriber.closed_at = clock.now()
    subscriber.save(update_fields=["closed_at"])
    return subscriber


def checked_name(text: str) -> str:
    """The name of a group, a plan or a subscriber, which people tell it by. Raises: NameMissing, TextTooLong."""
    name = checked_text("name", text)
    if not name:
        raise NameMissing
    return name


def checked_text(field: str, text: str) -> str:
    """The text in NFC, white space around it cut; controls, halves of characters and over-long texts are refused."""
    return exact_text(field, text.strip())


def exact_text(field: str, text: str) -> str:
    """The same, but white space around it stays.

    Raises: TextTooLong: names the field.
    """
    normal = unicodedata.normalize("NFC", text)
    refused = not normal.isprintable() and any(unicodedata.category(one) in ("Cc", "Cs") for one in normal)
    if refused or len(normal) > TEXT_LENGTH_MAX:
        raise TextTooLong(field=field, length_max=TEXT_LENGTH_MAX)
    return normal
