"""Somebody calls: why has he no internet? Who answers finds him, sees why, takes his money, and he is open."""

import json
from decimal import ROUND_CEILING, Decimal

import pytest
from playwright.sync_api import expect

from demonstration import Demonstration
from e2e.conftest import Open
from e2e.staff import Member

pytestmark = pytest.mark.e2e
LANGUAGES = pytest.mark.parametrize("language", ["ru", "en"])


def cashier(demo: Demonstration, login: str) -> dict[str, str]:
    """Login and password of a member of staff who may take payments, and little else."""
    added = json.loads(demo.cli("staff", "add", login, "--role", "cashier", "--name", "Касса", "--json"))
    return {"login": added["login"], "passwd": added["password"]}


@LANGUAGES
def test_from_the_search_to_the_payment(open_page: Open, demo: Demonstration, language: str) -> None:
    address, contract_number = demo.debtor()
    debt = -demo.balance(contract_number)
    amount = debt.to_integral_value(ROUND_CEILING) + 100
    member = Member(open_page("/admin/sign-in/", locale=language), language)
    page = member.page
    member.signs_in(cashier(demo, f"cashier-{language}"))
    assert page.get_by_role("link", name=member.word("Settings (in the file)")).count() == 0

    page.keyboard.press("/")
    page.keyboard.type(contract_number)
    page.get_by_role("link").filter(has_text=contract_number).first.click()
    expect(page.locator(".card-head")).to_contain_text(contract_number)
    expect(page.locator(".figure.owing")).to_have_count(1)
    member.press("Take a payment")
    member.field("Sum, roubles").fill(str(amount))
    member.field("Taken by").select_option(demo.facts["pay_operator"])
    member.field("Receipt number").fill(f"чек-{language}")
    member.press("Show what it will do")
    assert demo.balance(contract_number) == -debt  # so far it was only looked at
    expect(page.locator(".foreseen .state").last).to_have_class("state good")
    page.get_by_role("button", name=member.word("Take the payment"), exact=True).dblclick()

    expect(page.locator(".card-head .state")).to_have_class("state big good")
    expect(page.locator("#statement tbody tr").first).to_contain_text(f"чек-{language}")
    assert demo.balance(contract_number) == amount - debt
    assert demo.payments_by(f"чек-{language}") == 1
    assert address not in demo.listed("negbal")
    assert Decimal(demo.told(act="CHECK", contract_number=contract_number)["balance"]) == amount - debt
