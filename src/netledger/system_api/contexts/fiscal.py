"""Context asr_fiscal: what payment systems call. Specification: «API платежных систем»."""

from datetime import datetime
from decimal import Decimal

from msgspec import UNSET, Struct

from netledger.errors import Language
from netledger.ledger.amounts import Amount
from netledger.ledger.queries import balance_of
from netledger.network.errors import AddressAmbiguous
from netledger.network.queries import find_payer, may_be_address
from netledger.payments.errors import (
    CancelledTooLate,
    OperatorOfExchange,
    OperatorRetired,
    OperatorUnknown,
    PaymentCancelled,
    PaymentConflict,
    PaymentUnknown,
)
from netledger.payments.gateway import take_gateway_payment
from netledger.payments.queries import find_payment, gateway_operator
from netledger.payments.services import cancel_payment
from netledger.subscribers.errors import ContractClosed, SubscriberUnknown
from netledger.subscribers.models import Subscriber
from netledger.subscribers.queries import find_subscriber
from netledger.system_api.declaration import Call, method
from netledger.system_api.records import (
    AbonentRecord,
    OperationRecord,
    as_carbon_writes,
    provider_time,
    roubles,
)
from netledger.system_api.scalars import OperatorCode, OperatorPaymentId, Who

MESSAGES: dict[str, dict[Language, str]] = {
    "PAY": {"ru": "Платёж принят", "en": "The payment is taken"},
    "STATUS": {"ru": "Платёж принят", "en": "The payment is taken"},
    "CANCEL": {"ru": "Платёж отменён", "en": "The payment is cancelled"},
    "CHECK": {"ru": "Абонент найден", "en": "The subscriber is found"},
    "OWES": {"ru": "Договор закрыт, принимается только долг", "en": "Closed; takes only what is owed"},
}


class Pay(Struct, tag_field="act", tag="PAY", frozen=True):
    """Credit a subscriber."""

    contract_number: Who
    sum_in: Amount
    pay_operator: OperatorCode
    pay_id_str: OperatorPaymentId


class Check(Struct, tag_field="act", tag="CHECK", frozen=True):
    """Look whether the subscriber is there and can be paid for."""

    contract_number: Who


class Status(Struct, tag_field="act", tag="STATUS", frozen=True):
    """Look whether a payment arrived."""

    pay_operator: OperatorCode
    pay_id_str: OperatorPaymentId


class Cancel(Struct, tag_field="act", tag="CANCEL", frozen=True):
    """Take a payment back; what is sent beside its id must match it."""

    pay_operator: OperatorCode
    pay_id_str: OperatorPaymentId
    contract_number: Who | None = None
    sum_in: Amount | None = None


@method(
    context="asr_fiscal",
    model="Abonents",
    name="asr_fiscal_manager.act_pay",
    spec="API платежных систем, 1",
    refusals=(
        SubscriberUnknown,
        AddressAmbiguous,
        ContractClosed,
        OperatorUnknown,
        OperatorRetired,
        OperatorOfExchange,
        PaymentConflict,
        PaymentUnknown,
        PaymentCancelled,
        CancelledTooLate,
    ),
    writes=(Pay, Cancel),
)
def act_pay(act: Pay | Check | Status | Cancel, call: Call) -> OperationRecord | AbonentRecord:
    """Credit a subscriber (PAY), take that payment back (CANCEL), or only look (CHECK, STATUS)."""
    match act:
        case Pay():
            return _pay(act, call)
        case Check():
            return _check(act, call)
        case Status():
            return _status(act, call)
        case Cancel():
            return _cancel(act, call)


def _pay(act: Pay, call: Call) -> OperationRecord:
    by_address = may_be_address(act.contract_number)
    try:
        receipt = take_gateway_payment(
            operator_code=act.pay_operator,
            operator_payment_id=act.pay_id_str,
            sent_to=act.contract_number,
            subscriber_id=_payer_id(act.contract_number, call) if by_address else None,
            amount=act.sum_in,
        )
    except SubscriberUnknown:
        if by_address:
            _find_payer(act.contract_number, call)  # refuses in its own words where it is two people's
        raise
    return OperationRecord(
        pk=str(receipt.operation_id),
        op_id=str(receipt.operation_id),
        act="PAY",
        abonent_id=str(receipt.subscriber_id),
        contract_number=receipt.contract_number,
        name=receipt.name,
        sum_in=roubles(receipt.amount),
        balance=roubles(receipt.balance_after),
        pay_operator=act.pay_operator,
        pay_id_str=act.pay_id_str,
        op_date=as_carbon_writes(receipt.taken_locally),
        message=MESSAGES["PAY"][call.language],
    )


def _check(act: Check, call: Call) -> AbonentRecord:
    subscriber_id = _find_payer(act.contract_number, call)
    if subscriber_id is None:
        raise SubscriberUnknown(sent_to=act.contract_number)
    subscriber = _subscriber(subscriber_id)
    balance = balance_of(subscriber.account_id)
    is_closed = subscriber.closed_at is not None
    if is_closed and balance >= 0:
        raise ContractClosed(contract_number=subscriber.contract_number)
    message = MESSAGES["OWES" if is_closed else "CHECK"][call.language]
    return AbonentRecord.of(subscriber, balance=balance, message=message)


def _status(act: Status, call: Call) -> OperationRecord:
    payment = find_payment(gateway_operator(act.pay_operator).pk, act.pay_id_str)
    if payment is None:
        raise PaymentUnknown(operator_payment_id=act.pay_id_str)
    if payment.reversing_id is not None:
        raise PaymentCancelled(operator_payment_id=act.pay_id_str)
    return _operation(
        act,
        operation_id=payment.operation_id,
        subscriber_id=payment.subscriber_id,
        amount=payment.amount,
        balance=payment.balance_after,
        happened_at=payment.taken_at,
        call=call,
    )


def _cancel(act: Cancel, call: Call) -> OperationRecord:
    who = act.contract_number
    cancellation = cancel_payment(
        operator_id=gateway_operator(act.pay_operator).pk,
        operator_payment_id=act.pay_id_str,
        sent_to=who,
        subscriber_id=None if who is None else _payer_id(who, call),
        amount=act.sum_in,
    )
    return _operation(
        act,
        operation_id=cancellation.operation_id,
        subscriber_id=cancellation.subscriber_id,
        amount=cancellation.amount,
        balance=cancellation.balance_after,
        happened_at=cancellation.cancelled_at,
        call=call,
        reversed_id=cancellation.reversed_id,
    )


def _operation(
    act: Status | Cancel,
    *,
    operation_id: int,
    subscriber_id: int,
    amount: Decimal,
    balance: Decimal,
    happened_at: datetime,
    call: Call,
    reversed_id: int | None = None,
) -> OperationRecord:
    """The record of an operation; what the operator sent is given back as it was sent."""
    subscriber = _subscriber(subscriber_id)
    name = str(act.__struct_config__.tag)
    return OperationRecord(
        pk=str(operation_id),
        op_id=str(operation_id),
        act=name,
        abonent_id=str(subscriber_id),
        contract_number=subscriber.contract_number,
        name=subscriber.name,
        sum_in=roubles(amount),
        balance=roubles(balance),
        pay_operator=act.pay_operator,
        pay_id_str=act.pay_id_str,
        op_date=provider_time(happened_at),
        message=MESSAGES[name][call.language],
        reversed_op_id=UNSET if reversed_id is None else str(reversed_id),
    )


def _payer_id(who: str, call: Call) -> int | None:
    """Whom the text names now; of an address that is two people's nobody, so that a repeat is answered."""
    try:
        return _find_payer(who, call)
    except AddressAmbiguous:
        return None


def _find_payer(who: str, call: Call) -> int | None:
    return find_payer(who, seen_within_s=call.settings.network.session_seen_within_s)


def _subscriber(subscriber_id: int) -> Subscriber:
    subscriber = find_subscriber(subscriber_id)
    assert subscriber is not None, "payments keep their subscribers: nothing with a transfer is ever deleted"
    return subscriber
