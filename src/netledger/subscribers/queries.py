"""What others ask of contracts."""

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from netledger import sql
from netledger.ledger.services import lock_account
from netledger.subscribers.errors import GroupUnknown
from netledger.subscribers.identifiers import identifier_key
from netledger.subscribers.models import Group, Identifier, Subscriber


class OnecEntry(NamedTuple):
    """What 1C is told of a subscriber."""

    subscriber_id: int
    account_id: int
    name: str
    onec_code: str | None
    email: str
    is_company: bool
    phone: str
    contract_number: str


def unpadded(onec_code: str) -> str:
    """A 1C code in NFC, without the white space that 1C fills its fields with."""
    return unicodedata.normalize("NFC", onec_code).strip()


def find_by_identifier(text: str) -> Subscriber | None:
    """Whose contract number or login it is, however it is spelt in case and composition; also a closed one's."""
    found = Identifier.objects.select_related("subscriber").filter(pk=identifier_key(text)).first()
    return found.subscriber if found else None


def find_subscriber(subscriber_id: int) -> Subscriber | None:
    """The contract of that id."""
    return Subscriber.objects.filter(pk=subscriber_id).first()


def find_by_onec_code(onec_code: str) -> Subscriber | None:
    """Whom 1C calls so; compared as text, without the padding around it."""
    return Subscriber.objects.filter(onec_code=unpadded(onec_code)).first()


def list_below(*, group_id: int, is_synced: bool) -> Iterator[OnecEntry]:
    """The subscribers below a group, at any depth, whom 1C has (or has not) yet, by id; read as they are iterated.

    Raises: GroupUnknown: when the first is asked for.
    """
    if not Group.objects.filter(pk=group_id).exists():
        raise GroupUnknown(group_id=group_id)
    yield from sql.stream("subscribers/below_group", OnecEntry, group_id=group_id, is_synced=is_synced)


def lock_subscriber(subscriber_id: int) -> Subscriber:
    """Lock the subscriber's account until the transaction ends, then read him anew."""
    lock_account(Subscriber.objects.values_list("account_id", flat=True).get(pk=subscriber_id))
    return Subscriber.objects.get(pk=subscriber_id)
