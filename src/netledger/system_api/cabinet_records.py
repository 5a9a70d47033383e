"""The objects that the cabinet's methods answer, in the exact forms that its clients take apart.

Values inside the objects are strings; `user_info` alone is flat and has JSON numbers. A key that begins with `__` is
the printable form of what another key names. What no rule computes yet is absent. Source: clients.md.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Self

from msgspec import UNSET, Struct, UnsetType

from netledger.cabinet.queries import Overview
from netledger.cabinet.sessions import Glance
from netledger.ledger.clock import zone
from netledger.subscribers.models import Subscriber
from netledger.system_api.records import provider_time, roubles

Optional = str | UnsetType


class AccountRecord(Struct, frozen=True, rename={"text": "__self"}):
    """The account, printed."""

    text: str


class TariffRecord(Struct, frozen=True, rename={"text": "__tarif"}):
    """The tariff plan, printed."""

    text: str


class CabinetAbonentRecord(
    Struct,
    frozen=True,
    kw_only=True,
    rename={"account_text": "__account", "tarif_text": "__tarif", "home_text": "__home"},
):
    """The contract."""

    pk: str
    name: str
    contract_number: str
    account_text: str
    """`№ 12345 Баланс: 100.00`: the contract number, the balance with its two places."""
    account: AccountRecord
    tarif_text: str
    """The tariff plan's name; empty: none."""
    tarif: TariffRecord
    activate_date: str
    """When the first subscription began, YYYY-MM-DD; empty: none has."""
    create_date: str
    create_date_system: str
    """YYYY-MM-DD HH:MM:SS."""
    abon_pay_for_today: Optional
    """What today's plans cost today."""
    minimal_pay_sum: Optional
    recomend_pay_sum: Optional
    allow_internet: str
    sms: str
    """The phone."""
    email: str
    home_text: str
    """Street and house."""
    a_home_number: str
    """The flat."""
    own_disabled_start: str = ""
    """The subscriber's own pause, which there is none of yet."""
    own_disabled_end: str = ""

    @classmethod
    def of(cls, overview: Overview) -> Self:
        """The record of that subscriber."""
        subscriber, forecast = overview.subscriber, overview.forecast
        account = f"№ {subscriber.contract_number} Баланс: {roubles(overview.balance)}"
        plan = overview.tariff_plan.name if overview.tariff_plan else ""
        return cls(
            pk=str(subscriber.pk),
            name=subscriber.name,
            contract_number=subscriber.contract_number,
            account_text=account,
            account=AccountRecord(account),
            tarif_text=plan,
            tarif=TariffRecord(plan),
            activate_date=_date_of(subscriber.activated_at),
            create_date=_date_of(subscriber.created_at),
            create_date_system=provider_time(subscriber.created_at),
            abon_pay_for_today=_sum(overview.fees.today),
            minimal_pay_sum=_sum(forecast.minimal if forecast else None),
            recomend_pay_sum=_sum(forecast.recommended if forecast else None),
            allow_internet="1" if overview.may_pass else "0",
            sms=subscriber.phone,
            email=subscriber.email,
            home_text=_home_of(subscriber),
            a_home_number=subscriber.flat,
        )


class UserRecord(
    Struct, frozen=True, kw_only=True, rename={"self_text": "__self", "abonent_text": "__abonent"}
):
    """The connection that the subscriber has signed in by, with his contract."""

    pk: str
    login: str
    self_text: str
    """The login."""
    abonent_text: str
    """The subscriber's name."""
    enabled: str
    phone: str
    email: str
    home: str
    """The address, in one line."""
    abonent_pay: str
    """What today's plans cost a month."""
    abonent_pay_next_date: Optional
    """When something is charged next, YYYY-MM-DD."""
    abonent: CabinetAbonentRecord

    @classmethod
    def of(cls, overview: Overview) -> Self:
        """The record of that connection."""
        connection, subscriber, next_on = overview.connection, overview.subscriber, overview.fees.next_on
        return cls(
            pk=str(connection.pk),
            login=connection.login,
            self_text=connection.login,
            abonent_text=subscriber.name,
            enabled="1" if connection.enabled else "0",
            phone=subscriber.phone,
            email=subscriber.email,
            home=", ".join(part for part in (_home_of(subscriber), subscriber.flat) if part),
            abonent_pay=roubles(overview.fees.a_month),
            abonent_pay_next_date=UNSET if next_on is None else next_on.isoformat(),
            abonent=CabinetAbonentRecord.of(overview),
        )


class CurrencyRecord(Struct, frozen=True, rename="upper"):
    """What sums are in."""

    name: str = "Российский рубль"
    short_name: str = "руб"


class SignedInRecord(Struct, frozen=True, kw_only=True):
    """What `login` and `try_auto_login` answer."""

    session_id: str
    """For `suid` of the calls that follow: letters, digits, `-` and `_`."""
    message: str
    user: UserRecord
    currency: CurrencyRecord = CurrencyRecord()


class UserAnswer(Struct, frozen=True, kw_only=True, rename={"user_text": "__user"}):
    """What `get_user` answers."""

    user: UserRecord
    user_text: str
    """The login."""


class UserInfoRecord(Struct, frozen=True, kw_only=True):
    """What `user_info` answers: flat, sums as JSON numbers with their two places."""

    tarif_id: int
    """The tariff plan; 0: none."""
    balance: Decimal
    in_block: str
    """1: access is closed, for whatever reason."""
    enough_to_date: Optional
    """The last day that the money is enough for, YYYY-MM-DD."""
    minimal_pay_sum: Decimal | UnsetType
    """What must be paid for the account to be open."""
    recomend_pay_sum: Decimal | UnsetType
    """What covers this month and the next."""

    @classmethod
    def of(cls, glance: Glance) -> Self:
        """The record of that subscriber."""
        forecast = glance.forecast
        return cls(
            tarif_id=glance.plan_id or 0,
            balance=glance.balance,
            in_block="0" if glance.may_pass else "1",
            enough_to_date=forecast.enough_to_on.isoformat() if forecast else UNSET,
            minimal_pay_sum=forecast.minimal if forecast else UNSET,
            recomend_pay_sum=forecast.recommended if forecast else UNSET,
        )


class MessageRecord(Struct, frozen=True):
    """That it is done."""

    message: str


def _sum(amount: Decimal | None) -> Optional:
    return UNSET if amount is None else roubles(amount)


def _date_of(moment: datetime | None) -> str:
    """The provider's date at that moment; empty without one."""
    day: date | None = moment.astimezone(zone()).date() if moment else None
    return day.isoformat() if day else ""


def _home_of(subscriber: Subscriber) -> str:
    return ", ".join(part for part in (subscriber.street, subscriber.house) if part)
