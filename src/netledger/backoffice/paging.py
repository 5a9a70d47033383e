"""Pages of a long list by the key of their last row: no page is counted to, and none is slower than the first."""

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from django.http import QueryDict

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


def is_id(text: str) -> bool:
    """Whether that is the text of an id."""
    return text.isascii() and text.isdigit() and len(text) <= ID_DIGITS_MAX
