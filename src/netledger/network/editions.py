"""Which edition of a list it is: what a router that has it already is told by its tag, without reading it anew.

The same tag means: nothing has been committed since that changes a line. It holds the list's version, which is raised
at commit (docs/database.md, "The versions of the lists"), the day, so that what a date alone brings needs no raising,
and which database it is, so that no tag from before a restore matches. News of sessions raises a version in batches
(tasks.py): within one the same tag may stand over two lists, so it is a weak one (RFC 9110, 8.8.1). A clock that was
set back brings sessions to life of which no news comes: the next sweep raises all versions.
"""

from datetime import date, datetime
from functools import cache
from hashlib import sha256
from ipaddress import IPv4Address
from typing import Literal, NamedTuple
from uuid import UUID

from netledger import sql

State = Literal["negbal", "blocked", "logged"]
"""Which of the three lists."""


class _Found(NamedTuple):
    nas_id: int
    version: int
    identity: UUID
    at: datetime
    today: date


class Edition(NamedTuple):
    """One of the lists of a NAS as it is at a moment, and what it rests on."""

    nas_id: int
    state: State
    version: int
    identity: UUID
    at: datetime
    today: date
    """The provider's date at that moment."""
    seen_within_s: int
    """How long a session lives after it was last heard of."""

    def tag(self, form: str) -> str:
        """What names this edition in that form (any text that says how its bytes are made), as an ETag."""
        rests_on = (self.identity, self.nas_id, self.state, self.today, self.seen_within_s, _made_by(), form)
        return f'W/"{self.version}-{sha256(repr(rests_on).encode()).hexdigest()[:16]}"'


def find_edition(address: str | IPv4Address, *, state: State, seen_within_s: int) -> Edition | None:
    """The list as it is now, in one look; None, if no NAS in use has the address.

    A list that is read by it in the same snapshot (`sql.snapshot`) is of this edition.
    """
    found = sql.maybe("network/find_edition", _Found, address=str(address), state=state)
    return found and Edition(**found._asdict(), state=state, seen_within_s=seen_within_s)


@cache
def _made_by() -> str:
    """What makes the lines: another netledger may make others."""
    names = ("network/list_entries", "network/list_lines", "network/list_objects")
    return sha256("".join(map(sql.text_of, names)).encode()).hexdigest()
