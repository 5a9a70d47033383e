"""What must not come near money: floats, and a clock other than the provider's."""

import ast
import re
from collections.abc import Iterable, Iterator

from house import statements
from house.tree import Offence, Script, Source

ROOMS_OF_MONEY = frozenset({"ledger", "payments", "charging"})
CLOCK_FUNCTIONS = frozenset({"access_now", "ledger_now"})
"""Which function tells the moment inside the database; it alone may look at the real clock."""

_FLOAT_TYPE = re.compile(r"\b(?:float[48]?|real|double\s+precision)\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"\b(?:current_date|current_time|current_timestamp|localtime|localtimestamp)\b"
    r"|\b(?:now|transaction_timestamp|statement_timestamp|timeofday)\s*\(|'(?:now|today|tomorrow|yesterday)'",
    re.IGNORECASE,
)
_REAL_CLOCK = re.compile(r"\bclock_timestamp\s*\(", re.IGNORECASE)


def floats(sources: Iterable[Source]) -> Iterator[Offence]:
    """Every float in the rooms of money: the word itself, and a literal with a point or an exponent."""
    for source in sources:
        if source.room not in ROOMS_OF_MONEY:
            continue
        for node in ast.walk(source.module):
            match node:
                case ast.Name(id="float") | ast.Constant(value=float()):
                    yield Offence(source.path, node.lineno, f"{ast.unparse(node)} is a float")


def float_columns(scripts: Iterable[Script]) -> Iterator[Offence]:
    """Every float type in the SQL of the rooms of money."""
    for script in scripts:
        if script.room in ROOMS_OF_MONEY:
            plain = statements.bare(script.text)
            for match in _FLOAT_TYPE.finditer(plain):
                line = statements.line_at(plain, match.start())
                yield Offence(script.path, line, f"{match.group()} is a float")


def foreign_clocks(scripts: Iterable[Script]) -> Iterator[Offence]:
    """Every look at a clock that is not the provider's; `clock_timestamp()` may fill `recorded_at` only."""
    for script in scripts:
        plain = statements.without_functions(statements.bare(script.text), CLOCK_FUNCTIONS)
        for match in _CLOCK.finditer(plain):
            line = statements.line_at(plain, match.start())
            yield Offence(script.path, line, f"{match.group()} is not the provider's clock")
        for match in _REAL_CLOCK.finditer(plain):
            if "recorded_at" not in _statement_around(plain, match.start()):
                line = statements.line_at(plain, match.start())
                yield Offence(script.path, line, "clock_timestamp() is for recorded_at only")


def _statement_around(text: str, position: int) -> str:
    start = text.rfind(";", 0, position) + 1
    end = text.find(";", position)
    return text[start : len(text) if end < 0 else end]
