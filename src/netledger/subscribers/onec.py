"""What 1C writes of contracts, and staff of its codes: who is created, whom 1C has, under which code.

A code is given or taken away under the counter's lock only: who is refused one can be told whose it is.
"""

import unicodedata

from django.db import transaction

from netledger import sql
from netledger.ledger import clock
from netledger.subscribers.errors import (
    MadeByOnec,
    NameMissing,
    OnecCodeMalformed,
    OnecCodeTaken,
    OnecGroupMissing,
    OnecNameDiffers,
    SubscriberUnknown,
)
from netledger.subscribers.models import Group, Subscriber
from netledger.subscribers.numbering import add_numbered, lock_counter
from netledger.subscribers.queries import find_by_onec_code, find_subscriber, unpadded
from netledger.subscribers.services import exact_text

ONEC_CODE_LENGTH_MAX = 64


def checked_onec_code(text: str) -> str:
    """The code in NFC and without its padding; leading zeros, inner spaces and Cyrillic stay.

    Raises: OnecCodeMalformed: empty, too long, or a control character.
    """
    code = unpadded(text)
    refused = any(unicodedata.category(character) in ("Cc", "Cs") for character in code)
    if refused or not 1 <= len(code) <= ONEC_CODE_LENGTH_MAX:
        raise OnecCodeMalformed(length_max=ONEC_CODE_LENGTH_MAX)
    return code


def checked_onec_name(text: str) -> str:
    """The name in NFC, white space around it and all: what is answered is what was sent.

    Raises: NameMissing; TextTooLong: too long, or a control character.
    """
    name = exact_text("name", text)
    if not name.strip():
        raise NameMissing
    return name


@transaction.atomic
def create_from_onec(*, onec_code: str, name: str, group_id: int, number_pattern: str) -> Subscriber:
    """A subscriber whom 1C brings, once for each code: 1C has him, so he is synchronised from the start.

    Args:
        name: kept as it is sent, in NFC.
        group_id: where he belongs; 0 is the first group at the top.
        number_pattern: what his contract number is made of, as `{number:06d}`.

    Raises:
        OnecNameDiffers: the code is of a subscriber with another name; shows both.
        OnecCodeMalformed, NameMissing, TextTooLong: names the field.
        OnecGroupMissing: names the setting.
    """
    code, name = checked_onec_code(onec_code), checked_onec_name(name)
    if known := find_by_onec_code(code):
        return _same(known, name)
    lock_counter()  # whoever creates at the same moment has committed now, or waits for us
    if known := find_by_onec_code(code):
        return _same(known, name)
    try:
        with sql.refusing(onec_code_once=lambda: _taken(code, refused_number="")):
            subscriber = add_numbered(pattern=number_pattern, name=name, group_id=_group_id(group_id))
            _confirm(subscriber.pk, code, made_by_onec=True, name=name)
    except OnecCodeTaken:  # a subscriber who was here already got it meanwhile
        known = find_by_onec_code(code)
        assert known is not None, "a code that is given stays"
        return _same(known, name)
    return Subscriber.objects.get(pk=subscriber.pk)


@transaction.atomic
def confirm_to_onec(*, subscriber_id: int, onec_code: str) -> Subscriber:
    """1C tells that it has a subscriber, and how it calls him; again it changes nothing, another code replaces.

    Raises:
        SubscriberUnknown: names the id.
        OnecCodeTaken: the code is another's; names both contracts.
        OnecCodeMalformed.
    """
    code = checked_onec_code(onec_code)
    subscriber = find_subscriber(subscriber_id)
    if subscriber is None:
        raise SubscriberUnknown(sent_to=str(subscriber_id))
    lock_counter()
    with sql.refusing(onec_code_once=lambda: _taken(code, refused_number=subscriber.contract_number)):
        _confirm(subscriber_id, code)
    return Subscriber.objects.get(pk=subscriber_id)


@transaction.atomic
def set_onec_code(*, subscriber_id: int, onec_code: str | None) -> Subscriber:
    """Staff tells how 1C calls a subscriber, or (None) that it does not know him.

    The code that he has changes nothing; with another one, or none, 1C is told of him anew and confirms him again.

    Raises:
        OnecCodeTaken: the code is another's; names both contracts.
        MadeByOnec: 1C made the contract, so that it has a code. OnecCodeMalformed.
    """
    code = None if onec_code is None else checked_onec_code(onec_code)
    lock_counter()
    subscriber = Subscriber.objects.get(pk=subscriber_id)
    if code is None and subscriber.made_by_onec:
        raise MadeByOnec(contract_number=subscriber.contract_number)
    if code != subscriber.onec_code:
        subscriber.onec_code, subscriber.onec_synced_at = code, None
        with sql.refusing(
            onec_code_once=lambda: _taken(code or "", refused_number=subscriber.contract_number)
        ):
            subscriber.save(update_fields=["onec_code", "onec_synced_at"])
    return subscriber


def _confirm(subscriber_id: int, code: str, **more: bool | str) -> None:
    unconfirmed = Subscriber.objects.filter(pk=subscriber_id).exclude(
        onec_code=code, onec_synced_at__isnull=False
    )
    unconfirmed.update(onec_code=code, onec_synced_at=clock.now(), **more)


def _taken(code: str, *, refused_number: str) -> OnecCodeTaken:
    owner = find_by_onec_code(code)
    assert owner is not None, "the unique key says that somebody has it"
    return OnecCodeTaken(onec_code=code, contract_number=owner.contract_number, refused_number=refused_number)


def _same(known: Subscriber, name: str) -> Subscriber:
    """The subscriber who has the code, if he is who is meant; 1C pads names too."""
    if known.name.strip() != name.strip():
        assert known.onec_code is not None, "he was found by it"
        raise OnecNameDiffers(onec_code=known.onec_code, name=known.name, name_sent=name)
    return known


def _group_id(configured: int) -> int:
    groups = Group.objects.filter(pk=configured) if configured else Group.objects.filter(parent=None)
    group = groups.order_by("id").first()
    if group is None:
        raise OnecGroupMissing(group_id=configured)
    return group.pk
