"""PAY credits once, and answers with the operation, the subscriber, the sum and the balance after it."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from urllib.parse import quote

import pytest

from calls import PSW, Application, Reply, environ_of, query_of, send
from given import a_customer, a_subscriber, an_operator, balance, published, the_clock_says
from netledger.access.queries import find_decision
from netledger.access.services import adopt_zone
from netledger.ledger.models import Transfer
from netledger.payments.services import retire_operator
from wire.conftest import ACT_PAY, Act

pytestmark = pytest.mark.django_db

KEYS = "pk op_id act abonent_id contract_number name sum_in balance pay_operator pay_id_str op_date message"


def is_refused(reply: Reply, code: str) -> bool:
    return (reply.status, reply.json["code"], reply.json["error"]) == (200, code, reply.json["error_text"])


def test_is_credited_and_answered_with_what_it_did(pay: Act) -> None:
    an_operator("osmp")
    debtor = a_customer("-30.00", contract_number="10245")
    adopt_zone("Europe/Moscow")
    the_clock_says(datetime(2026, 3, 1, 21, 30, 15, tzinfo=UTC))

    reply = pay("10245", "100.5", "777")

    assert reply.status == 200
    assert list(reply.json) == KEYS.split()
    assert reply.json == {
        "pk": reply.json["op_id"],
        "op_id": str(Transfer.objects.get(kind="payment").pk),
        "act": "PAY",
        "abonent_id": str(debtor.pk),
        "contract_number": "10245",
        "name": "Иванов Иван Иванович",
        "sum_in": "100.50",
        "balance": "70.50",
        "pay_operator": "osmp",
        "pay_id_str": "777",
        "op_date": "2026-03-02 00:30:15",
        "message": "Платёж принят",
    }
    assert balance(debtor) == Decimal("-30.00") + Decimal("100.50")


def test_opens_the_access_of_whom_it_brings_out_of_debt(pay: Act) -> None:
    an_operator("osmp")
    debtor = a_customer("-30.00", contract_number="10245")
    published()
    assert find_decision(debtor.pk).negbal

    pay("10245", "30.00", "777")

    published()
    assert not find_decision(debtor.pk).negbal


def test_takes_ids_as_json_numbers_too(act: Act) -> None:
    an_operator("7")
    a_subscriber("10245")

    reply = act("PAY", contract_number=10245, sum_in=100, pay_operator=7, pay_id_str=777)

    assert (reply.json["sum_in"], reply.json["pay_operator"], reply.json["pay_id_str"]) == (
        "100.00",
        "7",
        "777",
    )


def test_means_the_same_raw_encoded_and_in_a_form(api: Application) -> None:
    an_operator("osmp")
    a_subscriber("Договор-1")
    fields = {
        "contract_number": "Договор-1",
        "sum_in": "5",
        "pay_operator": "osmp",
        "pay_id_str": "+ &%",
        "act": "PAY",
    }
    text = json.dumps(fields, ensure_ascii=False)
    rest = f"&model=abonents&unknown=1&method1={ACT_PAY}&psw={PSW['asr_fiscal']}&context=asr_fiscal&"
    encoded = f"arg1={quote(text)}{rest}".encode()

    raw = send(api, environ_of(query_of("asr_fiscal", ACT_PAY, fields)))
    others = [send(api, environ_of(encoded)), send(api, environ_of(verb="POST", body=encoded))]

    assert raw.json["pay_id_str"] == "+ &%"
    assert [other.json for other in others] == [raw.json, raw.json]


def test_of_an_unknown_operator_is_refused(pay: Act) -> None:
    subscriber = a_subscriber("10245")

    assert is_refused(pay("10245", "100.00", "777", "osmpp"), "operator_unknown")
    assert balance(subscriber) == 0


@pytest.mark.parametrize("name", ["PAY", "STATUS", "CANCEL"])
def test_under_the_operator_of_1cs_exchange_is_refused_so_that_no_code_of_1cs_is_taken_up(
    act: Act, name: str
) -> None:
    subscriber = a_subscriber("10245")

    reply = act(name, contract_number="10245", sum_in="100.00", pay_operator="1c", pay_id_str="УТП-000001")

    assert is_refused(reply, "operator_of_exchange")
    assert "только 1С" in reply.json["error"]
    assert balance(subscriber) == 0


def test_of_a_retired_operator_is_refused_unless_it_is_a_repeat(pay: Act) -> None:
    an_operator("osmp")
    a_subscriber("10245")
    first = pay("10245", "100.00", "777")
    retire_operator(code="osmp")

    assert is_refused(pay("10245", "100.00", "778"), "operator_retired")
    assert pay("10245", "100.00", "777").json == first.json


def test_to_nobody_is_refused(pay: Act) -> None:
    an_operator("osmp")

    assert is_refused(pay("nobody", "100.00", "777"), "subscriber_unknown")


@pytest.mark.parametrize("missing", ["contract_number", "sum_in", "pay_operator", "pay_id_str"])
def test_without_one_of_its_fields_is_a_wrong_request(act: Act, missing: str) -> None:
    fields = {"contract_number": "1", "sum_in": "1", "pay_operator": "osmp", "pay_id_str": "1"}
    del fields[missing]

    reply = act("PAY", **fields)

    assert (reply.status, reply.json["code"], reply.json["field"]) == (400, "field_missing", missing)


@pytest.mark.parametrize(
    "sum_in",
    ['"1,50"', '"1 000.00"', '"1,000.00"', '"1e3"', '"NaN"', '"Infinity"', "27964.000000000004", '"-100"', '"0.00"',
     '"100.005"'],
)  # fmt: skip
def test_of_a_sum_that_is_none_is_refused_by_its_name_and_moves_nothing(
    api: Application, sum_in: str
) -> None:
    an_operator("osmp")
    subscriber = a_subscriber("10245")
    arg1 = (
        f'{{"contract_number":"10245","sum_in":{sum_in},"pay_operator":"osmp","pay_id_str":"1","act":"PAY"}}'
    )

    reply = send(api, environ_of(query_of("asr_fiscal", ACT_PAY, arg1)))

    assert (reply.status, reply.json["field"]) == (400, "sum_in")
    assert balance(subscriber) == 0


@pytest.mark.parametrize(
    ("sum_in", "credited"), [('"100"', "100"), ('"100.5"', "100.50"), ("100.10", "100.10")]
)
def test_of_a_right_sum_is_credited_exactly(api: Application, sum_in: str, credited: str) -> None:
    an_operator("osmp")
    subscriber = a_subscriber("10245")
    arg1 = (
        f'{{"contract_number":"10245","sum_in":{sum_in},"pay_operator":"osmp","pay_id_str":"1","act":"PAY"}}'
    )

    send(api, environ_of(query_of("asr_fiscal", ACT_PAY, arg1)))

    assert balance(subscriber) == Decimal(credited)


def test_sent_by_curl_without_g_moves_nothing_and_is_told_why(api: Application) -> None:
    an_operator("osmp")
    subscriber = a_subscriber("10245")
    parts = [
        '"contract_number":"10245"',
        '"sum_in":"5"',
        '"pay_operator":"osmp"',
        '"pay_id_str":"1"',
        '"act":"PAY"',
    ]

    replies = [send(api, environ_of(query_of("asr_fiscal", ACT_PAY, part))) for part in parts]

    for reply in replies:
        assert (reply.status, reply.json["field"], "-g" in reply.json["error"]) == (400, "arg1", True)
    assert balance(subscriber) == 0
