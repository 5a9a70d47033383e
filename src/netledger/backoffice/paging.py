"""Pages of a long list by the key of their last row: no page is counted to, and none is slower than the first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

from django.http import QueryDict
from django.utils import timezone

Row = TypeVar("Row")
ID_DIGITS_MAX = 18


class Slice(NamedTuple, Generic[Row]):
    """The rows of one page, and whether more follow."""

    rows: Sequence[Row]
    has_more: bool


def cut(rows: Sequence[Row], rows_max: int) -> Slice[Row]:
    """A page of rows of which one more than it holds was asked for."""
    return Slice(rows[:rows_max], len(rows) > rows_max)


def address_of(asked: QueryDict, **replaced: str) -> str:
    """The query of the same list with other values: filters stay, so that the address can be handed on."""
    query = asked.copy()
    for name, value in replaced.items():
        query[name] = value
    return f"?{query.urlencode()}"


def key_text(at: datetime, row_id: int) -> str:
    """Where a page ended, in an address: the moment and the id of its last row."""
    return f"{at.isoformat()}/{row_id}"


def key_of(text: str) -> tuple[datetime, int] | None:
    """What that text says; what is no such key asks for the first page."""
    moment, _, row_id = text.partition("/")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at, int(row_id)) if timezone.is_aware(at) and is_id(row_id) else None


def is_id(text: str) -> bool:
    """Whether that is the text of an id."""
    return text.isascii() and text.isdigit() and len(text) <= ID_DIGITS_MAX
