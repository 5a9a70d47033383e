"""Money that a gateway sends by act_pay is credited once, exactly, and shows at once wherever it matters."""

import socket
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest

from demonstration import ACT_PAY, Demonstration, payment, request_of
from server.running import eventually
from server.wire import Answer, receive

AT_ONCE = 50
FIELDS = "pk op_id act abonent_id contract_number name sum_in balance pay_operator pay_id_str op_date message"
REFUSED = (
    '"1,50"', '"1 000.00"', '"1,000.00"', '"1e3"', '"NaN"', '"Infinity"', "27964.000000000004", '"-100"',
    '"0.00"', '"100.005"', "1e3", "-100", "0", "100.005", "NaN", "true", "null", '""', '"１００"', '"1_0"', '" 5"',
)  # fmt: skip
TAKEN = {'"100"': "100.00", '"100.5"': "100.50", "100.10": "100.10", "100": "100.00"}


def pay_query(demo: Demonstration, pay_id: str, sum_in: str = '"10.00"') -> bytes:
    """A PAY of the demonstration's subscriber with that JSON as its sum."""
    fields = payment(demo.facts["contract_number"], "SUM", pay_id) | {"act": "PAY"}
    return demo.query("asr_fiscal", ACT_PAY, fields).replace(b'"SUM"', sum_in.replace(" ", "%20").encode())


def all_at_once(demo: Demonstration, query: bytes, times: int = AT_ONCE) -> list[Answer]:
    """Send the same request on so many connections in the same moment."""
    start = Barrier(times)

    def send_one(_number: int) -> Answer:
        with socket.create_connection(("127.0.0.1", demo.service.port), timeout=30) as connection:
            start.wait(30)
            connection.sendall(request_of(query))
            return receive(connection)

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(send_one, range(times)))


def test_is_answered_with_the_operation_the_subscriber_the_sum_and_the_balance(demo: Demonstration) -> None:
    before = demo.balance(demo.facts["contract_number"])

    answer = demo.pay(demo.facts["contract_number"], "100.5", "wire-1")

    operation, subscriber, name = demo.rows(
        """SELECT p.transfer_id::text, s.id::text, s.name FROM payments_payment p
             JOIN subscribers_subscriber s ON s.id = p.subscriber_id WHERE p.operator_payment_id = 'wire-1'"""
    )[0]
    assert list(answer) == FIELDS.split()
    assert answer | {"op_date": "", "message": ""} == {
        "pk": operation, "op_id": operation, "act": "PAY", "abonent_id": subscriber,
        "contract_number": demo.facts["contract_number"], "name": name, "sum_in": "100.50",
        "balance": f"{before + Decimal('100.50'):.2f}", "pay_operator": "osmp", "pay_id_str": "wire-1",
        "op_date": "", "message": "",
    }  # fmt: skip


def test_is_credited_once_under_fifty_simultaneous_repeats(demo: Demonstration) -> None:
    before = demo.balance(demo.facts["contract_number"])

    answers = all_at_once(demo, pay_query(demo, "fifty"))

    assert {answer.status for answer in answers} == {200}
    assert {answer.body for answer in answers} == {answers[0].body}
    assert demo.payments_by("fifty") == 1
    assert demo.balance(demo.facts["contract_number"]) == before + 10


def test_is_credited_once_when_the_connection_is_cut_before_the_answer(demo: Demonstration) -> None:
    before = demo.balance(demo.facts["contract_number"])
    query = pay_query(demo, "cut")

    with socket.create_connection(("127.0.0.1", demo.service.port), timeout=10) as connection:
        connection.sendall(request_of(query))
    eventually(lambda: demo.payments_by("cut") == 1)
    demo.pay(demo.facts["contract_number"], "5.00", "between")
    repeated = demo.ask(query).json

    assert demo.payments_by("cut") == 1
    assert repeated["balance"] == f"{before + 10:.2f}"
    assert demo.balance(demo.facts["contract_number"]) == before + 10 + 5


@pytest.mark.parametrize("sum_in", REFUSED)
def test_of_what_is_no_exact_sum_is_refused_by_its_field(demo: Demonstration, sum_in: str) -> None:
    answer = demo.ask(pay_query(demo, "V08", sum_in))

    is_no_json = sum_in == "NaN"
    assert answer.status == 400
    assert answer.json["field"] == ("arg1" if is_no_json else "sum_in")
    assert is_no_json or "sum_in" in answer.json["error"]
    assert demo.payments_by("V08") == 0


@pytest.mark.parametrize("sum_in", TAKEN)
def test_of_an_exact_sum_is_credited_to_the_kopeck(demo: Demonstration, sum_in: str) -> None:
    before = demo.balance(demo.facts["contract_number"])

    answer = demo.ask(pay_query(demo, f"V08 {sum_in}".replace(" ", "%20").replace('"', "q"), sum_in)).json

    assert answer["sum_in"] == TAKEN[sum_in]
    assert demo.balance(demo.facts["contract_number"]) == before + Decimal(TAKEN[sum_in])


def test_known_with_another_sum_or_contract_is_refused_as_a_conflict(demo: Demonstration) -> None:
    contract_number, (_, other) = demo.facts["contract_number"], demo.debtor()
    first = demo.pay(contract_number, "100.00", "777")
    before = demo.balance(contract_number), demo.balance(other)

    conflicts = [demo.pay(contract_number, "100.01", "777"), demo.pay(other, "100.00", "777")]
    again = demo.pay(contract_number, "100.00", "777")

    assert [conflict["code"] for conflict in conflicts] == ["payment_conflict", "payment_conflict"]
    assert all("777" in conflict["error"] for conflict in conflicts)
    assert again == first
    assert (demo.balance(contract_number), demo.balance(other)) == before


def test_of_another_operator_is_another_payment_though_its_id_is_the_same(demo: Demonstration) -> None:
    contract_number = demo.facts["contract_number"]

    answers = [demo.pay(contract_number, "1.00", "778", operator) for operator in ("osmp", "cash")]

    assert len({answer["op_id"] for answer in answers}) == 2
    assert demo.payments_by("778") == 2


def test_of_an_unknown_operator_or_subscriber_moves_nothing(demo: Demonstration) -> None:
    contract_number = demo.facts["contract_number"]

    by_nobody = demo.pay(contract_number, "1.00", "779", "osmpp")
    for_nobody = demo.pay("nobody", "1.00", "779")

    assert (by_nobody["code"], for_nobody["code"]) == ("operator_unknown", "subscriber_unknown")
    assert "osmpp" in by_nobody["error"] and "nobody" in for_nobody["error"]
    assert demo.payments_by("779") == 0


def test_refused_has_both_names_of_an_error_and_one_taken_has_neither(demo: Demonstration) -> None:
    refused = demo.pay("nobody", "1.00", "780")
    taken = demo.pay(demo.facts["contract_number"], "1.00", "780")

    assert set(refused) == {"error", "error_text", "code", "field"}
    assert refused["error"] == refused["error_text"] != ""
    assert not {"error", "error_text"} & set(taken)


def test_opens_a_debtor_in_the_same_moment_and_closes_him_when_it_is_taken_back(demo: Demonstration) -> None:
    address, contract_number = demo.debtor()
    debt = -demo.balance(contract_number)

    demo.pay(address, f"{debt - Decimal('0.01'):.2f}", "almost")
    almost = address in demo.listed("negbal")
    demo.pay(address, "0.01", "open")
    is_open = address not in demo.listed("negbal")
    demo.told(act="CANCEL", pay_operator="osmp", pay_id_str="open")
    is_closed = address in demo.listed("negbal")
    demo.told(act="CANCEL", pay_operator="osmp", pay_id_str="almost")

    assert (almost, is_open, is_closed) == (True, True, True)
    assert demo.balance(contract_number) == -debt
