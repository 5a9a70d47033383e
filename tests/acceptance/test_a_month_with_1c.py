"""The vendor's processing for 1C plays a month's exchange against a running netledger, in each of its editions."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from acceptance.onec_processing import BATCH, Failed, Processing
from demonstration import Demonstration, demonstration

BELOW = """
    WITH RECURSIVE below AS (
        SELECT id, id AS top FROM subscribers_group
         UNION ALL SELECT g.id, b.top FROM subscribers_group g JOIN below b ON g.parent_id = b.id
    )
    SELECT b.top, count(*) FROM below b JOIN subscribers_subscriber s ON s.group_id = b.id
     GROUP BY b.top HAVING count(*) > %s ORDER BY 2, 1
"""
EDITIONS = pytest.mark.parametrize(
    "edition",
    [
        pytest.param({"encoding": "utf-8"}, id="8.3"),
        pytest.param({"encoding": "windows-1251", "list_method": "api_1c_get_fin_opers"}, id="8.1"),
    ],
)


@pytest.fixture(scope="module")
def demo() -> Iterator[Demonstration]:
    """One of these tests' own: what 1C has once is nothing to fetch for others."""
    with demonstration() as running:
        yield running


def processing(demo: Demonstration, **edition: Any) -> Processing:
    return Processing(demo.service.port, demo.psw("api_1c"), **edition)


def group_of(demo: Demonstration, *, more_than: int) -> tuple[str, int]:
    """The smallest group with more than so many subscribers below it, at any depth, and how many they are."""
    group_id, count = demo.rows(BELOW, more_than)[0]
    return str(group_id), count


def last_days(demo: Demonstration) -> tuple[date, date]:
    """A month that ends today."""
    today = demo.value("SELECT ledger_today()")
    return today - timedelta(days=31), today


def payments_since(demo: Demonstration, first: date, contracts: list[str]) -> int:
    return int(
        demo.value(
            """SELECT count(*) FROM payments_payment p JOIN subscribers_subscriber s ON s.id = p.subscriber_id
                WHERE s.contract_number = ANY(%s) AND p.taken_at >= ledger_day_start(%s)""",
            contracts,
            first,
        )
    )


def test_the_subscribers_and_their_payments_are_fetched_and_confirmed(demo: Demonstration) -> None:
    onec = processing(demo, encoding="windows-1251")
    parent_id, count = group_of(demo, more_than=BATCH)
    first, last = last_days(demo)

    subscribers = onec.exchange_subscribers(parent_id)
    contracts = [customer["contract"] for customer in onec.books.customers.values()]
    expected = payments_since(demo, first, contracts)
    payments = onec.exchange_payments(parent_id, first, last)

    assert (subscribers, payments) == (count, expected)
    assert payments > 0
    assert len(set(contracts)) == count
    stored = dict(
        demo.rows(
            "SELECT onec_code, contract_number FROM subscribers_subscriber WHERE onec_synced_at IS NOT NULL"
        )
    )
    assert {
        code: customer["contract"] for code, customer in onec.books.customers.items()
    }.items() <= stored.items()
    assert (onec.exchange_subscribers(parent_id), onec.exchange_payments(parent_id, first, last)) == (0, 0)
    assert demo.cli("check")


@EDITIONS
def test_payments_that_it_brings_are_credited_once(demo: Demonstration, edition: dict[str, Any]) -> None:
    onec = processing(demo, **edition)
    _, today = last_days(demo)
    prefix = edition["encoding"][0].upper()
    pk, contract = _somebody(demo)
    code = f"{prefix}Ж-{pk}"
    onec.call("Abonents", "api_1c_sync_abonent", pk=pk, code1c=code, sync1c="1")
    before = demo.balance(contract)

    for _ in range(2):
        onec.bring_payment(f"{prefix}П-000001", code, today, Decimal("1234.50"), "Оплата по счёту № 17")
    onec.bring_payment(f"{prefix}П-000002", code, today, Decimal("0.05"), "")

    assert demo.balance(contract) == before + Decimal("1234.50") + Decimal("0.05")
    assert onec.ostatok(pk) == demo.balance(contract)
    brought = onec.operations(pk, "2", today, today)
    assert [operation["code1c"] for operation in brought][-2:] == [f"{prefix}П-000001", f"{prefix}П-000002"]
    assert "Оплата по счёту № 17" in [operation["descr"] for operation in brought]
    assert onec.acts(pk, today, today) == []


def test_what_it_may_not_do_is_told_where_it_looks(demo: Demonstration) -> None:
    onec = processing(demo)
    _, today = last_days(demo)

    with pytest.raises(Failed, match="Группы 999999999 нет"):
        onec.exchange_subscribers("999999999")
    with pytest.raises(Failed, match="Абонента с кодом 1С ЧУЖОЙ нет"):
        onec.bring_payment("П-000009", "ЧУЖОЙ", today, Decimal(1), "")
    with pytest.raises(Failed, match="Неверный пароль контекста"):
        Processing(demo.service.port, "wrong").exchange_subscribers("1")


def test_the_log_says_who_read_how_much_and_nothing_of_whom(demo: Demonstration) -> None:
    onec = processing(demo, base="ЗУП")
    parent_id = demo.facts["parent_id"]
    onec.exchange_subscribers(parent_id)
    names = [customer["name"] for customer in onec.books.customers.values()]

    log = "".join(file.read_text() for file in Path(demo.service.home, "log").glob("*") if file.is_file())

    assert '"personal_data_read"' in log and f"below group {parent_id}" in log
    assert '"api_1c_manager.api_1c_get_abonents"' in log and '"tag":"api_1c"' in log
    assert [name for name in names if name in log] == []


def _somebody(demo: Demonstration) -> tuple[str, str]:
    """Somebody whom 1C has not yet, and his contract."""
    return demo.rows(
        """SELECT id::text, contract_number FROM subscribers_subscriber
            WHERE onec_code IS NULL AND closed_at IS NULL ORDER BY id LIMIT 1"""
    )[0]
