"""The objects that 1C is answered, with Carbon's names for their fields: bare lists, `pk` beside `fields`.

Operations are flat, with every key always there. All values are strings, as everywhere on this wire, but for the
number of an attribute. What exists nowhere yet (cards, an operator's result, acts) is empty. Source: clients.md, "1C".
"""

from typing import Any, Self

from msgspec import Struct

from netledger.ledger.models import Transfer
from netledger.ledger.queries import Turnover
from netledger.network.queries import ReachedBy
from netledger.payments.queries import Operation
from netledger.subscribers.models import Subscriber
from netledger.subscribers.queries import OnecEntry
from netledger.system_api.records import provider_time, roubles

INN, KPP, LEGAL_ADDRESS, ACTUAL_ADDRESS = 4, 5, 25, 26
"""The numbers by which 1C asks for what is told of a subscriber."""
PAYMENTS = "2"
"""1C's number of that kind of operation."""
_DESCRIPTIONS: dict[str, str] = {
    Transfer.Kind.OPENING: "Начальный остаток",
    Transfer.Kind.PAYMENT: "",
    Transfer.Kind.CHARGE: "Списание",
    Transfer.Kind.CORRECTION: "Корректировка",
    Transfer.Kind.REVERSAL: "Сторно операции {}",
}


class OnecAbonentFields(Struct, frozen=True, kw_only=True):
    """A subscriber."""

    account: str
    name: str
    code1c: str
    """Empty where 1C has told none."""
    email: str
    company: str
    """0: a natural person."""
    sms: str
    """The telephone for messages."""
    contract_number: str


class OnecAbonent(Struct, frozen=True):
    """A subscriber with his id."""

    pk: str
    fields: OnecAbonentFields

    @classmethod
    def of(cls, entry: OnecEntry) -> Self:
        """The item of that subscriber."""
        fields = OnecAbonentFields(
            account=str(entry.account_id),
            name=entry.name,
            code1c=entry.onec_code or "",
            email=entry.email,
            company="1" if entry.is_company else "0",
            sms=entry.phone,
            contract_number=entry.contract_number,
        )
        return cls(str(entry.subscriber_id), fields)

    @classmethod
    def of_subscriber(cls, subscriber: Subscriber) -> Self:
        """The same of one who was read by himself."""
        columns = {name: getattr(subscriber, name) for name in OnecEntry._fields if name != "subscriber_id"}
        return cls.of(OnecEntry(subscriber_id=subscriber.pk, **columns))


class AttributeFields(Struct, frozen=True):
    """One thing that is told of a subscriber."""

    attribute: int
    """4 INN, 5 KPP, 25 legal address, 26 actual address; a number, as 1C compares it."""
    attribute_value: str


class Attribute(Struct, frozen=True):
    """One thing that is told of a subscriber; its id is its number."""

    pk: str
    fields: AttributeFields

    @classmethod
    def all_of(cls, subscriber: Subscriber) -> list[Self]:
        """What is told of that subscriber; what is empty is not there."""
        told = {
            INN: subscriber.inn,
            KPP: subscriber.kpp,
            LEGAL_ADDRESS: subscriber.legal_address,
            ACTUAL_ADDRESS: subscriber.actual_address,
        }
        return [cls(str(number), AttributeFields(number, text)) for number, text in told.items() if text]


class ReachedByFields(Struct, frozen=True):
    """A connection."""

    login: str
    ip: str
    """Its own address or its live session's; empty where there is none."""


class OnecUser(Struct, frozen=True):
    """A connection with its id."""

    pk: str
    fields: ReachedByFields

    @classmethod
    def of(cls, reached_by: ReachedBy) -> Self:
        """The item of that connection."""
        fields = ReachedByFields(reached_by.login, reached_by.address or "")
        return cls(str(reached_by.connection_id), fields)


class OnecAccountFields(Struct, frozen=True):
    """An account over the current month, in roubles: ostatok + debit - credit is the balance."""

    ostatok: str
    """What the month began with; a debt has its minus."""
    debit: str
    """What was received."""
    credit: str
    """What was charged."""


class OnecAccount(Struct, frozen=True):
    """An account with its id."""

    pk: str
    fields: OnecAccountFields

    @classmethod
    def of(cls, account_id: int, turnover: Turnover) -> Self:
        """The item of that account."""
        fields = OnecAccountFields(
            ostatok=roubles(turnover.opening),
            debit=roubles(turnover.receipts),
            credit=roubles(turnover.charges),
        )
        return cls(str(account_id), fields)


class ActService(Struct, frozen=True):
    """A line of an act."""

    name: str
    v: str
    price: str


class OnecOperation(Struct, frozen=True, kw_only=True):
    """An operation, flat; empty is what it has not."""

    op_id: str
    op_type_id: str
    """2: a payment; empty: nothing that 1C has a number for."""
    op_date: str
    """When it happened, YYYY-MM-DD HH:MM:SS in the provider's time zone."""
    op_summa: str
    """Roubles with two places; what was taken from the account has a minus."""
    op_card_id: str = ""
    number: str
    balance_buh: str
    """The balance after it."""
    descr: str
    """What 1C told of it, else what kind it is, in Russian; empty for a payment."""
    operator_pay_id: str
    """Our own id of the payment."""
    operator_name: str
    operator_result: str = ""
    operator_pay_id_str: str
    """The operator's id of the payment."""
    code1c: str
    """Empty: 1C has not told that it has it."""
    sync1c: str
    act_services: list[ActService] = []
    storno: str
    """1: it was taken back."""

    @classmethod
    def of(cls, operation: Operation) -> Self:
        """The item of that operation."""
        return cls(**_operation_fields(operation))


class OnecOperationDetail(OnecOperation, frozen=True, kw_only=True):
    """An operation in full: whose, by which operator, and what took it back or what it takes back."""

    pk: str
    """The same as op_id."""
    abonent_id: str
    abon_code1c: str
    contract_number: str
    name: str
    pay_operator: str
    balance: str
    """The balance after it."""
    storno_op_id: str
    """The operation that took it back."""
    storno_date: str
    storno_by: str
    """Who did: a member of staff, or the operator's code."""
    storno_of_op_id: str
    """The operation that this one takes back."""

    @classmethod
    def of(cls, operation: Operation) -> Self:
        """The item of that operation."""
        return cls(
            **_operation_fields(operation),
            pk=str(operation.operation_id),
            abonent_id=str(operation.subscriber_id),
            abon_code1c=operation.subscriber_code or "",
            contract_number=operation.contract_number,
            name=operation.name,
            pay_operator=operation.operator_code or "",
            balance=roubles(operation.balance_after),
            storno_op_id=_text(operation.reversing_id),
            storno_date=provider_time(operation.reversed_at) if operation.reversed_at else "",
            storno_by=operation.reversed_by or "",
            storno_of_op_id=_text(operation.reverses_id),
        )


def _operation_fields(operation: Operation) -> dict[str, Any]:
    is_payment = operation.payment_id is not None
    return {
        "op_id": str(operation.operation_id),
        "op_type_id": PAYMENTS if is_payment else "",
        "op_date": provider_time(operation.happened_at),
        "op_summa": roubles(operation.delta),
        "number": operation.number or "",
        "balance_buh": roubles(operation.balance_after),
        "descr": operation.description or _DESCRIPTIONS[operation.kind].format(operation.reverses_id),
        "operator_pay_id": _text(operation.payment_id),
        "operator_name": operation.operator_name or "",
        "operator_pay_id_str": operation.operator_payment_id or "",
        "code1c": operation.onec_code or "",
        "sync1c": "1" if operation.onec_code else "0",
        "storno": "1" if operation.reversing_id is not None else "0",
    }


def _text(id_: int | None) -> str:
    return "" if id_ is None else str(id_)
