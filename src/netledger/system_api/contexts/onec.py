"""Context api_1c: what the accountant's 1C calls. Specification: «API 1С»; the further methods: clients.md, "1C"."""

from collections.abc import Iterator
from datetime import date

import structlog
from msgspec import Struct

from netledger.ledger.clock import today
from netledger.ledger.errors import TransferUnknown
from netledger.ledger.queries import turnover_since
from netledger.network.queries import list_connections_of
from netledger.payments.errors import (
    OnecCodeOfAnother,
    OperationMarkedOtherwise,
    OperatorRetired,
    PaymentCancelled,
    PaymentConflict,
)
from netledger.payments.onec import bring_payment, mark_operation
from netledger.payments.queries import find_operation, list_payments_for_onec
from netledger.subscribers.errors import (
    ContractClosed,
    GroupUnknown,
    IdentifierMalformed,
    NameMissing,
    OnecCodeTaken,
    OnecCodeUnknown,
    OnecGroupMissing,
    OnecNameDiffers,
    SubscriberUnknown,
    TextTooLong,
)
from netledger.subscribers.models import Subscriber
from netledger.subscribers.onec import confirm_to_onec, create_from_onec
from netledger.subscribers.queries import find_subscriber, list_below
from netledger.system_api.answers import JSON, Spooled
from netledger.system_api.arguments import (
    AbonentName,
    DocumentText,
    OnecAmount,
    OnecCode,
    OnecDay,
    OperationType,
    Pk,
    Sync1c,
)
from netledger.system_api.declaration import Call, method
from netledger.system_api.errors import FieldMissing, FieldWrong
from netledger.system_api.onec_records import (
    PAYMENTS,
    Attribute,
    OnecAbonent,
    OnecAccount,
    OnecOperation,
    OnecOperationDetail,
    OnecUser,
)
from netledger.system_api.spools import spool_json

NOT_SYNCED, SYNCED = Sync1c("0"), Sync1c("1")
OF_PAYMENTS = OperationType(PAYMENTS)
DAY_MIN, DAY_MAX = date(1970, 1, 2), date(9998, 12, 30)
"""1C's empty date is in the year 1; there are no payments outside of these."""

log = structlog.get_logger("netledger.system_api")


class BelowGroup(Struct, frozen=True):
    """Below which group, and whether those whom 1C has."""

    parent_id: Pk
    sync1c: Sync1c = NOT_SYNCED


class OfAbonent(Struct, frozen=True):
    """Of which subscriber."""

    abonent_id: Pk


class OfAbonentInTime(Struct, frozen=True):
    """Of which subscriber, which kind, and from which day through which."""

    abonent_id: Pk
    op_type: OperationType
    sdate: OnecDay
    edate: OnecDay


class OfOperation(Struct, frozen=True):
    """Of which operation."""

    op_id: Pk


class NewAbonent(Struct, frozen=True):
    """Whom 1C brings."""

    code1c: OnecCode
    name: AbonentName


class AbonentConfirmed(Struct, frozen=True):
    """Whom 1C has, under which code."""

    pk: Pk
    code1c: OnecCode
    sync1c: Sync1c = SYNCED


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
    model="Abonents",
    name="api_1c_manager.api_1c_get_abonents",
    spec="API 1С, 1",
    refusals=(GroupUnknown,),
    items=OnecAbonent,
)
def api_1c_get_abonents(below: BelowGroup, call: Call) -> Spooled:
    """The subscribers below a group, at any depth, whom 1C has not yet (`sync1c` 1: whom it has), by id."""
    entries = list_below(group_id=below.parent_id, is_synced=below.sync1c == SYNCED)
    rows = 0

    def items() -> Iterator[OnecAbonent]:
        nonlocal rows
        for entry in entries:
            rows += 1
            yield OnecAbonent.of(entry)

    spool = spool_json(items(), call.spool_folder)
    log.info(
        "personal_data_read",
        tag="api_1c",
        address=call.address,
        which=f"subscribers below group {below.parent_id}",
        rows=rows,
    )
    return Spooled(spool, JSON, rows)


@method(
    context="api_1c",
    model="Abonents",
    name="api_1c_manager.api_1c_get_abonent_attr",
    spec="clients.md, 1C",
    refusals=(SubscriberUnknown,),
)
def api_1c_get_abonent_attr(of: OfAbonent) -> list[Attribute]:
    """A subscriber's tax numbers and addresses, those that are known."""
    return Attribute.all_of(_subscriber(of.abonent_id))


@method(
    context="api_1c",
    model="Abonents",
    name="api_1c_manager.api_1c_get_abonent_users",
    spec="clients.md, 1C",
    refusals=(SubscriberUnknown,),
)
def api_1c_get_abonent_users(of: OfAbonent, call: Call) -> list[OnecUser]:
    """A subscriber's connections that have not ended, with the addresses that they have now."""
    seen_within_s = call.settings.network.session_seen_within_s
    connections = list_connections_of(_subscriber(of.abonent_id).pk, seen_within_s=seen_within_s)
    return [OnecUser.of(connection) for connection in connections]


@method(
    context="api_1c",
    model="Abonents",
    name="api_1c_manager.api_1c_get_account",
    spec="clients.md, 1C",
    refusals=(SubscriberUnknown,),
)
def api_1c_get_account(of: OfAbonent) -> list[OnecAccount]:
    """A subscriber's account over the current month: what it began with, received and was charged."""
    account_id = _subscriber(of.abonent_id).account_id
    return [OnecAccount.of(account_id, turnover_since(account_id, today().replace(day=1)))]


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
    subscriber = _subscriber(of.abonent_id)
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
    model="Abonents",
    name="api_1c_manager.api_1c_create_abonent",
    spec="API 1С, 3",
    refusals=(
        OnecNameDiffers,
        NameMissing,
        TextTooLong,
        OnecGroupMissing,
        GroupUnknown,
        IdentifierMalformed,
    ),
)
def api_1c_create_abonent(new: NewAbonent, call: Call) -> list[OnecAbonent]:
    """Create a subscriber whom 1C brings, once for each code: again it answers the same one."""
    app = call.settings.app
    subscriber = create_from_onec(
        onec_code=new.code1c,
        name=new.name,
        group_id=app.onec_group_id,
        number_pattern=app.contract_number_pattern,
    )
    return [OnecAbonent.of_subscriber(subscriber)]


@method(
    context="api_1c",
    model="Abonents",
    name="api_1c_manager.api_1c_sync_abonent",
    spec="clients.md, 1C",
    refusals=(
        SubscriberUnknown,
        OnecCodeTaken,
    ),
)
def api_1c_sync_abonent(told: AbonentConfirmed) -> list[OnecAbonent]:
    """1C confirms that it has a subscriber, and under which code; again it changes nothing."""
    if told.sync1c != SYNCED:
        raise FieldWrong("sync1c", expected_ru="1", expected_en="1")
    return [OnecAbonent.of_subscriber(confirm_to_onec(subscriber_id=told.pk, onec_code=told.code1c))]


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
)
def api_1c_sync_fin_oper(told: OperationTold) -> list[OnecOperationDetail]:
    """1C confirms that it has an operation; without `pk` it brings a payment, taken once for each code."""
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
            "op_date", expected_ru="день не позже сегодняшнего", expected_en="a day not after today"
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


def _subscriber(subscriber_id: int) -> Subscriber:
    subscriber = find_subscriber(subscriber_id)
    if subscriber is None:
        raise SubscriberUnknown(sent_to=str(subscriber_id))
    return subscriber
