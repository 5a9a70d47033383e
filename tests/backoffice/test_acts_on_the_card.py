"""What staff does on a card is shown before it is done, is done once, by whom it is allowed, and is written down."""

import re
from typing import Any

import pytest

from backoffice.browser import Browser, a_member_of_staff, words_of
from given import a_customer, a_subscriber, an_operator, balance, lent, moved, paid, published, statement_of
from netledger.access.queries import block_of
from netledger.access.services import place_block
from netledger.backoffice.acts.declared import ACTS
from netledger.backoffice.models import AuditEntry
from netledger.backoffice.roles import Role, may
from netledger.network.services import close_contract
from netledger.payments.models import Remark
from netledger.payments.queries import credit_of
from netledger.subscribers.models import Subscriber

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')


def act_on(subscriber: Subscriber, name: str) -> str:
    return f"/admin/subscribers/{subscriber.id}/{name}/"


def previewed(browser: Browser, subscriber: Subscriber, name: str, **fields: Any) -> Any:
    """The page that says what the act will do."""
    address = act_on(subscriber, name)
    return browser.send(f"{address}preview/", token_of=address, **fields)


def confirmed(browser: Browser, subscriber: Subscriber, name: str, preview: Any) -> Any:
    """What the button of that page leads to."""
    hidden = dict(_HIDDEN.findall(preview.content.decode().split('/do/"')[1]))
    return browser.post(f"{act_on(subscriber, name)}do/", hidden)


def done(browser: Browser, subscriber: Subscriber, name: str, **fields: Any) -> str:
    """What the card says after an act."""
    answer = confirmed(browser, subscriber, name, previewed(browser, subscriber, name, **fields))
    assert answer.status_code == 302, words_of(answer)
    return browser.text(answer["Location"])


@pytest.fixture
def debtor(db: None) -> Subscriber:
    debtor = a_customer("-310.00", contract_number="10245")
    published()
    return debtor


def test_a_payment_says_that_it_will_open_the_access_and_then_does(
    administrator: Browser, debtor: Subscriber
) -> None:
    till = an_operator("till")
    asked = {"amount": "1 310,50", "operator": till.code, "receipt": "чек 15"}

    preview = previewed(administrator, debtor, "pay", **asked)
    before = balance(debtor)
    card = done(administrator, debtor, "pay", **asked)

    assert before == -310 and "54-ФЗ" in words_of(preview)
    assert "Баланс −310,00 1 000,50" in words_of(preview).replace("\xa0", " ")
    assert "Доступ закрыт за долг открыт" in words_of(preview)
    assert balance(debtor) == -310 + 1310.5 and "Платёж принят: операция" in card
    assert paid(debtor, "1310.50", operator=till, payment_id="чек 15").outcome == "repeat"


def test_a_payment_that_is_too_small_says_that_the_access_stays_closed(
    administrator: Browser, debtor: Subscriber
) -> None:
    shown = words_of(
        previewed(administrator, debtor, "pay", amount="300", operator=an_operator().code, receipt="1")
    )

    assert "Доступ закрыт за долг закрыт за долг" in shown and "баланс −10,00" in shown


def test_a_button_pressed_twice_does_it_once(administrator: Browser, debtor: Subscriber) -> None:
    preview = previewed(administrator, debtor, "correct", delta="−10", why="опечатка")

    first = confirmed(administrator, debtor, "correct", preview)
    second = confirmed(administrator, debtor, "correct", preview)
    said = administrator.text(second["Location"])

    assert first.status_code == second.status_code == 302
    assert balance(debtor) == -310 - 10
    operation = statement_of(debtor)[-1]
    assert said.count(f"Баланс исправлен: операция {operation.id}, баланс −320,00.") == 2
    remark = Remark.objects.get(transfer_id=operation.id)
    assert administrator.staff is not None
    assert (remark.author, remark.why) == (administrator.staff.login, "опечатка")


def test_the_same_receipt_again_is_told_and_not_offered(administrator: Browser, debtor: Subscriber) -> None:
    till = an_operator("till")
    receipt = paid(debtor, "5.00", operator=till, payment_id="чек 15")

    again = previewed(administrator, debtor, "pay", amount="5", operator="till", receipt="чек 15")

    assert f"уже был принят, операция {receipt.operation_id}" in words_of(again)
    assert "autofocus" not in again.content.decode()


def test_an_operation_is_reversed_with_a_reason_and_none_of_another_contract(
    administrator: Browser, debtor: Subscriber
) -> None:
    own, foreign = paid(debtor, "400.00").operation_id, paid(a_customer(), "1.00").operation_id

    refused = previewed(administrator, debtor, "reverse", operation=foreign, why="x")
    done(administrator, debtor, "reverse", operation=own, why="возврат")
    twice = previewed(administrator, debtor, "reverse", operation=own, why="ещё раз")

    assert refused.status_code == twice.status_code == 409
    assert f"Операции {foreign} нет" in words_of(refused) and "уже сторнирована" in words_of(twice)
    assert balance(debtor) == -310


def test_blocked_and_unblocked(administrator: Browser, debtor: Subscriber) -> None:
    moved(debtor, "400.00")
    published()

    shown = words_of(previewed(administrator, debtor, "block", why="чужой кабель"))
    card = done(administrator, debtor, "block", why="чужой кабель")
    block = block_of(debtor.id)
    done(administrator, debtor, "unblock")

    assert "Доступ открыт заблокирован" in shown and "чужой кабель" in card
    assert block is not None and (block.placed_by, block.why) == (
        administrator.staff and administrator.staff.login,
        "чужой кабель",
    )
    assert block_of(debtor.id) is None


def test_a_credit_opens_and_its_end_closes(administrator: Browser, debtor: Subscriber) -> None:
    shown = words_of(previewed(administrator, debtor, "lend", amount="310", until_on="2100-01-31"))
    done(administrator, debtor, "lend", amount="310", until_on="2100-01-31")
    credit = credit_of(debtor.id)
    published()
    closing = words_of(previewed(administrator, debtor, "end-credit"))
    done(administrator, debtor, "end-credit")

    assert "Доступ закрыт за долг открыт" in shown and "Доступ открыт закрыт за долг" in closing
    assert credit is not None and (credit.amount, str(credit.until_on)) == (310, "2100-01-31")
    assert credit_of(debtor.id) is None


@pytest.mark.parametrize(
    ("name", "fields", "told"),
    [
        ("pay", {"amount": "1e3"}, "Сумма больше нуля"),
        ("pay", {"amount": "0"}, "Сумма больше нуля"),
        ("pay", {"amount": "1.005"}, "Сумма больше нуля"),
        ("pay", {"operator": "1c"}, "Выберите корректный вариант"),
        ("pay", {"receipt": ""}, "Обязательное поле"),
        ("pay", {"receipt": "ч" * 65}, "не более 64"),
        ("pay", {"receipt": "\x07"}, "без управляющих"),
        ("correct", {"delta": "--1", "why": "x"}, "Сумма больше нуля"),
        ("correct", {"delta": "1", "why": " "}, "Обязательное поле"),
        ("lend", {"amount": "1", "until_on": "вчера"}, "правильную дату"),
        ("lend", {"amount": "1", "until_on": "2020-01-01"}, "Последний день кредита уже прошёл"),
        ("reverse", {"operation": "-1", "why": "x"}, "больше либо равно 1"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    administrator: Browser, debtor: Subscriber, name: str, fields: dict[str, str], told: str
) -> None:
    asked = {"amount": "10", "operator": an_operator("till").code, "receipt": "1"} if name == "pay" else {}

    answer = previewed(administrator, debtor, name, **asked | fields)

    assert answer.status_code in (400, 409) and told in words_of(answer)
    assert re.search(r"<input[^>]+is-invalid|<select[^>]+is-invalid", answer.content.decode())
    assert balance(debtor) == -310


def test_back_to_the_form_it_is_as_it_was_filled(administrator: Browser, debtor: Subscriber) -> None:
    answer = previewed(administrator, debtor, "correct", delta="5", why='О\'Нил "Ж" <b>', change="yes")

    assert answer.context["form"]["why"].value() == 'О\'Нил "Ж" <b>'
    assert "&lt;b&gt;" in answer.content.decode()


def test_a_form_without_a_key_of_a_preview_is_stale(administrator: Browser, debtor: Subscriber) -> None:
    address = act_on(debtor, "correct")

    answer = administrator.send(f"{address}do/", token_of=address, delta="5", why="x")

    assert answer.status_code == 409 and balance(debtor) == -310


def test_a_preview_leaves_nothing_behind(administrator: Browser, debtor: Subscriber) -> None:
    previewed(administrator, debtor, "correct", delta="5000", why="x")
    previewed(administrator, debtor, "lend", amount="5000")
    previewed(administrator, debtor, "block", why="x")
    published()

    assert len(statement_of(debtor)) == 1 and credit_of(debtor.id) is None and block_of(debtor.id) is None
    assert debtor.access_changes.count() == 1
    assert not AuditEntry.objects.filter(action__in=[one.action for one in ACTS]).exists()


def test_an_act_is_written_down_with_what_it_did(administrator: Browser, debtor: Subscriber) -> None:
    done(administrator, debtor, "correct", delta="5", why="опечатка")

    entry = AuditEntry.objects.get(action="correct_balance")
    assert (entry.staff, entry.subject_id) == (administrator.staff, str(debtor.id))
    assert entry.values.content["why"] == "опечатка" and entry.values.content["balance"] == "-305.00"


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("one", ACTS, ids=lambda one: one.name)
def test_by_page_and_by_a_forged_request_it_is_done_by_whom_it_is_allowed_alone(
    browser: Browser, debtor: Subscriber, role: Role, one: Any
) -> None:
    browser.sign_in(a_member_of_staff(role))
    address, allowed = act_on(debtor, one.name), may(role, one.action)

    shown = browser.get(address).status_code
    forged = [
        browser.send(f"{address}{step}", token_of=f"/admin/subscribers/{debtor.id}/").status_code
        for step in ("preview/", "do/")
    ]

    assert (shown == 200) is allowed
    assert (403 in forged) is not allowed
    assert Browser().post(f"{address}do/", {}).status_code in (302, 403)
    assert balance(debtor) == -310


class TestOnAClosedContract:
    """V25: its history stays, its debt can be paid, and nothing more comes in."""

    def test_that_owes_money_is_taken_and_no_more_when_it_does_not(
        self, administrator: Browser, debtor: Subscriber
    ) -> None:
        till = an_operator("till")
        close_contract(subscriber_id=debtor.id)

        done(administrator, debtor, "pay", amount="310", operator=till.code, receipt="1")
        refused = previewed(administrator, debtor, "pay", amount="1", operator=till.code, receipt="2")

        assert balance(debtor) == 0
        assert refused.status_code == 409 and "Договор 10245 закрыт" in words_of(refused)

    def test_the_card_tells_that_it_is_closed_and_an_old_payment_is_taken_back(
        self, administrator: Browser
    ) -> None:
        customer = a_subscriber("77")
        payment = paid(customer, "150.00")
        close_contract(subscriber_id=customer.id)

        card = done(administrator, customer, "reverse", operation=payment.operation_id, why="возврат")

        assert "договор закрыт" in card and "Договор закрыт" in card and balance(customer) == 0


def test_a_credit_in_force_is_replaced(administrator: Browser, debtor: Subscriber) -> None:
    lent(debtor, "10.00")

    done(administrator, debtor, "lend", amount="20")

    credit = credit_of(debtor.id)
    assert credit is not None and credit.amount == 20


def test_a_credit_that_the_preview_did_not_show_is_not_replaced(
    administrator: Browser, debtor: Subscriber
) -> None:
    preview = previewed(administrator, debtor, "lend", amount="20")
    granted = lent(debtor, "1234.00")

    answer = confirmed(administrator, debtor, "lend", preview)

    assert answer.status_code == 409 and "другой кредит 1\xa0234,00 без срока" in answer.content.decode()
    assert credit_of(debtor.id) == granted
    shown = words_of(previewed(administrator, debtor, "lend", amount="20"))
    assert "Заменит кредит, который в силе 1 234,00" in shown
    done(administrator, debtor, "lend", amount="20")


def test_a_credit_form_that_tells_not_what_it_showed_is_stale(
    administrator: Browser, debtor: Subscriber
) -> None:
    preview = previewed(administrator, debtor, "lend", amount="20")
    hidden = dict(_HIDDEN.findall(preview.content.decode().split('/do/"')[1]))

    for seen in ({}, {"seen": "x"}):
        rest = {name: value for name, value in hidden.items() if name != "seen"}
        answer = administrator.post(f"{act_on(debtor, 'lend')}do/", rest | seen)
        assert answer.status_code == 409 and "устарела" in words_of(answer)

    assert credit_of(debtor.id) is None


def test_lifting_where_nothing_is_placed_is_refused_in_a_sentence(
    administrator: Browser, debtor: Subscriber
) -> None:
    answer = previewed(administrator, debtor, "unblock")
    place_block(subscriber_id=debtor.id, placed_by="x", why="x")
    twice = previewed(administrator, debtor, "block", why="x")

    assert "не заблокирован администратором" in words_of(answer)
    assert "уже заблокирован администратором" in words_of(twice)
