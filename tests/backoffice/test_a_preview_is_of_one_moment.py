"""What a preview tells of now and of after it differs by the act alone, whatever others do meanwhile."""

from decimal import Decimal
from typing import Any

import pytest

from backoffice.browser import Browser, words_of
from given import a_customer, balance, paid
from given_cluster import Database
from netledger.backoffice.preview import preview
from netledger.backoffice.views import acts
from netledger.payments.corrections import correct_balance
from together import beside


def test_a_payment_that_comes_meanwhile_waits(committed_db: Database) -> None:
    customer = a_customer("5.00")

    with beside() as waits:

        def correct() -> None:
            waits(lambda: paid(customer, "100.00"))
            correct_balance(subscriber_id=customer.id, delta=Decimal(7), author="petrov", why="x")

        foreseen = preview(customer, correct)

    assert (foreseen.balance_before, foreseen.balance_after) == (5, 5 + 7)
    assert (foreseen.before.balance, foreseen.after.balance) == (5, 5 + 7)
    assert balance(customer) == 5 + 100


def test_all_of_its_page_tells_of_that_moment(
    administrator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer = a_customer("5.00")
    preview_now = acts.preview

    def somebody_pays_first(*arguments: Any) -> Any:
        paid(customer, "100.00")
        return preview_now(*arguments)

    monkeypatch.setattr(acts, "preview", somebody_pays_first)
    form = f"/admin/subscribers/{customer.id}/correct/"
    shown = words_of(administrator.send(f"{form}preview/", token_of=form, delta="7", why="x"))

    assert "баланс 105,00" in shown and "Баланс 105,00 112,00" in shown
