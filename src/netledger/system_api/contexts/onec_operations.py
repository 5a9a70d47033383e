"""Context api_1c, its model FinanceOperations. Specification: «API 1С» 2; the further methods: clients.md, "1C"."""

from datetime import date

from msgspec import Struct

from netledger.ledger.clock import today
from netledger.ledger.errors import TransferUnknown
from netledger.payments.errors import (
    OnecCodeOfAnother,
    OperationMarkedOtherwise,
    OperatorRetired,
    PaymentCancelled,
    PaymentConflict,
)
from netledger.payments.onec import bring_payment, mark_operation
from netledger.payments.queries import find_operation, list_payments_for_onec
from netledger.subscribers.errors import ContractClosed, OnecCodeUnknown, SubscriberUnknown, TextTooLong
from netledger.system_api.declaration import method
from netledger.system_api.errors import FieldMissing, FieldWrong
from netledger.system_api.onec_records import PAYMENTS, OnecOperation, OnecOperationDetail
from netledger.system_api.onec_scalars import DocumentText, OnecAmount, OnecCode, OnecDay, OperationType, Pk
from netledger.system_api.onec_subscriber import subscriber_of

OF_PAYMENTS = OperationType(PAYMENTS)
DAY_MIN, DAY_MAX = date(1970, 1, 2), date(9998, 12, 30)
"""1C's empty date is in the year 1; there are no payments outside of these."""


class OfAbonentInTime(Struct, frozen=True):
    """Of which subscriber, which kind, and from which day through which."""

    abonent_id: Pk
    op_type: OperationType
    sdate: OnecDay
    edate: OnecDay


class OfOperation(Struct, frozen=True):
    """Of which operation."""

    op_id: Pk


class OperationTold(Struct, frozen=True):
    """Which operation 1C has, under which code; without `pk` the payment that it brings."""

    code1c: OnecCode
    pk: Pk | None = None
    abon_code1c: OnecCode | None = None
    op_date: OnecDay | None = None
    op_summa: OnecAmount | None = None
    descr: DocumentText = DocumentText()
    op_type_id: OperationType = OF_PAYMENTS
    pr_number: DocumentText = DocumentText()


@method(
    context="api_1c",
    model="FinanceOperations",
    name="api_1c_manager.api_1c_get_fin_opers_with_context",
    spec="clients.md, 1C",
    refusals=(SubscriberUnknown,),
)
def api_1c_get_fin_opers_with_context(of: OfAbonentInTime) -> list[OnecOperation]:
    """A subscriber's payments of whole days, both ends belong to it; of acts and agents' accounts there are none yet.

    A payment that was taken back is left out unless 1C has it already.
    """
    subscriber = subscriber_of(of.abonent_id)
    if of.op_type != OF_PAYMENTS:
        return []
    from_on, until_on = max(of.sdate, DAY_MIN), min(max(of.edate, DAY_MIN), DAY_MAX)
    payments = list_payments_for_onec(subscriber_id=subscriber.pk, from_on=from_on, until_on=until_on)
    return [OnecOperation.of(payment) for payment in payments]


@method(
    context="api_1c",
    model="FinanceOperations",
    name="api_1c_manager.api_1c_get_fin_opers",
    spec="clients.md, 1C (8.1)",
    refusals=(SubscriberUnknown,),
)
def api_1c_get_fin_opers(of: OfAbonentInTime) -> list[OnecOperation]:
    """The same by the name that the edition for 1C 8.1 calls it."""
    return api_1c_get_fin_opers_with_context(of)


@method(
    context="api_1c",
    model="FinanceOperations",
    name="api_1c_manager.api_1c_get_fin_detail",
    spec="API 1С, 2",
    refusals=(TransferUnknown,),
)
def api_1c_get_fin_detail(of: OfOperation) -> list[OnecOperationDetail]:
    """One operation in full, whatever its kind."""
    return [_detail(of.op_id)]


@method(
    context="api_1c",
    model="FinanceOperations",
    name="api_1c_manager.api_1c_sync_fin_oper",
    spec="clients.md, 1C",
    refusals=(
        TransferUnknown,
        OperationMarkedOtherwise,
        OnecCodeOfAnother,
        OnecCodeUnknown,
        ContractClosed,
        PaymentConflict,
        PaymentCancelled,
        OperatorRetired,
        TextTooLong,
    ),
    writes=(OperationTold,),
)
def api_1c_sync_fin_oper(told: OperationTold) -> list[OnecOperationDetail]:
    """1C confirms that it has an operation; without `pk` it brings a payment, taken once for each code.

    A payment needs `abon_code1c`, `op_date` and `op_summa`; its `op_type_id` is 2 or missing.
    """
    if told.pk is None:
        return [_detail(_bring(told))]
    return [_detail(mark_operation(operation_id=told.pk, onec_code=told.code1c).transfer_id)]


def _bring(told: OperationTold) -> int:
    if told.op_type_id != OF_PAYMENTS:
        raise FieldWrong("op_type_id", expected_ru=PAYMENTS, expected_en=PAYMENTS)
    if told.abon_code1c is None:
        raise FieldMissing("abon_code1c")
    if told.op_date is None:
        raise FieldMissing("op_date")
    if told.op_summa is None:
        raise FieldMissing("op_summa")
    if not DAY_MIN <= told.op_date <= today():
        raise FieldWrong(
            "op_date",
            expected_ru=f"день с {DAY_MIN} по сегодняшний",
            expected_en=f"a day from {DAY_MIN} to today",
        )
    receipt = bring_payment(
        onec_code=told.code1c,
        subscriber_code=told.abon_code1c,
        amount=told.op_summa,
        paid_on=told.op_date,
        number=told.pr_number,
        description=told.descr,
    )
    return receipt.operation_id


def _detail(operation_id: int) -> OnecOperationDetail:
    operation = find_operation(operation_id)
    if operation is None:
        raise TransferUnknown(operation_id=operation_id)
    return OnecOperationDetail.of(operation)
