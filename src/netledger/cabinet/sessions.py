"""How long a session of the cabinet holds, and what is seen through it at a glance: its commonest use by far."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

from netledger import sql
from netledger.cabinet.errors import SessionEnded
from netledger.cabinet.models import Session
from netledger.charging.forecast import Forecast, forecast
from netledger.installation.cabinet_settings import CabinetSettings
from netledger.network.queries import has_held_address

LASTS_MAX = timedelta(days=30)
"""However often it is used, a session is no older."""
SEEN_EVERY_MAX = timedelta(minutes=1)
"""No more often is it written down that a session was used, where it may be idle for ten minutes or more."""


class Standing(NamedTuple):
    """A session as it stands now, with the subscriber's balance, access, credit and plan of today."""

    now: datetime
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    address: str | None
    connection_id: int
    subscriber_id: int
    is_sound: bool
    """Neither its connection nor the contract has ended, and the secret is the one that it was made with."""
    balance: Decimal
    may_pass: bool
    lent_until_on: date | None
    plan_id: int | None
    """Of several that give access today: one that is not held, then the one that began last; as in the lists."""


class Glance(NamedTuple):
    """What a subscriber asks for most: his money, whether he may pass, and how long it lasts."""

    balance: Decimal
    may_pass: bool
    plan_id: int | None
    forecast: Forecast | None


def glance(*, token: str, seen_within_s: int, limits: CabinetSettings) -> Glance:
    """What the session's subscriber is shown at a glance; its use prolongs the session. Raises: SessionEnded."""
    standing = standing_of(token=token, seen_within_s=seen_within_s, limits=limits)
    return Glance(
        balance=standing.balance,
        may_pass=standing.may_pass,
        plan_id=standing.plan_id,
        forecast=forecast(standing.subscriber_id, lent_until_on=standing.lent_until_on),
    )


def standing_of(*, token: str, seen_within_s: int, limits: CabinetSettings) -> Standing:
    """The session of that token as it stands, if it still holds; its use prolongs it.

    It holds while it has not expired, the connection and the contract have not ended, the secret is the one that it
    was made with, and the address that it was made by has been the connection's alone ever since.

    Raises: SessionEnded.
    """
    standing = sql.maybe_prepared("cabinet/standing", Standing, token_hash=hash_of(token))
    if standing is None or not _holds(standing, seen_within_s):
        raise SessionEnded
    now = standing.now
    if expires_at(standing.created_at, standing.seen_at, limits) <= now:  # the limit may have become shorter
        raise SessionEnded
    if now >= standing.seen_at + _seen_every(limits):
        Session.objects.filter(pk=hash_of(token)).update(
            seen_at=now, expires_at=expires_at(standing.created_at, now, limits)
        )
    return standing


def expires_at(created_at: datetime, seen_at: datetime, limits: CabinetSettings) -> datetime:
    """The end of a session, no earlier than its idle time after a use that was not written down."""
    idle = timedelta(seconds=limits.session_idle_s) + _seen_every(limits)
    return min(seen_at + idle, created_at + LASTS_MAX)


def hash_of(token: str) -> str:
    """What a session is kept by."""
    return sha256(token.encode()).hexdigest()


def _holds(standing: Standing, seen_within_s: int) -> bool:
    if standing.expires_at <= standing.now or not standing.is_sound:
        return False
    return standing.address is None or has_held_address(
        standing.connection_id,
        standing.address,
        since_at=standing.created_at,
        seen_within_s=seen_within_s,
    )


def _seen_every(limits: CabinetSettings) -> timedelta:
    return min(SEEN_EVERY_MAX, timedelta(seconds=limits.session_idle_s) / 10)
