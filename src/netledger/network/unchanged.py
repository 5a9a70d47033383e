"""UNCHANGED: what a change does not name, and leaves as it is when its turn comes. None takes away."""

from enum import Enum
from typing import Final


class Unchanged(Enum):
    """The type of UNCHANGED."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED
