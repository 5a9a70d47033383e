"""Context api_1c, its model Abonents. Specification: «API 1С» 1 and 3; the further methods: clients.md, "1C"."""

from collections.abc import Iterator

import structlog
from msgspec import Struct

from netledger.ledger.clock import today
from netledger.ledger.queries import turnover_since
from netledger.network.queries import list_connections_of
from netledger.subscribers.errors import (
    GroupUnknown,
    IdentifierMalformed,
    NameMissing,
    OnecCodeTaken,
    OnecGroupMissing,
    OnecNameDiffers,
    SubscriberUnknown,
    TextTooLong,
)
from netledger.subscribers.onec import confirm_to_onec, create_from_onec
from netledger.subscribers.queries import list_below
from netledger.system_api.answers import JSON, Spooled
from netledger.system_api.declaration import Call, method
from netledger.system_api.errors import FieldWrong
from netledger.system_api.onec_records import Attribute, OnecAbonent, OnecAccount, OnecUser
from netledger.system_api.onec_scalars import AbonentName, OnecCode, Pk, Sync1c
from netledger.system_api.onec_subscriber import subscriber_of
from netledger.system_api.spools import spool_json

NOT_SYNCED, SYNCED = Sync1c("0"), Sync1c("1")
log = structlog.get_logger("netledger.system_api")


class BelowGroup(Struct, frozen=True):
    """Below which group, and whether those whom 1C has."""

    parent_id: Pk
    sync1c: Sync1c = NOT_SYNCED


class OfAbonent(Struct, frozen=True):
    """Of which subscriber."""

    abonent_id: Pk


class NewAbonent(Struct, frozen=True):
    """Whom 1C brings."""

    code1c: OnecCode
    name: AbonentName


class AbonentConfirmed(Struct, frozen=True):
    """Whom 1C has, under which code."""

    pk: Pk
    code1c: OnecCode
    sync1c: Sync1c = SYNCED


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
    return Attribute.all_of(subscriber_of(of.abonent_id))


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
    connections = list_connections_of(subscriber_of(of.abonent_id).pk, seen_within_s=seen_within_s)
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
    account_id = subscriber_of(of.abonent_id).account_id
    return [OnecAccount.of(account_id, turnover_since(account_id, today().replace(day=1)))]


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
    writes=(NewAbonent,),
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
    writes=(AbonentConfirmed,),
)
def api_1c_sync_abonent(told: AbonentConfirmed) -> list[OnecAbonent]:
    """1C confirms that it has a subscriber, under which code (`sync1c` 1 or missing); again it changes nothing."""
    if told.sync1c != SYNCED:
        raise FieldWrong("sync1c", expected_ru="1", expected_en="1")
    return [OnecAbonent.of_subscriber(confirm_to_onec(subscriber_id=told.pk, onec_code=told.code1c))]
