"""Signing in to the cabinet and out of it."""

import hmac
import secrets
from typing import NamedTuple

import structlog

from netledger.cabinet.errors import AddressUnrecognized, SessionEnded, SignInRefused
from netledger.cabinet.guard import count_attempt
from netledger.cabinet.models import Session
from netledger.cabinet.sessions import expires_at, hash_of, standing_of
from netledger.installation.cabinet_settings import CabinetSettings
from netledger.installation.errors import SecretUnreadable
from netledger.installation.secret_key import decrypt, encrypt
from netledger.ledger import clock
from netledger.network.errors import ConnectionEnded
from netledger.network.models import Connection
from netledger.network.queries import find_connection, find_connection_at
from netledger.subscribers.errors import ContractClosed

TOKEN_BYTES = 32

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

    Raises: SessionEnded: as `standing_of` says, or it ends this very moment.
    """
    standing_of(token=token, seen_within_s=seen_within_s, limits=limits)
    sessions = Session.objects.select_related("connection__subscriber__account")
    session = sessions.filter(pk=hash_of(token)).first()
    if session is None:
        raise SessionEnded
    return session


def sign_out(session: Session) -> None:
    """End a session."""
    Session.objects.filter(pk=session.pk).delete()


def end_all_sessions() -> int:
    """Sign everybody out of the cabinet; how many sessions there were."""
    return Session.objects.all().delete()[0]


def _open_session(connection: Connection, address: str | None, limits: CabinetSettings) -> SignedIn:
    """A session that was made from the secret as it was read, so that it is over if that was changed meanwhile."""
    token, now = secrets.token_urlsafe(TOKEN_BYTES), clock.now()
    session = Session.objects.create(
        token_hash=hash_of(token),
        connection=connection,
        secret_changed_at=connection.secret_changed_at,
        address=address,
        created_at=now,
        seen_at=now,
        expires_at=expires_at(now, now, limits),
    )
    return SignedIn(token, session)


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
