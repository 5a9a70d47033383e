"""Subscribers and groups by what a person types who looks for them."""

import re
from typing import NamedTuple

from netledger import sql
from netledger.subscribers.errors import GroupAmbiguous, GroupNameUnknown, GroupUnknown
from netledger.subscribers.identifiers import identifier_key
from netledger.subscribers.models import Group, Subscriber

PHONE_DIGITS_MIN = 5
PHONE_DIGITS_COMPARED = 10
"""8 912 … and +7 912 … are one number."""

_PHONE = re.compile(r"[0-9 ()+\-]+")


class GroupPlace(NamedTuple):
    """A group with the names of all groups above it, and how many subscribers are directly in it."""

    id: int
    parent_id: int | None
    path: str
    subscribers: int


class _Found(NamedTuple):
    id: int


def group_places() -> list[GroupPlace]:
    """All groups in the order of the tree."""
    return sql.rows("subscribers/group_places", GroupPlace)


def group_path(group_id: int) -> str:
    """The group's name after the names of those above it."""
    return next(place.path for place in group_places() if place.id == group_id)


def group_named(text: str) -> Group:
    """The group of that id, if the text is all digits, else the one of that name.

    Raises: GroupUnknown, GroupNameUnknown; GroupAmbiguous: the name is there below several groups.
    """
    if text.isascii() and text.isdigit():
        by_id = Group.objects.filter(pk=int(text)).first()
        if by_id is None:
            raise GroupUnknown(group_id=int(text))
        return by_id
    named = list(Group.objects.filter(name=text.strip()).order_by("id"))
    if not named:
        raise GroupNameUnknown(name=text)
    if len(named) > 1:
        raise GroupAmbiguous(name=text, group_ids=", ".join(str(group.id) for group in named))
    return named[0]


def search_subscribers(text: str, *, found_max: int) -> list[Subscriber]:
    """Whose contract number or login it is, then whose name or phone holds it; closed contracts too."""
    found = sql.rows(
        "subscribers/search",
        _Found,
        key=identifier_key(text),
        name_part=identifier_key(text).replace("ё", "е"),
        phone_digits=_phone_digits(text),
        found_max=found_max,
    )
    by_id = Subscriber.objects.select_related("account").in_bulk([row.id for row in found])
    return [by_id[row.id] for row in found]


def _phone_digits(text: str) -> str:
    """What a phone number is compared by; nothing for a text that is none."""
    digits = re.sub(r"\D", "", text)
    if _PHONE.fullmatch(text) is None or len(digits) < PHONE_DIGITS_MIN:
        return ""
    return digits[-PHONE_DIGITS_COMPARED:]
