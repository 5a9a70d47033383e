"""Who has an address on a NAS: a connection that has not ended, or an open session.

A unique index decides among connections, and one among sessions; none spans both tables. So whoever takes an address,
in either table, first keeps it to himself by `lock_address`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import QuerySet

from netledger import sql
from netledger.network.errors import AddressInSession, AddressTaken
from netledger.network.models import Connection, Nas, Session


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

    def taken() -> AddressTaken:
        assert address is not None, "an index holds nothing against a row without an address"
        return _taken(nas_id, address, _holder_of(nas_id, address))

    with sql.refusing(address_once_per_nas=taken, one_open_session_at_an_address=taken):
        yield


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


def _holder_of(nas_id: int, address: str) -> Connection:
    """Who has the address, now that whoever was first has committed."""
    holder = _connections_at(nas_id, address).first()
    if holder is not None:
        return holder
    sessions = Session.objects.select_related("connection__subscriber")
    return sessions.get(nas=nas_id, address=address, stopped_at=None).connection


def _connections_at(nas_id: int, address: str) -> QuerySet[Connection]:
    return Connection.objects.select_related("subscriber").filter(nas=nas_id, address=address, ended_at=None)


def _taken(nas_id: int, address: str, holder: Connection) -> AddressTaken:
    return AddressTaken(
        address=address,
        nas_address=Nas.objects.get(pk=nas_id).address,
        contract_number=holder.subscriber.contract_number,
    )
