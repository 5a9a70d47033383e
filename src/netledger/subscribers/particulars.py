"""What is told of a subscriber beside his contract number, and its changes."""

import re
from typing import TypedDict, Unpack

from django.db import transaction

from netledger.subscribers.errors import GroupUnknown, TaxNumberMalformed
from netledger.subscribers.models import Group, Subscriber
from netledger.subscribers.services import checked_name, checked_text

_TAX_NUMBERS = {
    "inn": re.compile(r"([0-9]{10}|[0-9]{12})?"),
    "kpp": re.compile(r"([0-9]{4}[0-9A-Z]{2}[0-9]{3})?"),
}
"""As the tax service gives them; empty where there is none."""


class Particulars(TypedDict, total=False):
    """What may be told anew; what is not there stays as it is."""

    name: str
    street: str
    house: str
    flat: str
    phone: str
    email: str
    is_company: bool
    inn: str
    kpp: str
    legal_address: str
    actual_address: str


@transaction.atomic
def set_subscriber(
    *, subscriber_id: int, group_id: int | None = None, **particulars: Unpack[Particulars]
) -> Subscriber:
    """Tell anew what is told of a subscriber, or (group_id) put him in another group.

    Raises: GroupUnknown, NameMissing; TextTooLong, TaxNumberMalformed: name the field.
    """
    if group_id is not None and not Group.objects.filter(pk=group_id).exists():
        raise GroupUnknown(group_id=group_id)
    changed = {
        field: _checked(field, told) if isinstance(told, str) else told for field, told in particulars.items()
    }
    if group_id is not None:
        changed["group_id"] = group_id
    if changed:
        Subscriber.objects.filter(pk=subscriber_id).update(**changed)
    return Subscriber.objects.get(pk=subscriber_id)


def _checked(field: str, told: str) -> str:
    text = checked_name(told) if field == "name" else checked_text(field, told)
    shape = _TAX_NUMBERS.get(field)
    if shape is not None and shape.fullmatch(text) is None:
        raise TaxNumberMalformed(field=field, text=text)
    return text
