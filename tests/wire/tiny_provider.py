"""The smallest provider that every example of a call can be asked of; the same ids and times whenever it is made."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

import psycopg
from django.db import transaction

from given import moved, paid, published, the_clock_says, utc
from given_cluster import Database
from netledger.access.services import place_block
from netledger.charging.services import subscribe
from netledger.ledger.services import set_zone
from netledger.network.models import Nas
from netledger.network.services import add_connection, add_nas
from netledger.payments.services import add_operator
from netledger.subscribers.models import Group, Subscriber
from netledger.subscribers.onec import confirm_to_onec
from netledger.subscribers.particulars import set_subscriber
from netledger.subscribers.services import add_group, add_subscriber
from netledger.tariffs.models import Plan
from netledger.tariffs.services import Speeds, add_plan, move_charged_through

NOON = utc(2026, 11, 10, 9)
"""In Moscow."""
TODAY = date(2026, 11, 10)
SEQUENCES = {
    "subscribers_id_seq": 1000,
    "ledger_transfer_id_seq": 5000,
    "payments_payment_id_seq": 700,
    "network_connection_id_seq": 300,
    "ledger_account_id_seq": 2000,
    "tariffs_plan_id_seq": 10,
}
SPEEDS = Speeds(
    rate_in_kbps=50_000, ceil_in_kbps=100_000, burst_in_bytes=62_500, cburst_in_bytes=125_000,
    rate_out_kbps=50_000, ceil_out_kbps=100_000, burst_out_bytes=62_500, cburst_out_bytes=125_000,
)  # fmt: skip
SECRET = "aZ3-kot-7"


@contextmanager
def tiny_provider(database: Database) -> Iterator[None]:
    """In there, Django's connection sees the provider; afterwards nothing is left of it."""
    with psycopg.connect(database.owner) as owner:
        for name, last in SEQUENCES.items():
            owner.execute("SELECT setval(%s::regclass, %s)", (name, last))
    with transaction.atomic():
        set_zone("Europe/Moscow")
        the_clock_says(NOON)
        _make()
        published()
        yield
        transaction.set_rollback(True)


def _make() -> None:
    group = add_group(name="Город")
    street = add_group(name="ул. Мира", parent_id=group.pk)
    plan = add_plan(name="Домашний 100", price=Decimal("600.00"), speeds=SPEEDS, from_on=date(2020, 1, 1))
    nas = add_nas(name="nas-1", address="192.0.2.1")
    ivanov = _customer("10245", "Иванов Иван Иванович", street, plan)
    _connect(nas, ivanov, "ivanov", "10.0.0.5", snat_address="198.51.100.5", mac="02:00:00:00:00:05")
    petrov = _customer("10246", "Петров Пётр", street, plan)
    _connect(nas, petrov, "petrov", "10.0.0.6")
    firm = _customer("10247", "ООО «Ромашка»", street, plan)
    _connect(nas, firm, "romashka", "10.0.0.7")
    set_subscriber(
        subscriber_id=firm.pk,
        is_company=True,
        inn="7700000016",
        kpp="770001001",
        legal_address="Москва, ул. Мира, 1",
    )
    confirm_to_onec(subscriber_id=firm.pk, onec_code="00-000100")
    moved(petrov, "-40.00")
    place_block(subscriber_id=firm.pk, placed_by="staff", why="рассылка спама")
    paid(ivanov, "150.00", operator=add_operator(code="osmp", name="ОСМП"), payment_id="776")


def _customer(contract_number: str, name: str, group: Group, plan: Plan) -> Subscriber:
    """With the plan since the first of the month, charged through yesterday."""
    subscriber = add_subscriber(
        contract_number=contract_number, name=name, group_id=group.pk, street="ул. Мира", house="5", flat="17",
        phone="+79001234567", email="kto@example.org",
    )  # fmt: skip
    subscription = subscribe(subscriber_id=subscriber.pk, plan_id=plan.pk, from_on=date(2026, 11, 1))
    assert move_charged_through(
        subscription_id=subscription.pk, seen_on=None, through_on=TODAY - timedelta(days=1)
    )
    return subscriber


def _connect(nas: Nas, subscriber: Subscriber, login: str, address: str, **more: str) -> None:
    add_connection(
        subscriber_id=subscriber.pk, login=login, secret=SECRET, nas_id=nas.pk, address=address, **more
    )
