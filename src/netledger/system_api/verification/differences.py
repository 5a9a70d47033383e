"""In what two answers to one call differ: so a provider sees, before the switch, what will change for its clients."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from netledger.system_api.declaration import Method
from netledger.system_api.description import is_of_text
from netledger.system_api.verification.said import Said
from netledger.system_api.verification.shapes import value_of

OWN_TO_EACH = frozenset({"session_id", "message"})
"""What is another text each time or at each host."""
SHOWN_MAX = 3
VALUE_SHOWN_MAX = 40
NOTHING = "—"


def differences(method: Method, first: bytes, second: bytes) -> Said | None:
    """What is in one of two bodies and not in the other; nothing, if they say the same."""
    if is_of_text(method):
        return _of_lists(first.decode(errors="replace"), second.decode(errors="replace"))
    found = list(islice(_of_values(value_of(first), value_of(second), ""), SHOWN_MAX + 1))
    if not found:
        return None
    shown = "; ".join(found[:SHOWN_MAX]) + "; …" * (len(found) > SHOWN_MAX)
    return Said(shown, shown)


def _of_lists(first: str, second: str) -> Said | None:
    """Lines that only one has, counted, and the first addresses of them."""
    ours, theirs = set(first.splitlines()), set(second.splitlines())
    parts = []
    for number, only in ((1, ours - theirs), (2, theirs - ours)):
        if only:
            addresses = ", ".join(sorted(line.partition(" ")[0] for line in only)[:SHOWN_MAX])
            parts.append((number, len(only), addresses))
    if not parts:
        return None
    return Said(
        "; ".join(f"только в {number}: строк {count} ({addresses})" for number, count, addresses in parts),
        "; ".join(f"only in {number}: {count} line(s) ({addresses})" for number, count, addresses in parts),
    )


def _of_values(first: Any, second: Any, place: str) -> Iterator[str]:
    if isinstance(first, dict) and isinstance(second, dict):
        for name in dict.fromkeys([*first, *second]):
            if name not in OWN_TO_EACH:
                inner = f"{place}.{name}" if place else name
                yield from _of_values(first.get(name, NOTHING), second.get(name, NOTHING), inner)
    elif isinstance(first, list) and isinstance(second, list):
        if len(first) != len(second):
            yield f"{place or '[]'}: {len(first)} / {len(second)}"
        for number, (one, other) in enumerate(zip(first, second, strict=False)):
            yield from _of_values(one, other, f"{place}[{number}]")
    elif first != second:
        yield f"{place}: {_shown(first)} / {_shown(second)}"


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= VALUE_SHOWN_MAX else text[:VALUE_SHOWN_MAX] + "…"
