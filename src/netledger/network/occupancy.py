"""Who has an address on a NAS: a connection that has not ended, or an open session.

A unique index decides among connections, and one among sessions; none spans both tables. So whoever takes an address,
in either table, first keeps it to himself by `lock_address`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from psycopg import Error as DatabaseError

from netledger import sql
from netledger.network.errors import AddressInSession, AddressTaken
from netledger.network.models import Connection, Nas, Session

DECIDING_INDEXES = frozenset({"address_once_per_nas", "one_open_session_at_an_address"})


def lock_address(nas_id: int, address: str | None) -> None:
    """Keep an address on a NAS to this transaction, before it looks who has it; None is no address.

    To be called after the accounts' locks and before any row is written, once a transaction: who holds one address
    waits for no other.
    """
    if address is not None:
        sql.run("network/lock_address", nas_id=nas_id, address=address)


@contextmanager
def named_by_holder(nas_id: int, address: str | None) -> Iterator[None]:
    """Write what takes an address; where a unique index refuses it, name the contract that has it.

    The index decides, never a look-up before the write.

    Raises: AddressTaken.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        holder = _holder_of(nas_id, address) if _decided_by(error) in DECIDING_INDEXES else None
        if address is None or holder is None:
            raise
        raise _taken(nas_id, address, holder) from error


def require_no_session_at(connection: Connection) -> None:
    """Refuse a static address that another connection's open session has on that NAS.

    Raises: AddressInSession: names the session, so that it can be stopped.
    """
    session = (
        Session.objects.select_related("connection__subscriber", "nas")
        .filter(nas=connection.nas_id, address=connection.address, stopped_at=None)
        .exclude(address=None)
        .exclude(connection=connection.pk)
        .first()
    )
    if session is not None:
        raise AddressInSession(
            address=str(session.address),
            nas_address=session.nas.address,
            contract_number=session.connection.subscriber.contract_number,
            login=session.connection.login,
            session_code=session.session_code,
        )


def require_no_connection_at(connection: Connection, address: str) -> None:
    """Refuse an address of a session that is another connection's static one on that NAS.

    Raises: AddressTaken.
    """
    other = _connections_at(connection.nas_id, address).exclude(pk=connection.pk).first()
    if other is not None:
        raise _taken(connection.nas_id, address, other)


def _holder_of(nas_id: int, address: str | None) -> Connection | None:
    """Who has the address, now that whoever was first has committed."""
    holder = _connections_at(nas_id, address).first()
    if holder is not None:
        return holder
    session = (
        Session.objects.select_related("connection__subscriber")
        .filter(nas=nas_id, address=address, stopped_at=None)
        .first()
    )
    return session.connection if session else None


def _connections_at(nas_id: int, address: str | None) -> QuerySet[Connection]:
    return Connection.objects.select_related("subscriber").filter(nas=nas_id, address=address, ended_at=None)


def _decided_by(error: IntegrityError) -> str | None:
    """The name of the constraint that refused the write."""
    cause = error.__cause__
    return cause.diag.constraint_name if isinstance(cause, DatabaseError) else None


def _taken(nas_id: int, address: str, holder: Connection) -> AddressTaken:
    return AddressTaken(
        address=address,
        nas_address=Nas.objects.get(pk=nas_id).address,
        contract_number=holder.subscriber.contract_number,
    )
