"""Who had an address at a moment: the law asks for the past, and one address may be had on several NASes."""

from datetime import datetime
from typing import NamedTuple

from netledger import sql
from netledger.ledger import clock
from netledger.ledger.errors import MomentInFuture
from netledger.network.errors import AddressOfNobody


class Holder(NamedTuple):
    """A connection that had an address on a NAS, from a moment to a moment (None: has it still).

    By a session, which has its code, MAC and when it was last heard of; or as a static address, without them.
    """

    nas_address: str
    login: str
    subscriber_id: int
    contract_number: str
    from_at: datetime
    until_at: datetime | None
    session_code: str | None
    seen_at: datetime | None
    mac: str | None


class Held(NamedTuple):
    """All holders of an address at a moment, by NAS."""

    at: datetime
    holders: list[Holder]


def holders_of(address: str, *, at: datetime | None = None) -> Held:
    """Who has an IPv4 address, or had it at a moment (with its zone).

    A session holds its address until its stop was told, or another began in its place; one of which only the stop was
    heard holds nothing, for nobody knows since when.

    Raises: MomentInFuture. AddressOfNobody.
    """
    now = clock.now()
    if at is not None and at > now:
        raise MomentInFuture(at=at.astimezone(clock.zone()))
    moment = at or now
    holders = sql.rows("network/holders_at", Holder, address=address, at=moment)
    if not holders:
        raise AddressOfNobody(address=address, at=moment.astimezone(clock.zone()))
    return Held(moment, holders)
