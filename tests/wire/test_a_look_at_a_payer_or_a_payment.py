"""CHECK looks whether a subscriber can be paid for, STATUS whether a payment arrived; neither moves anything."""

import pytest

from given import a_subscriber, an_operator, balance, moved
from netledger.subscribers.services import close_subscriber
from wire.conftest import Act

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["CHECK", "check", "", None])
def test_a_check_answers_the_payer_without_an_operation(act: Act, name: str | None) -> None:
    subscriber = a_subscriber("10245", name="Жук Ё")
    moved(subscriber, "-310.00")

    reply = act(name, contract_number="10245", sum_in="rubbish", pay_id_str="")

    assert reply.json == {
        "act": "CHECK",
        "abonent_id": str(subscriber.pk),
        "contract_number": "10245",
        "name": "Жук Ё",
        "balance": "-310.00",
        "message": "Абонент найден",
    }
    assert balance(subscriber) == -310


def test_a_check_of_nobody_is_refused(act: Act) -> None:
    reply = act("CHECK", contract_number="nobody")

    assert (reply.status, reply.json["code"]) == (200, "subscriber_unknown")


@pytest.mark.parametrize("name", ["REFUND", "ADD", "pay now", 5])
def test_any_other_act_is_a_wrong_request(act: Act, name: str) -> None:
    reply = act(name, contract_number="10245")

    assert (reply.status, reply.json["field"]) == (400, "act")


def test_a_status_answers_the_payment_as_it_was_taken(act: Act, pay: Act) -> None:
    an_operator("osmp")
    a_subscriber("10245")
    paid = pay("10245", "100.00", "777").json
    pay("10245", "5.00", "778")

    status = act("STATUS", pay_operator="osmp", pay_id_str="777").json

    assert status == paid | {"act": "STATUS"}


def test_a_status_of_a_cancelled_or_unknown_payment_is_refused(act: Act, pay: Act) -> None:
    an_operator("osmp")
    a_subscriber("10245")
    pay("10245", "100.00", "777")
    act("CANCEL", pay_operator="osmp", pay_id_str="777")

    cancelled = act("STATUS", pay_operator="osmp", pay_id_str="777")
    unknown = act("STATUS", pay_operator="osmp", pay_id_str="778")

    assert (cancelled.status, cancelled.json["code"]) == (200, "cancelled")
    assert (unknown.status, unknown.json["code"]) == (200, "payment_unknown")


@pytest.mark.parametrize(
    ("money", "check", "pay_code"), [("150.00", "closed", "closed"), ("-80.00", None, None)]
)
def test_a_closed_contract_takes_money_while_it_owes(
    act: Act, pay: Act, money: str, check: str | None, pay_code: str | None
) -> None:
    an_operator("osmp")
    subscriber = a_subscriber("10245")
    moved(subscriber, money)
    close_subscriber(subscriber_id=subscriber.pk)

    checked = act("CHECK", contract_number="10245").json
    paid = pay("10245", "80.00", "777").json

    assert (checked.get("code"), paid.get("code")) == (check, pay_code)
    assert "закрыт" in checked.get("error", checked.get("message"))


def test_a_cancel_works_for_a_closed_contract(act: Act, pay: Act) -> None:
    an_operator("osmp")
    subscriber = a_subscriber("10245")
    pay("10245", "80.00", "777")
    close_subscriber(subscriber_id=subscriber.pk)

    reply = act("CANCEL", pay_operator="osmp", pay_id_str="777")

    assert (reply.json["sum_in"], balance(subscriber)) == ("80.00", 0)
