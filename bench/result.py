"""One measured figure: rounds of ours and of a floor or rival in the same run, their medians, and what it is to be."""

from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any


@dataclass
class Result:
    """A row of the table. `value` and `against` are medians of the rounds, in `unit`."""

    what: str
    unit: str
    goal: float
    at_least: bool
    """Whether the goal is the least; else it is the most."""
    rounds: list[float]
    rival: str = ""
    rival_rounds: list[float] = field(default_factory=list)
    note: str = ""

    @property
    def value(self) -> float:
        """The median of ours."""
        return median(self.rounds)

    @property
    def against(self) -> float | None:
        """The median of the rival's, if there is one."""
        return median(self.rival_rounds) if self.rival_rounds else None

    @property
    def reached(self) -> float:
        """What the goal speaks of: the ratio to the rival; without one, the figure itself."""
        return self.value / self.against if self.against else self.value

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached."""
        return self.reached >= self.goal if self.at_least else self.reached <= self.goal

    def told(self) -> dict[str, Any]:
        """All of it, for the results file."""
        derived = {
            "value": self.value,
            "against": self.against,
            "reached": self.reached,
            "is_met": self.is_met,
        }
        return asdict(self) | derived
