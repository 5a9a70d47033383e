"""What the demonstration provider consists of: its shares and its span of time, stated in this one place."""

from enum import Enum

SUBSCRIBERS_AT_FIRST = 1000
SUBSCRIBERS_MIN = 200
SUBSCRIBERS_MAX = 2_000_000

HISTORY_DAYS = 60
"""Charges of so many days, the last of them the day before yesterday, so that there is something to charge."""
MANY = 50_000
"""From so many subscribers on there are fewer days, so that a provider with a million of them is made in minutes."""
HISTORY_DAYS_OF_MANY = 18
NAS_COUNT = 4


class Standing(Enum):
    """How a subscriber stands with the provider."""

    PAID = "has paid ahead and is open"
    OWING = "owes and is closed"
    BLOCKED = "has paid, and the administrator has blocked him"
    BLOCKED_OWING = "both owes and is blocked"
    CREDIT = "owes and is open by a credit without end"
    CREDIT_UNTIL = "owes and is open by a credit with an end"
    CLOSED = "has closed the contract"
    SIGNED = "has signed the contract and is not connected yet"


STANDINGS = {
    Standing.PAID: 34,
    Standing.OWING: 7,
    Standing.BLOCKED: 2,
    Standing.BLOCKED_OWING: 1,
    Standing.CREDIT: 2,
    Standing.CREDIT_UNTIL: 2,
    Standing.CLOSED: 1,
    Standing.SIGNED: 1,
}
"""How many of each fifty subscribers of a NAS stand so: with fifty, a NAS has all of them."""

IN_DEBT = frozenset({Standing.OWING, Standing.BLOCKED_OWING, Standing.CREDIT, Standing.CREDIT_UNTIL})
ON_CREDIT = frozenset({Standing.CREDIT, Standing.CREDIT_UNTIL})
BLOCKED = frozenset({Standing.BLOCKED, Standing.BLOCKED_OWING})


class Line(Enum):
    """How a subscriber is connected."""

    STATIC = "by a static address"
    NAT = "by a static address behind NAT"
    SESSION = "by session, and online"
    IDLE = "by session, and not online"


LINES = (
    Line.STATIC,
    Line.SESSION,
    Line.STATIC,
    Line.NAT,
    Line.STATIC,
    Line.SESSION,
    Line.STATIC,
    Line.NAT,
    Line.STATIC,
    Line.IDLE,
)
"""How each ten of those fifty are connected, standing by standing: of two neighbours one has a static address."""

DECK = tuple(
    (standing, LINES[place % len(LINES)])
    for place, standing in enumerate(standing for standing, share in STANDINGS.items() for _ in range(share))
)
"""Fifty subscribers of a NAS."""

NEWCOMER_OF = 12
"""One of so many came within the span; the others brought a balance along from before it."""
PERSONAL_SPEED_OF = 40
"""One of so many has a speed of his own."""
DAYS_AHEAD = (3, 30)
"""For how many days who has paid has paid ahead, at least and at most."""
DAYS_IN_DEBT = (1, 25)
