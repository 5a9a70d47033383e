"""Groups by what a person types who looks for them, and where they stand in the tree."""

from collections.abc import Collection
from typing import NamedTuple

from netledger import sql
from netledger.subscribers.errors import GroupAmbiguous, GroupNameUnknown, GroupUnknown
from netledger.subscribers.models import Group


class GroupPlace(NamedTuple):
    """A group with the names of all groups above it, and how many subscribers are directly in it."""

    id: int
    parent_id: int | None
    path: str
    subscribers: int


class _Path(NamedTuple):
    id: int
    path: str


def group_places() -> list[GroupPlace]:
    """All groups in the order of the tree."""
    return sql.rows("subscribers/group_places", GroupPlace)


def group_path(group_id: int) -> str:
    """The group's name after the names of those above it."""
    return group_paths([group_id])[group_id]


def group_paths(group_ids: Collection[int]) -> dict[int, str]:
    """The same of several groups, by id."""
    found = sql.rows("subscribers/group_paths", _Path, group_ids=list(group_ids))
    return {place.id: place.path for place in found}


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
