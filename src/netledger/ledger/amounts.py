"""What a sum of money may look like."""

import re
from decimal import ROUND_HALF_UP, Decimal

AMOUNT_MAX = Decimal("99999999.99")
"""The largest sum that one movement carries, in roubles."""

KOPECK = Decimal("0.01")

_SHAPE = re.compile(r"[0-9]+(\.[0-9]{1,2})?")


class Amount(Decimal):
    """A sum above zero with at most two places, made from its text by `parse_amount` only."""


def parse_amount(text: str) -> Amount:
    """The sum that a text of ASCII digits, with at most two places after a point, stands for.

    Raises: ValueError for anything else, for 0 and above AMOUNT_MAX; nothing is ever rounded.
    Source: design.md, "Money".
    """
    if _SHAPE.fullmatch(text) is None or not 0 < (amount := Amount(text)) <= AMOUNT_MAX:
        raise ValueError(f"not a sum: {text[:40]!r}")
    return amount


def is_exact(sum_: Decimal) -> bool:
    """Whether a sum, of either sign, can be moved as it is: two places at most, within AMOUNT_MAX."""
    return sum_.is_finite() and abs(sum_) <= AMOUNT_MAX and sum_ == sum_.quantize(KOPECK)


def to_kopecks(value: Decimal) -> Decimal:
    """The value rounded to two places, half away from zero, as PostgreSQL's `round(numeric, 2)` does."""
    return value.quantize(KOPECK, rounding=ROUND_HALF_UP)
