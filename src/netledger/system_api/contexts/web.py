"""Context web, answered by cabinet and asr_cabinet too: what the subscriber's cabinet calls.

Specification: «API личного кабинета». The caller is the cabinet's host; whom it speaks for is told by a session.
"""

from msgspec import Struct

from netledger.cabinet.errors import AddressUnrecognized, SessionEnded, SignInDelayed, SignInRefused
from netledger.cabinet.models import Session
from netledger.cabinet.queries import overview_of
from netledger.cabinet.services import SignedIn, resume_session, sign_in, sign_in_by_address, sign_out
from netledger.cabinet.sessions import glance
from netledger.errors import Language
from netledger.network.errors import ConnectionEnded
from netledger.subscribers.errors import ContractClosed
from netledger.system_api.cabinet_records import (
    MessageRecord,
    SignedInRecord,
    UserAnswer,
    UserInfoRecord,
    UserRecord,
)
from netledger.system_api.declaration import Call, method
from netledger.system_api.scalars import ConnectionSecret, DeviceAddress, LoginText, SessionToken

SIGNED_IN: dict[Language, str] = {"ru": "Вход выполнен", "en": "Signed in"}
SIGNED_OUT: dict[Language, str] = {"ru": "Выход выполнен", "en": "Signed out"}
NOT_SHOWN = "clients.md"
"""Not in the specification; what clients send."""


class Login(Struct, frozen=True):
    """The login and the secret of a connection."""

    login: LoginText
    passwd: ConnectionSecret


class AutoLogin(Struct, frozen=True):
    """Where the subscriber calls from."""

    src_ip: DeviceAddress


class InSession(Struct, frozen=True):
    """Whom the cabinet speaks for; without one he is to sign in."""

    suid: SessionToken = SessionToken("")


@method(
    context="web",
    model="users",
    name="web_cabinet.login",
    spec="API личного кабинета, 1",
    refusals=(
        SignInRefused,
        SignInDelayed,
        ContractClosed,
        ConnectionEnded,
    ),
)
def login(given: Login, call: Call) -> SignedInRecord:
    """Sign in by login and password."""
    entered = sign_in(login=given.login, secret=given.passwd, limits=call.settings.cabinet)
    return _signed_in(entered, call)


@method(
    context="web",
    model="users",
    name="web_cabinet.try_auto_login",
    spec="API личного кабинета, 2",
    refusals=(AddressUnrecognized,),
)
def try_auto_login(given: AutoLogin, call: Call) -> SignedInRecord:
    """Sign in by the address that the subscriber calls from, if it is one connection's alone."""
    entered = sign_in_by_address(
        address=str(given.src_ip),
        seen_within_s=call.settings.network.session_seen_within_s,
        limits=call.settings.cabinet,
    )
    return _signed_in(entered, call)


@method(
    context="web",
    model="users",
    name="web_cabinet.user_info",
    spec="API личного кабинета, 3",
    refusals=(SessionEnded,),
)
def user_info(given: InSession, call: Call) -> UserInfoRecord:
    """Balance, plan and how long the money lasts."""
    return UserInfoRecord.of(
        glance(
            token=given.suid,
            seen_within_s=call.settings.network.session_seen_within_s,
            limits=call.settings.cabinet,
        )
    )


@method(
    context="web",
    model="users",
    name="web_cabinet.get_user",
    spec=NOT_SHOWN,
    refusals=(SessionEnded,),
)
def get_user(given: InSession, call: Call) -> UserAnswer:
    """The connection and the contract."""
    connection = _session(given, call).connection
    return UserAnswer(user=UserRecord.of(overview_of(connection)), user_text=connection.login)


@method(
    context="web",
    model="users",
    name="web_cabinet.logout",
    spec=NOT_SHOWN,
    refusals=(SessionEnded,),
)
def logout(given: InSession, call: Call) -> MessageRecord:
    """End the session."""
    sign_out(_session(given, call))
    return MessageRecord(SIGNED_OUT[call.language])


def _signed_in(entered: SignedIn, call: Call) -> SignedInRecord:
    return SignedInRecord(
        session_id=entered.token,
        message=SIGNED_IN[call.language],
        user=UserRecord.of(overview_of(entered.session.connection)),
    )


def _session(given: InSession, call: Call) -> Session:
    return resume_session(
        token=given.suid,
        seen_within_s=call.settings.network.session_seen_within_s,
        limits=call.settings.cabinet,
    )
