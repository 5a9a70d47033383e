"""What a sum of money may look like."""

import re
from decimal import ROUND_HALF_UP, Decimal

AMOUNT_MAX = Decimal("99999999.99")
"""The largest sum that one movement carries, in roubles."""

KOPECK = Decimal("0.01")

_SHAPE = re.compile(r"[0-9]{1,8}(\.[0-9]{1,2})?")


class Amount(Decimal):
    """A sum above zero with at most two places, made from its text by `parse_amount` only."""


def parse_amount(text: str) -> Amount:
    """The sum that a text of ASCII digits, with at most two places after a point, stands for.

    Raises: ValueError for anything else; nothing is ever rounded.
    Source: design.md, "Money".
    """
    if _SHAPE.fullmatch(text) is None:
        raise ValueError(f"not a sum: {text[:40]!r}")
    amount = Amount(text)
    if amount == 0:
        raise ValueError("a sum is above zero")
    return amount


def to_kopecks(value: Decimal) -> Decimal:
    """The value rounded to two places, half away from zero, as PostgreSQL's `round(numeric, 2)` does."""
    return value.quantize(KOPECK, rounding=ROUND_HALF_UP)
