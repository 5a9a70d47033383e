"""CHECK and STATUS only look; CANCEL takes a payment back once; `act` says which, and anything else is an error."""

from acceptance.test_a_payment_over_the_wire import all_at_once
from demonstration import ACT_PAY, Demonstration, payment

CANCELLERS = 20


def test_check_tells_who_it_is_and_moves_nothing(demo: Demonstration) -> None:
    contract_number = demo.facts["contract_number"]
    before = demo.balance(contract_number)

    checked = [
        demo.told(contract_number=contract_number, act="CHECK"),
        demo.told(contract_number=contract_number, act=""),
        demo.told(contract_number=contract_number),
        demo.told(contract_number=demo.facts["login"], act="check"),
        demo.told(**payment(demo.facts["ip"], "5.00", "checked"), act="CHECK"),
    ]

    assert [record for record in checked if record != checked[0]] == []
    assert (checked[0]["act"], checked[0]["balance"]) == ("CHECK", f"{before:.2f}")
    assert checked[0]["contract_number"] == contract_number
    assert not {"op_id", "sum_in", "error"} & set(checked[0])
    assert demo.payments_by("checked") == 0
    assert demo.balance(contract_number) == before


def test_check_of_nobody_is_an_error(demo: Demonstration) -> None:
    answer = demo.told(contract_number="Никто", act="CHECK")

    assert answer["code"] == "subscriber_unknown"
    assert "Никто" in answer["error"]


def test_status_tells_of_a_payment_what_its_own_answer_told(demo: Demonstration) -> None:
    before = demo.told(act="STATUS", pay_operator="osmp", pay_id_str="looked-at")

    paid = demo.pay(demo.facts["contract_number"], "5.00", "looked-at")
    status = demo.told(act="STATUS", pay_operator="osmp", pay_id_str="looked-at")
    of_another = demo.told(act="STATUS", pay_operator="cash", pay_id_str="looked-at")

    assert status == paid | {"act": "STATUS"}
    assert (before["code"], of_another["code"]) == ("payment_unknown", "payment_unknown")


def test_cancel_takes_a_payment_back_once_however_often_it_is_sent(demo: Demonstration) -> None:
    contract_number = demo.facts["contract_number"]
    before = demo.balance(contract_number)
    paid = demo.pay(contract_number, "500.00", "taken-back")
    query = demo.query(
        "asr_fiscal", ACT_PAY, {"act": "CANCEL", "pay_operator": "osmp", "pay_id_str": "taken-back"}
    )

    answers = all_at_once(demo, query, CANCELLERS)
    demo.pay(contract_number, "1.00", "after-taken-back")
    again = demo.ask(query)

    assert {answer.body for answer in (*answers, again)} == {again.body}
    assert again.json["op_id"] != paid["op_id"] == again.json["reversed_op_id"]
    assert (again.json["act"], again.json["balance"]) == ("CANCEL", f"{before:.2f}")
    assert demo.balance(contract_number) == before + 1
    assert demo.rows(
        "SELECT reversing_id::text FROM ledger_reversal WHERE reversed_id = %s", int(paid["op_id"])
    ) == [(again.json["op_id"],)]


def test_cancel_of_another_sum_or_contract_or_of_nothing_is_refused(demo: Demonstration) -> None:
    demo.pay(demo.facts["contract_number"], "5.00", "kept")
    known = {"act": "CANCEL", "pay_operator": "osmp", "pay_id_str": "kept"}

    refusals = [
        demo.told(**known, sum_in="5.01"),
        demo.told(**known, contract_number=demo.debtor()[1]),
        demo.told(**known | {"pay_id_str": "never-paid"}),
    ]

    assert [refusal["code"] for refusal in refusals] == [
        "payment_conflict", "payment_conflict", "payment_unknown"
    ]  # fmt: skip
    assert "error" not in demo.told(act="STATUS", pay_operator="osmp", pay_id_str="kept")


def test_a_cancelled_payment_is_not_taken_again(demo: Demonstration) -> None:
    contract_number = demo.facts["contract_number"]
    demo.pay(contract_number, "5.00", "cancelled")
    demo.told(act="CANCEL", pay_operator="osmp", pay_id_str="cancelled")
    before = demo.balance(contract_number)

    again = demo.pay(contract_number, "5.00", "cancelled")
    status = demo.told(act="STATUS", pay_operator="osmp", pay_id_str="cancelled")

    assert (again["code"], status["code"]) == ("cancelled", "cancelled")
    assert demo.balance(contract_number) == before


def test_any_other_act_is_a_wrong_request_that_names_the_field(demo: Demonstration) -> None:
    for act in ("PAYY", "ADD", "REFUND"):
        answer = demo.act(payment(demo.facts["contract_number"], "5.00", "acted") | {"act": act})

        assert (answer.status, answer.json["field"]) == (400, "act")
    assert demo.payments_by("acted") == 0


def test_a_payment_without_one_of_its_fields_is_a_wrong_request_that_names_it(demo: Demonstration) -> None:
    whole = payment(demo.facts["contract_number"], "5.00", "incomplete") | {"act": "PAY"}

    for missing in ("contract_number", "sum_in", "pay_operator", "pay_id_str"):
        answer = demo.act({name: value for name, value in whole.items() if name != missing})

        assert (answer.status, answer.json["field"]) == (400, missing)
    assert demo.payments_by("incomplete") == 0
