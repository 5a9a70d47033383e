"""A page asks the database as often whomever it shows and whenever it is opened, and nothing twice."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from backoffice.browser import Browser
from given import a_connection, a_customer, a_nas, a_subscriber, lent, paid, published
from netledger import sql
from netledger.access.services import place_block
from netledger.subscribers.models import Subscriber
from netledger.subscribers.particulars import set_subscriber

FOUND_MAX = 20


@contextmanager
def asked() -> Iterator[list[tuple[str, str]]]:
    """The statements that are run in here, with what they were given; the clock is looked at again."""
    found: list[tuple[str, str]] = []

    def note(execute: Any, text: str, parameters: Any, many: bool, context: dict[str, Any]) -> Any:
        if "SAVEPOINT" not in text and text != "SELECT ledger_now()":
            found.append((text, str(parameters)))
        return execute(text, parameters, many, context)

    with connection.execute_wrapper(note):
        yield found


def statements_of(browser: Browser, address: str) -> int:
    """How many statements a page takes."""
    with sql.counting() as tally:
        assert browser.get(address, headers={"HX-Request": "true"}).status_code == 200
    return tally.statements


@pytest.fixture
def customer(db: None) -> Subscriber:
    """Somebody with something in every part of his card."""
    a_customer()
    customer = a_customer("5.00")
    a_connection(a_nas(), customer, address="10.0.0.5")
    paid(customer, "10.00")
    lent(customer, "7.00")
    place_block(subscriber_id=customer.id, placed_by="petrov", why="x")
    published()
    return customer


@pytest.mark.parametrize(
    "page",
    [
        "", "subscribers/{}/", "search/?q=иванов", "subscribers/", "payments/", "nases/", "plans/", "operators/",
        "subscribers/{}/edit/", "subscribers/{}/pay/", "subscribers/{}/lend/", "own/", "staff/", "audit/",
    ],
)  # fmt: skip
def test_nothing_twice(administrator: Browser, customer: Subscriber, page: str) -> None:
    with asked() as statements:
        assert administrator.get(f"/admin/{page.format(customer.id)}").status_code == 200

    assert [one for one, times in Counter(statements).items() if times > 1] == []


@pytest.mark.parametrize("page", ["", "subscribers/", "subscribers/{}/", "search/?q=иванов"])
def test_as_often_a_minute_later(
    administrator: Browser, customer: Subscriber, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/admin/{page.format(customer.id)}"
    soon = statements_of(administrator, address)

    later = timezone.now() + timedelta(seconds=90)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert statements_of(administrator, address) == soon


def test_of_somebody_new_as_of_somebody_who_has_everything(
    administrator: Browser, customer: Subscriber
) -> None:
    new = a_subscriber()

    counted = [
        statements_of(administrator, f"/admin/subscribers/{one.id}/{page}")
        for one in (new, customer)
        for page in ("", "?before=1")
    ]

    assert len(set(counted)) == 1 and counted[0] <= 27


@pytest.mark.parametrize("text", ["петров", "петров лесная", "100", "8900123"])
def test_of_few_who_are_meant_as_of_many(administrator: Browser, text: str) -> None:
    counted = []
    for numbers in (range(1), range(1, FOUND_MAX), range(FOUND_MAX, FOUND_MAX + 10)):
        for number in numbers:
            one = a_subscriber(f"100{number}", name="Петров")
            set_subscriber(subscriber_id=one.id, street="Лесная", phone=f"8900123{number:04d}")
        counted.append(statements_of(administrator, f"/admin/search/?q={text}"))

    assert len(set(counted)) == 1 and counted[0] <= 21
