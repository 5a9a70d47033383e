"""What a demonstration's answer tells of its cost."""

import re

TOLD = re.compile(r'total;dur=([0-9.]+), database;dur=([0-9.]+);desc="queries: ([0-9]+)"')


def told_by(headers: dict[str, str]) -> tuple[float, float, int]:
    """Total and database milliseconds, and queries."""
    lower = {name.lower(): text for name, text in headers.items()}
    found = TOLD.fullmatch(lower["server-timing"])
    assert found is not None, lower
    assert found[3] == lower["x-query-count"]
    return float(found[1]), float(found[2]), int(found[3])
