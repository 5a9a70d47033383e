"""Who tells another of something in the demonstration means the same: one seed and one day make one provider."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Max
from pytest_django.plugin import DjangoDbBlocker

from cli.provider import ZONE, made_provider, make
from given import the_clock_says, utc
from netledger.cli.demo.creation import create_provider
from netledger.ledger.models import Transfer
from netledger.ledger.services import set_zone
from netledger.subscribers.models import Subscriber
from netledger.tariffs.models import Plan, PlanVersion

WRITTEN = {
    "subscribers_group": "id, parent_id, name",
    "subscribers_subscriber": "id, contract_number, name, group_id, street, house, flat, created_at, closed_at",
    "ledger_transfer": "id, account_id, debit_id, credit_id, amount, purpose, accounting_day, happened_at",
    "payments_payment": "id, operator_id, operator_payment_id, subscriber_id, transfer_id, amount, taken_at",
    "payments_credit": "id, subscriber_id, amount, until_on",
    "network_connection": "id, subscriber_id, login, address, mac, nas_id, snat_address, by_session, ended_at",
    "access_block": "id, subscriber_id, placed_at",
}
"""Tables and those of their columns that no moment of the making stands in."""


def test_down_to_ids_names_and_sums(given_cluster: None, django_db_blocker: DjangoDbBlocker) -> None:
    with made_provider(django_db_blocker, subscribers=200, seed=7) as one:
        first = _all_rows()
    with made_provider(django_db_blocker, subscribers=200, seed=7) as other:
        second = _all_rows()

    assert one.facts == other.facts
    assert first == second
    assert all(first.values())


@pytest.mark.django_db
def test_and_another_from_another_seed() -> None:
    names = []
    for seed in (1, 2):
        sketch = _Sketch()
        with pytest.raises(_Sketch):
            create_provider(subscribers=200, seed=seed, tell=sketch.keep_names, before_commit=sketch.give_up)
        names.append(sketch.names)

    assert len(names[0]) == len(names[1]) == 200
    assert len(set(names[0]) & set(names[1])) < 20


@pytest.mark.django_db
def test_and_nothing_of_one_that_fails_at_the_end() -> None:
    sketch = _Sketch()

    with pytest.raises(_Sketch):
        create_provider(subscribers=200, seed=1, tell=sketch.keep_names, before_commit=sketch.give_up)

    assert sketch.names
    assert not Subscriber.objects.exists()
    assert not Plan.objects.exists()
    make(subscribers=200)
    assert Subscriber.objects.count() == 200


@pytest.mark.django_db
def test_by_the_providers_clock_and_zone() -> None:
    set_zone(ZONE)
    the_clock_says(utc(2028, 3, 1, 21, 30))  # 2 March, half past midnight in Moscow

    make(subscribers=200)

    last_on = Transfer.objects.filter(kind="charge").aggregate(last=Max("accounting_day"))["last"]
    assert last_on == date(2028, 3, 2) - timedelta(days=2) == date(2028, 2, 29)
    assert PlanVersion.objects.filter(from_on=date(2028, 3, 1)).count() == 1


class _Sketch(Exception):
    """A making that is given up when all is written."""

    def keep_names(self, _made: int) -> None:
        self.names = list(Subscriber.objects.values_list("name", flat=True))

    def give_up(self, _facts: object) -> None:
        raise self


def _all_rows() -> dict[str, list[Any]]:
    with connection.cursor() as cursor:
        rows = {}
        for table, columns in WRITTEN.items():
            cursor.execute(f"SELECT {columns} FROM {table} ORDER BY id")
            rows[table] = cursor.fetchall()
    return rows
