"""`api_1c_sync_fin_oper` confirms an operation that 1C has or, without `pk`, brings a payment, once for each code."""

import json
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest

from calls import environ_of, query_of, send
from given import a_subscriber, an_operator, balance, charged, paid, the_clock_says, utc
from netledger.access.services import adopt_zone
from netledger.ledger.models import Transfer
from netledger.payments.models import Document, OnecMark, Payment
from netledger.subscribers.models import Subscriber
from netledger.subscribers.onec import confirm_to_onec
from netledger.subscribers.services import close_subscriber
from wire.onec import Onec

pytestmark = pytest.mark.django_db

SYNC = "api_1c_sync_fin_oper"
PAYMENT = {
    "abon_code1c": "000000123",
    "op_date": "2026-11-09",
    "op_summa": "1234,50",
    "descr": "Оплата по счёту 17",
    "code1c": "УТ-000055",
    "op_type_id": "2",
    "pr_number": "000017",
}


@pytest.fixture(autouse=True)
def moscow() -> None:
    adopt_zone("Europe/Moscow")
    the_clock_says(utc(2026, 11, 10, 12))


@pytest.fixture
def ivanov() -> Subscriber:
    return confirm_to_onec(subscriber_id=a_subscriber("10245").pk, onec_code="000000123")


def told(onec: Onec, **more: Any) -> dict[str, Any]:
    (operation,) = onec.told(SYNC, **(PAYMENT | more))
    assert isinstance(operation, dict)
    return operation


def test_a_payment_is_credited_with_a_decimal_comma_and_marked(onec: Onec, ivanov: Subscriber) -> None:
    operation = told(onec)

    assert balance(ivanov) == Decimal("1234.50")
    payment = Payment.objects.get()
    assert (payment.operator.code, payment.operator_payment_id) == ("1c", "УТ-000055")
    assert (operation["op_id"], operation["op_summa"]) == (str(payment.transfer_id), "1234.50")
    assert (operation["code1c"], operation["sync1c"]) == ("УТ-000055", "1")
    assert (operation["number"], operation["descr"]) == ("000017", "Оплата по счёту 17")
    assert operation["op_date"] == "2026-11-09 00:00:00"
    assert OnecMark.objects.get().transfer_id == payment.transfer_id
    assert Document.objects.get().payment == payment


def test_sent_again_it_gets_the_same_answer_and_moves_nothing(onec: Onec, ivanov: Subscriber) -> None:
    first = told(onec)
    paid(ivanov, "5.00")

    again = told(onec, code1c="УТ-000055   ", abon_code1c=" 000000123", op_summa="1234.5", descr="иначе")

    assert again == first
    assert balance(ivanov) == Decimal("1234.50") + 5
    assert Payment.objects.count() == 2


@pytest.mark.parametrize(
    "other", [{"op_summa": "1234,51"}, {"op_date": "2026-11-08"}, {"abon_code1c": "000000124"}]
)
def test_another_sum_day_or_subscriber_for_a_known_code_is_a_conflict(
    onec: Onec, ivanov: Subscriber, other: dict[str, str]
) -> None:
    petrov = confirm_to_onec(subscriber_id=a_subscriber().pk, onec_code="000000124")
    first = told(onec)

    error = onec.error(SYNC, **(PAYMENT | other))

    assert error["code"] == "payment_conflict"
    assert first["op_id"] in error["error"] and "УТ-000055" in error["error"]
    assert (balance(ivanov), balance(petrov)) == (Decimal("1234.50"), 0)


def test_a_repeat_is_answered_after_1c_gave_the_subscriber_another_code(
    onec: Onec, ivanov: Subscriber
) -> None:
    first = told(onec)
    confirm_to_onec(subscriber_id=ivanov.pk, onec_code="УТ-1")

    again = told(onec)

    assert again == first | {"abon_code1c": "УТ-1"}


def test_a_subscriber_whom_1c_calls_otherwise_is_named(onec: Onec) -> None:
    error = onec.error(SYNC, **PAYMENT)

    assert (error["code"], error["error"]) == ("onec_code_unknown", "Абонента с кодом 1С 000000123 нет")
    assert not Transfer.objects.exists()


def test_a_closed_contract_takes_only_what_it_owes(onec: Onec, ivanov: Subscriber) -> None:
    charged(ivanov, "10.00")
    close_subscriber(subscriber_id=ivanov.pk)

    told(onec)
    error = onec.error(SYNC, **(PAYMENT | {"code1c": "УТ-000056"}))

    assert error["code"] == "closed"
    assert balance(ivanov) == Decimal("-10.00") + Decimal("1234.50")


@pytest.mark.parametrize(
    ("sent", "roubles"),
    [
        ("1234,5", "1234.50"),
        ("1\xa0234,50", "1234.50"),
        ("1\xa0234\xa0567", "1234567.00"),
        (1234.5, "1234.50"),
        ("7", "7.00"),
    ],
)
def test_a_sum_is_read_as_1c_prints_it(onec: Onec, ivanov: Subscriber, sent: object, roubles: str) -> None:
    assert told(onec, op_summa=sent)["op_summa"] == roubles


@pytest.mark.parametrize(
    "wrong",
    [
        "1,234.50",
        "1.234,50",
        "1 234,50",
        "12\xa034,50",
        "1,2,3",
        ",5",
        "5,",
        "1,005",
        "-5",
        "0,00",
        "1e3",
        "٣",
        "",
        None,
        True,
    ],
)
def test_what_is_no_sum_is_refused_by_its_field(onec: Onec, ivanov: Subscriber, wrong: object) -> None:
    reply = onec.asks(SYNC, **(PAYMENT | {"op_summa": wrong}))

    assert (reply.status, reply.json["field"]) == (400, "op_summa")
    assert balance(ivanov) == 0


@pytest.mark.parametrize("field", ["abon_code1c", "op_date", "op_summa", "code1c"])
def test_what_is_missing_is_refused_by_its_field(onec: Onec, ivanov: Subscriber, field: str) -> None:
    reply = onec.asks(SYNC, **{name: value for name, value in PAYMENT.items() if name != field})

    assert (reply.status, reply.json["field"], reply.json["code"]) == (400, field, "field_missing")


@pytest.mark.parametrize(
    ("field", "wrong"), [("op_date", "2026-11-11"), ("op_date", "01.01.0001"), ("op_type_id", "1")]
)
def test_what_cannot_be_a_payment_is_refused_by_its_field(
    onec: Onec, ivanov: Subscriber, field: str, wrong: str
) -> None:
    reply = onec.asks(SYNC, **(PAYMENT | {field: wrong}))

    assert (reply.status, reply.json["field"]) == (400, field)
    assert balance(ivanov) == 0


def test_windows_1251_is_read_as_the_text_that_it_is(onec: Onec, ivanov: Subscriber) -> None:
    arg1 = quote(json.dumps(PAYMENT, ensure_ascii=False).encode("windows-1251")).encode()
    query = query_of("api_1c", f"api_1c_manager.{SYNC}", {}, model="FinanceOperations")

    reply = send(onec.api, environ_of(query.replace(b"arg1={}", b"arg1=" + arg1)))

    assert (reply.json[0]["code1c"], reply.json[0]["descr"]) == ("УТ-000055", "Оплата по счёту 17")


def test_a_decimal_comma_is_taken_from_1c_only(onec: Onec, ivanov: Subscriber) -> None:
    an_operator("osmp")
    arg1 = {
        "contract_number": "10245",
        "sum_in": "1,50",
        "pay_operator": "osmp",
        "pay_id_str": "1",
        "act": "PAY",
    }

    reply = send(onec.api, environ_of(query_of("asr_fiscal", "asr_fiscal_manager.act_pay", arg1)))

    assert (reply.status, reply.json["field"]) == (400, "sum_in")


def test_an_operation_is_confirmed_and_again_nothing_changes(onec: Onec, ivanov: Subscriber) -> None:
    payment = paid(ivanov, "5.00")

    first = onec.told(SYNC, pk=str(payment.operation_id), code1c="000000007  ")
    again = onec.told(SYNC, pk=payment.operation_id, code1c="000000007")

    assert first == again
    assert (first[0]["code1c"], first[0]["sync1c"], first[0]["pk"]) == (
        "000000007",
        "1",
        str(payment.operation_id),
    )
    assert OnecMark.objects.count() == 1


def test_a_code_is_one_operations_and_an_operation_has_one_code(onec: Onec, ivanov: Subscriber) -> None:
    one, other = paid(ivanov, "5.00"), paid(ivanov, "6.00")
    onec.told(SYNC, pk=one.operation_id, code1c="7")

    taken = onec.error(SYNC, pk=other.operation_id, code1c="7")
    marked = onec.error(SYNC, pk=one.operation_id, code1c="8")
    brought = onec.error(SYNC, **(PAYMENT | {"code1c": "7"}))

    assert taken["code"] == "onec_code_of_another"
    assert brought["code"] == "payment_conflict" and str(one.operation_id) in brought["error"]
    assert str(one.operation_id) in taken["error"] and str(other.operation_id) in taken["error"]
    assert marked["code"] == "operation_marked_otherwise"
    assert "7" in marked["error"] and "8" in marked["error"]
    assert balance(ivanov) == 5 + 6, "a payment whose code is another operation's moves nothing"


def test_an_operation_that_is_not_there_is_named(onec: Onec) -> None:
    error = onec.error(SYNC, pk="987654321", code1c="7")

    assert error["code"] == "operation_unknown" and "987654321" in error["error"]
    assert not OnecMark.objects.exists()
