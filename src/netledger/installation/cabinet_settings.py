"""The settings of the subscribers' cabinet: how long one stays signed in, how often one may fail."""

from typing import Annotated

from msgspec import Meta, Struct

from netledger.installation.declarations import said
from netledger.installation.setting_values import read_whole_number

SessionIdle = Annotated[
    int,
    Meta(
        ge=60,
        le=2_592_000,
        extra=said(
            "session.idle_s",
            "Сколько времени абонент остаётся в кабинете после последнего запроса",
            "How long a subscriber stays signed in to the cabinet after the last request",
            read_whole_number,
            unit=("с", "s"),
        ),
    ),
]
FailuresMax = Annotated[
    int,
    Meta(
        ge=1,
        le=1000,
        extra=said(
            "sign_in.failures_max",
            "После скольких неверных паролей подряд вход по этому логину откладывается",
            "After how many wrong passwords in a row signing in by that login is delayed",
            read_whole_number,
        ),
    ),
]
DelayMax = Annotated[
    int,
    Meta(
        ge=1,
        le=86_400,
        extra=said(
            "sign_in.delay_max_s",
            "На сколько самое большее откладывается вход по одному логину; начинается с 10 с и удваивается",
            "For how long signing in by one login is delayed at most; it begins at 10 s and doubles",
            read_whole_number,
            unit=("с", "s"),
        ),
    ),
]
FailuresAMinute = Annotated[
    int,
    Meta(
        ge=1,
        le=1_000_000,
        extra=said(
            "sign_in.failures_a_minute",
            "Сколько неудачных входов в минуту по всем логинам вместе принимается, прежде чем вход откладывается всем",
            "How many failures a minute, by all logins together, are taken before signing in is delayed for all",
            read_whole_number,
        ),
    ),
]


class CabinetSettings(Struct, frozen=True, kw_only=True):
    """The section `cabinet`: sessions, and the guard against guessing."""

    session_idle_s: SessionIdle = 86_400
    sign_in_failures_max: FailuresMax = 5
    sign_in_delay_max_s: DelayMax = 900
    sign_in_failures_a_minute: FailuresAMinute = 120
