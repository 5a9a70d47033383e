"""Signing in to the cabinet and out of it."""

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

import structlog

from netledger.cabinet.errors import AddressUnrecognized, SessionEnded, SignInRefused
from netledger.cabinet.guard import count_attempt
from netledger.cabinet.models import Session
from netledger.installation.cabinet_settings import CabinetSettings
from netledger.installation.errors import SecretUnreadable
from netledger.installation.secret_key import decrypt, encrypt
from netledger.ledger import clock
from netledger.network.errors import ConnectionEnded
from netledger.network.models import Connection
from netledger.network.queries import find_connection, find_connection_at, has_held_address
from netledger.subscribers.errors import ContractClosed

TOKEN_BYTES = 32
LASTS_MAX = timedelta(days=30)
"""However often it is used, a session is no older."""
SEEN_EVERY_MAX = timedelta(minutes=1)
"""No more often is it written down that a session was used, where it may be idle for ten minutes or more."""

log = structlog.get_logger("netledger.cabinet")


class SignedIn(NamedTuple):
    """A new session, and its token, which is told once and kept nowhere."""

    token: str
    session: Session


class SecretLost(Exception):
    """A connection's secret cannot be decrypted with the keys that there are: a trouble of ours."""


def sign_in(*, login: str, secret: str, limits: CabinetSettings) -> SignedIn:
    """Let in who knows a connection's login and secret, whatever he owes and whoever has blocked him.

    It is not one transaction: the attempt stays counted, whatever becomes of it. The secret is compared before the
    guard is asked, which decides whether anybody is told.

    Raises:
        SignInDelayed: too many have failed; says for how long.
        SignInRefused: login or secret is wrong; the same answer after the same work, whichever it is.
        ConnectionEnded, ContractClosed: both are right, and it is too late.
    """
    connection = find_connection(login)
    is_right = _is_secret_of(connection, secret)
    count_attempt(login, has_failed=not is_right, limits=limits)
    if not is_right or connection is None:
        log.warning("sign-in failed", connection_id=connection.pk if connection else None)
        raise SignInRefused
    if connection.subscriber.closed_at is not None:
        raise ContractClosed(contract_number=connection.subscriber.contract_number)
    if connection.ended_at is not None:
        raise ConnectionEnded(login=connection.login)
    return _open_session(connection, None, limits)


def sign_in_by_address(*, address: str, seen_within_s: int, limits: CabinetSettings) -> SignedIn:
    """Let in, to look, who calls from an address that is one connection's alone.

    Args:
        address: the subscriber's, as the cabinet's host has seen it.
        seen_within_s: how long a session of the network lives after it was last heard of.

    Raises: AddressUnrecognized: it is nobody's, or of several.
    """
    connection = find_connection_at(address, seen_within_s=seen_within_s)
    if connection is None:
        raise AddressUnrecognized(address=address)
    return _open_session(connection, address, limits)


def resume_session(*, token: str, seen_within_s: int, limits: CabinetSettings) -> Session:
    """The session of that token, with its connection and subscriber, if it still holds; its use prolongs it.

    It holds while it has not expired, the connection and the contract have not ended, the secret is the one that it
    was made with, and the address that it was made by has been the connection's alone ever since.

    Raises: SessionEnded.
    """
    sessions = Session.objects.filter(pk=_hash_of(token))
    session = sessions.select_related("connection__subscriber__account").first()
    now = clock.now()
    if session is None or not _holds(session, now, seen_within_s):
        raise SessionEnded
    if _expires_at(session.created_at, session.seen_at, limits) <= now:  # the limit may have become shorter
        raise SessionEnded
    if now >= session.seen_at + _seen_every(limits):
        sessions.update(seen_at=now, expires_at=_expires_at(session.created_at, now, limits))
    return session


def sign_out(session: Session) -> None:
    """End a session."""
    Session.objects.filter(pk=session.pk).delete()


def _open_session(connection: Connection, address: str | None, limits: CabinetSettings) -> SignedIn:
    """A session that was made from the secret as it was read, so that it is over if that was changed meanwhile."""
    token, now = secrets.token_urlsafe(TOKEN_BYTES), clock.now()
    session = Session.objects.create(
        token_hash=_hash_of(token),
        connection=connection,
        secret_changed_at=connection.secret_changed_at,
        address=address,
        created_at=now,
        seen_at=now,
        expires_at=_expires_at(now, now, limits),
    )
    return SignedIn(token, session)


def _holds(session: Session, now: datetime, seen_within_s: int) -> bool:
    connection = session.connection
    return (
        session.expires_at > now
        and connection.ended_at is None
        and connection.subscriber.closed_at is None
        and connection.secret_changed_at == session.secret_changed_at
        and (
            session.address is None
            or has_held_address(
                connection.pk, session.address, since_at=session.created_at, seen_within_s=seen_within_s
            )
        )
    )


def end_all_sessions() -> int:
    """Sign everybody out of the cabinet; how many sessions there were."""
    return Session.objects.all().delete()[0]


def _is_secret_of(connection: Connection | None, secret: str) -> bool:
    """Whether that is the connection's secret; without a connection it is not, and it takes as long to say so."""
    if connection is None:
        encrypt(secret)
        return False
    try:
        kept = decrypt(bytes(connection.secret))
    except SecretUnreadable as trouble:
        raise SecretLost from trouble
    return hmac.compare_digest(kept.encode(), secret.encode())


def _expires_at(created_at: datetime, seen_at: datetime, limits: CabinetSettings) -> datetime:
    """The end of a session, no earlier than its idle time after a use that was not written down."""
    idle = timedelta(seconds=limits.session_idle_s) + _seen_every(limits)
    return min(seen_at + idle, created_at + LASTS_MAX)


def _seen_every(limits: CabinetSettings) -> timedelta:
    return min(SEEN_EVERY_MAX, timedelta(seconds=limits.session_idle_s) / 10)


def _hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()
