"""What a NAS tells of sessions. Events come twice, late and in any order, and do no harm.

The law of it: a connection has one open session. One that is heard of for the first time supersedes the open one, and
whichever else had its address on that NAS, if it is the later one; if it is the earlier one, it is only written down.
A stopped session never opens again, so a NAS must not use a code twice (RFC 2866, 5.5).
Source: design.md, "Access"; cases.md V20.
"""

import unicodedata
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from netledger.ledger import clock
from netledger.network.addresses import SHOWN_LENGTH_MAX, parse_address, parse_mac
from netledger.network.errors import (
    ConnectionEnded,
    ConnectionUnknown,
    SessionAddressChanged,
    SessionCodeMalformed,
)
from netledger.network.models import Connection, Session
from netledger.network.occupancy import lock_address, named_by_holder, require_no_connection_at
from netledger.network.queries import find_connection
from netledger.subscribers.queries import lock_subscriber

SESSION_CODE_LENGTH_MAX = 250
"""What RADIUS carries in one attribute (RFC 2865, 5), less a little."""


@transaction.atomic
def start_session(
    *, login: str, session_code: str, at: datetime, address: str | None = None, mac: str | None = None
) -> Session:
    """A NAS says that a session of that login began; also one that it has told of before.

    Args:
        session_code: the NAS's own id of the session.
        at: when it began; a moment to come is taken for now.

    Returns: the session as it is now kept, open or, where the news is old, stopped.
    Raises:
        ConnectionUnknown, ConnectionEnded: no such login, or not any more.
        AddressTaken: the address is another contract's on that NAS.
        SessionAddressChanged: the session is known by another address.
        SessionCodeMalformed, AddressMalformed, AddressUnusable, MacMalformed.
    """
    code = _checked_code(session_code)
    ipv4 = None if address is None else parse_address(address)
    hardware = None if mac is None else parse_mac(mac)
    connection = _locked(login, ipv4)
    if connection.ended_at is not None:
        raise ConnectionEnded(login=connection.login)
    lock_address(connection.nas_id, ipv4)
    moment = min(at, clock.now())
    session = _known(connection, code)
    if session is None:
        return _begin(Session(connection=connection, session_code=code, address=ipv4, mac=hardware), moment)
    return _renew(session, ipv4, hardware, moment)


def see_session(
    *, login: str, session_code: str, at: datetime, address: str | None = None, mac: str | None = None
) -> Session:
    """A NAS says that a session of that login lives; one whose start was lost opens by it.

    Arguments, answer and refusals are those of `start_session`: either says that the session was there.
    """
    return start_session(login=login, session_code=session_code, at=at, address=address, mac=mac)


@transaction.atomic
def stop_session(*, login: str, session_code: str, at: datetime) -> None:
    """A NAS says that a session of that login is over; one that is not known is written down as stopped.

    Raises: ConnectionUnknown, SessionCodeMalformed.
    """
    code = _checked_code(session_code)
    connection = _locked(login, None)
    moment = min(at, clock.now())
    session = _known(connection, code)
    if session is None:
        session = Session(connection=connection, session_code=code, nas_id=connection.nas_id, seen_at=moment)
    # What was superseded may have stopped before its successor began; nothing stops before it began.
    earliest = min(moment, session.stopped_at or moment)
    session.stopped_at = max(earliest, session.started_at or earliest)
    session.save()


def _known(connection: Connection, code: str) -> Session | None:
    """The session of that code, locked: who began to have its address just now may be superseding it."""
    return Session.objects.select_for_update().filter(connection=connection, session_code=code).first()


def _begin(session: Session, moment: datetime) -> Session:
    """Write down a session that was not known."""
    session.nas_id = session.connection.nas_id
    session.started_at = session.seen_at = moment
    _take_place(session, moment)
    return session


def _renew(session: Session, address: str | None, mac: str | None, moment: datetime) -> Session:
    """Take over what an event tells anew of a known session."""
    if session.address and address and session.address != address:
        raise SessionAddressChanged(
            session_code=session.session_code, known_address=session.address, address=address
        )
    learns_address = session.address is None and address is not None
    session.address = session.address or address
    session.mac = session.mac or mac
    session.started_at = min(moment, session.started_at or session.stopped_at or moment)
    if session.stopped_at is None:
        session.seen_at = max(session.seen_at, moment)
    if session.stopped_at is None and learns_address:
        _take_place(session, moment)
    else:
        session.save()
    return session


def _take_place(session: Session, moment: datetime) -> None:
    """Save a session as open in its place from that moment on, or as over, if a later one has the place already."""
    if session.address is not None:
        require_no_connection_at(session.connection, session.address)
    others = Session.objects.filter(_in_the_place_of(session)).exclude(pk=session.pk)
    later = others.filter(started_at__gt=moment).order_by("started_at").first()
    if later is not None:
        session.stopped_at = later.started_at
        session.save()
        return
    others.filter(stopped_at=None).update(stopped_at=moment)
    with named_by_holder(session.nas_id, session.address):
        session.save()


def _in_the_place_of(session: Session) -> Q:
    """The sessions of its connection, and those with its address on its NAS."""
    place = Q(connection=session.connection_id)
    if session.address is not None:
        place |= Q(nas=session.nas_id, address=session.address)
    return place


def _locked(login: str, address: str | None) -> Connection:
    """The connection of that login, read under the locks of its account and of who may lose the address to it."""
    found = find_connection(login)
    if found is None:
        raise ConnectionUnknown(login=login[:SHOWN_LENGTH_MAX])
    subscribers = {found.subscriber.account_id: found.subscriber_id}
    if address is not None:
        rivals = Session.objects.filter(nas=found.nas_id, address=address, stopped_at=None)
        subscribers |= dict(
            rivals.values_list("connection__subscriber__account_id", "connection__subscriber_id")
        )
    for account_id in sorted(subscribers):
        lock_subscriber(subscribers[account_id])
    return Connection.objects.get(pk=found.pk)


def _checked_code(text: str) -> str:
    """The code as it came; it is compared as text."""
    refused = any(unicodedata.category(character)[0] in "CZ" for character in text)
    if refused or not 1 <= len(text) <= SESSION_CODE_LENGTH_MAX:
        raise SessionCodeMalformed(text=text[:SHOWN_LENGTH_MAX], length_max=SESSION_CODE_LENGTH_MAX)
    return text
