"""The settings of staff's pages: from where they open, and how long one stays signed in."""

from typing import Annotated

from msgspec import Meta, Struct

from netledger.installation.declarations import said
from netledger.installation.setting_values import Networks, read_networks, read_whole_number, read_yes_no

AllowedStaffNetworks = Annotated[
    Networks,
    Meta(
        max_length=1000,
        extra=said(
            "allowed_ip",
            "Адреса и сети через пробел, с которых открываются страницы сотрудников (/admin/)",
            "Addresses and networks, separated by spaces, from which staff's pages (/admin/) open",
            read_networks,
        ),
    ),
]
PlainHttp = Annotated[
    bool,
    Meta(
        extra=said(
            "plain_http",
            "yes: страницы открываются с других машин и без https, и пароли видны всем на пути",
            "yes: the pages open to other machines without https too, and all on the way can read passwords",
            read_yes_no,
        )
    ),
]
StaffSessionIdle = Annotated[
    int,
    Meta(
        ge=60,
        le=86_400,
        extra=said(
            "session.idle_s",
            "Через сколько времени без запросов сотрудник должен войти снова",
            "After how long without a request a member of staff must sign in again",
            read_whole_number,
            unit=("с", "s"),
        ),
    ),
]
StaffSessionLongest = Annotated[
    int,
    Meta(
        ge=600,
        le=2_592_000,
        extra=said(
            "session.longest_s",
            "Через сколько времени после входа сотрудник должен войти снова, даже если он работает",
            "After how long a member of staff must sign in again, at work or not",
            read_whole_number,
            unit=("с", "s"),
        ),
    ),
]
StaffFailuresMax = Annotated[
    int,
    Meta(
        ge=1,
        le=1000,
        extra=said(
            "sign_in.failures_max",
            "После скольких неверных паролей подряд вход по этому логину с этого адреса (или сети IPv6 /64) "
            "откладывается",
            "After how many wrong passwords in a row signing in by that login from that address (or IPv6 /64) "
            "is delayed",
            read_whole_number,
        ),
    ),
]
StaffDelay = Annotated[
    int,
    Meta(
        ge=1,
        le=86_400,
        extra=said(
            "sign_in.delay_s",
            "На сколько он откладывается",
            "For how long it is delayed",
            read_whole_number,
            unit=("с", "s"),
        ),
    ),
]


class BackofficeSettings(Struct, frozen=True, kw_only=True):
    """The section `backoffice`: staff's pages."""

    allowed_ip: AllowedStaffNetworks = read_networks("127.0.0.1 ::1")
    plain_http: PlainHttp = False
    session_idle_s: StaffSessionIdle = 3600
    session_longest_s: StaffSessionLongest = 43_200
    sign_in_failures_max: StaffFailuresMax = 5
    sign_in_delay_s: StaffDelay = 900
