"""1C fetches a subscriber's payments, flat and with every key, and may look at one operation in full."""

from decimal import Decimal
from typing import Any

import pytest

from given import a_subscriber, an_operator, charged, paid, the_clock_says, utc
from netledger.access.services import adopt_zone
from netledger.payments.corrections import correct_balance, reverse_operation
from netledger.payments.services import cancel_payment
from netledger.subscribers.models import Subscriber
from wire.onec import Onec

pytestmark = pytest.mark.django_db

KEYS = """op_id op_type_id op_date op_summa op_card_id number balance_buh descr operator_pay_id operator_name
    operator_result operator_pay_id_str code1c act_services"""
BOTH_NAMES = pytest.mark.parametrize(
    "method", ["api_1c_get_fin_opers_with_context", "api_1c_get_fin_opers"], ids=["8.2 and 8.3", "8.1"]
)
NOVEMBER = {"sdate": "01.11.2026 0:00:00", "edate": "30.11.2026 23:59:59"}
GET = "api_1c_get_fin_opers_with_context"
DETAIL = "api_1c_get_fin_detail"


def november(onec: Onec, subscriber: Subscriber, **more: str) -> Any:
    return onec.told(GET, **{"abonent_id": str(subscriber.pk), "op_type": "2", **NOVEMBER, **more})


@pytest.fixture(autouse=True)
def moscow() -> None:
    adopt_zone("Europe/Moscow")
    the_clock_says(utc(2026, 11, 10, 12))


@BOTH_NAMES
def test_a_payment_has_every_key_that_1c_reads(onec: Onec, method: str) -> None:
    ivanov = a_subscriber()
    charged(ivanov, "30.00")
    payment = paid(ivanov, "100.50", operator=an_operator("osmp"), payment_id="777")

    (told,) = onec.told(method, abonent_id=str(ivanov.pk), op_type="2", **NOVEMBER)

    assert set(KEYS.split()) <= set(told)
    assert {key: told[key] for key in KEYS.split()} == {
        "op_id": str(payment.operation_id),
        "op_type_id": "2",
        "op_date": "2026-11-10 15:00:00",
        "op_summa": "100.50",
        "op_card_id": "",
        "number": "",
        "balance_buh": "70.50",
        "descr": "",
        "operator_pay_id": told["operator_pay_id"],
        "operator_name": "Платёжная система",
        "operator_result": "",
        "operator_pay_id_str": "777",
        "code1c": "",
        "act_services": [],
    }
    assert told["operator_pay_id"].isdecimal()


def test_whole_days_of_the_provider_both_ends_belong_to_it(onec: Onec) -> None:
    ivanov = a_subscriber()
    before, first, last, after = (
        utc(2026, 10, 31, 20, 59, 59),
        utc(2026, 10, 31, 21),
        utc(2026, 11, 30, 20, 59, 59),
        utc(2026, 11, 30, 21),
    )
    for number, moment in enumerate((before, first, last, after)):
        the_clock_says(moment)
        paid(ivanov, f"{number + 1}.00")

    for edate in (
        "30.11.2026 23:59:59",
        "30.11.2026 0:00:00",
        "30.11.2026",
        "2026-11-30",
        "2026-11-30T00:00:00",
    ):
        assert [item["op_summa"] for item in november(onec, ivanov, edate=edate)] == ["2.00", "3.00"]
    assert len(november(onec, ivanov, sdate="01.01.0001 0:00:00", edate="31.12.9999 23:59:59")) == 4
    assert november(onec, ivanov, sdate="30.11.2026", edate="01.11.2026") == []


def test_nobody_elses(onec: Onec) -> None:
    ivanov, petrov = a_subscriber(), a_subscriber()
    paid(petrov, "1.00")

    assert november(onec, ivanov) == []


def test_what_was_taken_back_is_left_out_unless_1c_has_it(onec: Onec) -> None:
    ivanov, operator = a_subscriber(), an_operator("osmp")
    unknown, had = (paid(ivanov, "5.00", operator=operator, payment_id=name) for name in ("1", "2"))
    onec.told("api_1c_sync_fin_oper", pk=str(had.operation_id), code1c="000000007")
    for name in ("1", "2"):
        cancel_payment(
            operator_id=operator.pk, operator_payment_id=name, sent_to=None, subscriber_id=None, amount=None
        )

    (told,) = november(onec, ivanov)

    assert (told["op_id"], told["code1c"], told["storno"]) == (str(had.operation_id), "000000007", "1")
    assert onec.told(DETAIL, op_id=unknown.operation_id)[0]["storno"] == "1"


@pytest.mark.parametrize("op_type", ["1", "11", 1])
def test_of_acts_and_agents_accounts_there_are_none_yet(onec: Onec, op_type: object) -> None:
    ivanov = a_subscriber()
    paid(ivanov, "5.00")

    assert onec.told(GET, abonent_id=ivanov.pk, op_type=op_type, **NOVEMBER) == []


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("op_type", "3"),
        ("sdate", "31.11.2026 0:00:00"),
        ("edate", "11/30/2026"),
        ("edate", ""),
        ("abonent_id", ""),
    ],
)
def test_what_is_wrong_is_refused_by_its_field(onec: Onec, field: str, wrong: str) -> None:
    reply = onec.asks(GET, **({"abonent_id": "1", "op_type": "2", **NOVEMBER} | {field: wrong}))

    assert (reply.status, reply.json["field"]) == (400, field)


def test_who_is_not_there_is_named(onec: Onec) -> None:
    assert (
        onec.error(GET, abonent_id="12345", op_type="2", **NOVEMBER)["error"] == "Абонент «12345» не найден"
    )


def test_one_in_full_says_whose_by_which_operator_and_what_is_left(onec: Onec) -> None:
    ivanov = a_subscriber("10245", name="Иванов")
    onec.told("api_1c_sync_abonent", pk=ivanov.pk, code1c="000000123")
    payment = paid(ivanov, "100.50", operator=an_operator("osmp"), payment_id="777")

    (told,) = onec.told(DETAIL, op_id=str(payment.operation_id))

    assert set(KEYS.split()) <= set(told)
    assert told["pk"] == told["op_id"] == str(payment.operation_id)
    assert (told["abonent_id"], told["abon_code1c"], told["contract_number"], told["name"]) == (
        str(ivanov.pk), "000000123", "10245", "Иванов",
    )  # fmt: skip
    assert (told["pay_operator"], told["operator_pay_id_str"], told["op_summa"]) == ("osmp", "777", "100.50")
    assert told["balance"] == told["balance_buh"] == "100.50"
    assert (told["storno"], told["storno_op_id"], told["storno_date"], told["storno_by"]) == ("0", "", "", "")


def test_one_that_was_taken_back_says_by_what_and_by_whom(onec: Onec) -> None:
    ivanov, operator = a_subscriber(), an_operator("osmp")
    first = paid(ivanov, "5.00")
    by_staff = reverse_operation(operation_id=first.operation_id, author="Петрова", why="ошибка")
    second = paid(ivanov, "7.00", operator=operator, payment_id="2")
    cancel_payment(
        operator_id=operator.pk, operator_payment_id="2", sent_to=None, subscriber_id=None, amount=None
    )

    (one,), (other,) = (onec.told(DETAIL, op_id=payment.operation_id) for payment in (first, second))

    assert (one["storno"], one["storno_op_id"], one["storno_by"]) == (
        "1",
        str(by_staff.transfer_id),
        "Петрова",
    )
    assert one["storno_date"] == "2026-11-10 15:00:00"
    assert (other["storno"], other["storno_by"]) == ("1", "osmp")
    (reversal,) = onec.told(DETAIL, op_id=by_staff.transfer_id)
    assert (reversal["storno_of_op_id"], reversal["op_summa"]) == (one["op_id"], "-5.00")


def test_a_charge_is_an_operation_too_but_none_of_1cs_kinds(onec: Onec) -> None:
    charge = charged(a_subscriber("10245"), "10.00")

    (told,) = onec.told(DETAIL, op_id=charge.transfer_id)

    assert (told["op_type_id"], told["op_summa"], told["balance"]) == ("", "-10.00", "-10.00")
    assert (told["contract_number"], told["pay_operator"], told["operator_pay_id"]) == ("10245", "", "")


def test_what_it_is_is_told_in_russian(onec: Onec) -> None:
    ivanov = a_subscriber()
    payment, charge = paid(ivanov, "100.00"), charged(ivanov, "10.00")
    correction = correct_balance(
        subscriber_id=ivanov.pk, delta=Decimal("-5.00"), author="Петрова", why="ошибка"
    )
    reversal = reverse_operation(operation_id=charge.transfer_id, author="Петрова", why="ошибка")
    ids = (payment.operation_id, charge.transfer_id, correction.transfer_id, reversal.transfer_id)

    told = [onec.told(DETAIL, op_id=id_)[0]["descr"] for id_ in ids]

    assert told == ["", "Списание", "Корректировка", f"Сторно операции {charge.transfer_id}"]


def test_one_that_is_not_there_is_named(onec: Onec) -> None:
    error = onec.error(DETAIL, op_id="987654321")

    assert error["code"] == "operation_unknown" and "987654321" in error["error"]
