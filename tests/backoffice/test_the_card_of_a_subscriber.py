"""The card says who a subscriber is, whether he may pass and why, what he has, and what became of his money."""

from datetime import timedelta
from decimal import Decimal

import pytest

from backoffice.browser import Browser, a_member_of_staff, words_of
from given import a_connection, a_customer, a_nas, a_subscriber, an_operator, charged, lent, paid, published
from netledger import sql
from netledger.access.services import place_block
from netledger.backoffice.models import AuditEntry
from netledger.backoffice.roles import Role
from netledger.ledger import clock
from netledger.network.sessions import start_session, stop_session
from netledger.payments.corrections import correct_balance, reverse_operation
from netledger.subscribers.models import Subscriber


def card_of(subscriber: Subscriber) -> str:
    return f"/admin/subscribers/{subscriber.id}/"


def test_says_who_he_is_how_he_stands_and_why(administrator: Browser) -> None:
    debtor = a_customer("-310.00", contract_number="10245")
    place_block(subscriber_id=debtor.id, placed_by="petrov", why="чужой кабель")
    lent(debtor, "100.00")
    published()

    shown = administrator.text(card_of(debtor))

    assert "Иванов Иван Иванович" in shown and "10245" in shown
    assert "заблокирован" in shown and "Заблокирован администратором" in shown and "чужой кабель" in shown
    assert "−310,00" in shown and "Кредит 100,00 без срока" in shown


def test_tells_of_connections_what_the_router_knows(administrator: Browser) -> None:
    customer, nas = a_customer(), a_nas("172.16.0.9")
    a_connection(nas, customer, login="static", address="10.0.0.5", mac="001a.2b3c.4d5e")
    for login in ("online", "gone"):
        a_connection(nas, customer, login=login, by_session=True)
        start_session(login=login, session_code="s", at=clock.now(), address=f"10.1.0.{len(login)}")
    stop_session(login="gone", session_code="s", at=clock.now())

    shown = administrator.text(card_of(customer))

    assert "10.0.0.5" in shown and "00:1a:2b:3c:4d:5e" in shown and "172.16.0.9" in shown
    assert "online в сети 10.1.0.6" in shown
    assert "gone не в сети —" in shown


def test_its_statement_names_each_operation_and_what_took_it_back(administrator: Browser) -> None:
    customer = a_customer()
    payment = paid(customer, "500.00", operator=an_operator("till"), payment_id="чек 15")
    charged(customer, "10.00")
    correct_balance(subscriber_id=customer.id, delta=Decimal(-7), author="petrov", why="опечатка")
    back = reverse_operation(operation_id=payment.operation_id, author="petrov", why="возврат")

    shown = administrator.text(card_of(customer))

    assert "Платёж: Платёжная система чек 15" in shown and "+500,00 500,00" in shown
    assert f"сторно: {back.transfer_id}" in shown and f"Сторно операции {payment.operation_id}" in shown
    assert "−10,00 490,00" in shown and "опечатка (petrov)" in shown and "−500,00 −17,00" in shown


def test_its_statement_goes_back_page_by_page_to_the_first_operation(administrator: Browser) -> None:
    customer = a_customer()
    operations = [charged(customer, "1.00").transfer_id for _ in range(120)]

    seen, address = [], card_of(customer)
    while address:
        answer = administrator.get(address).context
        seen += [line.operation_id for line in answer["card"].statement.rows]
        address = card_of(customer) + answer["earlier"] if answer["earlier"] else ""

    assert seen == operations[::-1]


def test_a_page_of_the_statement_that_makes_no_sense_is_the_newest(administrator: Browser) -> None:
    customer = a_customer("1.00")

    for before in ("x", "-1", "9" * 30, "²"):
        assert "1,00" in administrator.text(f"{card_of(customer)}?before={before}")


def test_an_old_contract_takes_no_more_statements_than_a_new_one(administrator: Browser) -> None:
    few, many = a_customer(), a_customer()
    for number, customer in ((3, few), (300, many)):
        for _ in range(number):
            charged(customer, "1.00")
    for number in range(10):
        a_connection(a_nas(), many, login=f"many{number}", address=f"10.2.0.{number + 1}")
        lent(many, "1.00", until_on=clock.today() + timedelta(days=1))

    counted = []
    for customer in (few, many):
        with sql.counting() as tally:
            assert administrator.get(card_of(customer)).status_code == 200
        counted.append(tally.statements)

    assert counted[0] == counted[1] <= 60


def test_of_somebody_new_it_says_what_to_do_next(administrator: Browser) -> None:
    shown = administrator.text(card_of(a_subscriber("10245")))

    assert "netledger connection add 10245" in shown and "netledger subscription add 10245" in shown
    assert "Движений денег ещё не было" in shown


def test_that_it_was_looked_at_is_written_down_without_what_it_said(administrator: Browser) -> None:
    customer = a_customer()

    administrator.get(card_of(customer))

    entry = AuditEntry.objects.filter(action="see_subscribers").get()
    assert (entry.staff, entry.subject_id) == (administrator.staff, str(customer.id))
    assert "name" in entry.fields and not hasattr(entry, "values")


@pytest.mark.parametrize("page", ["edit/", "pay/", "lend/"])
def test_so_is_that_a_form_showed_who_he_is(administrator: Browser, page: str) -> None:
    customer = a_customer()

    administrator.get(card_of(customer) + page)

    entry = AuditEntry.objects.filter(action="see_subscribers").get()
    assert (entry.staff, entry.subject_id) == (administrator.staff, str(customer.id))
    assert {"name", "balance"} <= set(entry.fields)


def test_of_nobody_there_is_none(administrator: Browser) -> None:
    assert administrator.get("/admin/subscribers/999999999/").status_code == 404


@pytest.mark.parametrize("role", Role)
def test_offers_what_the_role_allows_and_what_makes_sense(browser: Browser, role: Role) -> None:
    browser.sign_in(a_member_of_staff(role))
    blocked = a_customer()
    place_block(subscriber_id=blocked.id, placed_by="petrov", why="x")

    offered = {one["name"] for one in browser.get(card_of(blocked)).context["acts"]}

    assert (
        offered
        == {
            Role.OPERATOR: {"unblock"},
            Role.CASHIER: {"pay"},
            Role.ACCOUNTANT: {"pay", "correct", "lend"},
            Role.ENGINEER: {"unblock"},
            Role.ADMINISTRATOR: {"pay", "correct", "unblock", "lend"},
        }[role]
    )


def test_in_english_it_is_all_english(administrator: Browser) -> None:
    customer = a_customer("1234.50")
    published()

    administrator.cookies["language"] = "en"
    shown = words_of(administrator.get(card_of(customer)))

    assert "1,234.50" in shown and "Who and where" in shown and "Access is open since" in shown
    assert "Выписка" not in shown
