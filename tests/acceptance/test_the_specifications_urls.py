"""The specification's URLs, sent as raw bytes with nothing but their placeholders filled, are answered."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from acceptance.specification import CABINET, LISTS, ONEC, PAY, target_of
from demonstration import Demonstration
from server.wire import Answer, send

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.ru.md")
SIXTEEN_FIELDS = re.compile(r"(\S+ ){9}\S+  (\S+ ){5}\S+")


def ask(demo: Demonstration, target: bytes) -> Answer:
    """Send the target as bytes, as curl -g does."""
    return send(demo.service.port, b"GET " + target + b" HTTP/1.1\r\nHost: billing:8082\r\n\r\n")


@pytest.mark.parametrize("state", LISTS)
def test_of_the_three_lists_give_text_of_sixteen_fields_a_line(demo: Demonstration, state: str) -> None:
    filled = {"ип адрес Nas": demo.facts["nas_ip"], "пароль": demo.psw("collector")}

    answer = ask(demo, target_of(LISTS[state], filled))

    lines = answer.body.decode().splitlines(keepends=True)
    assert answer.status == 200
    assert answer.ended_well
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert lines
    assert all(SIXTEEN_FIELDS.fullmatch(line.removesuffix("\n")) and line.endswith("\n") for line in lines)


@pytest.mark.parametrize("who", ["contract_number", "login", "ip"])
def test_of_a_payment_credits_by_contract_login_or_address(demo: Demonstration, who: str) -> None:
    contract_number = demo.facts["contract_number"]
    before = demo.balance(contract_number)
    filled = {
        "номер договора, логин или ип адрес": demo.facts[who],
        "сумма платежа": "100.50",
        "код платежного оператора": demo.facts["pay_operator"],
        "уникальный ид платежа со стороны платежной системы": f"spec-{who}",
        "пароль": demo.psw("asr_fiscal"),
    }

    answer = ask(demo, target_of(PAY, filled))

    assert answer.status == 200
    assert "error" not in answer.json
    assert (answer.json["act"], answer.json["sum_in"]) == ("PAY", "100.50")
    assert answer.json["contract_number"] == contract_number
    assert answer.json["balance"] == f"{before + Decimal('100.50'):.2f}"
    assert demo.balance(contract_number) == before + Decimal("100.50")


def test_of_the_cabinet_sign_in_and_tell_of_the_subscriber(demo: Demonstration) -> None:
    facts = demo.facts
    filled = {
        "логин уч. записи": facts["login"],
        "пароль уч. записи": facts["passwd"],
        "ваш ip": facts["ip"],
    }

    entered = [ask(demo, target_of(CABINET[name], filled)).json for name in ("login", "try_auto_login")]
    suids = [answer["session_id"] for answer in entered] + [facts["suid"]]
    told = [ask(demo, target_of(CABINET["user_info"], {"session_id": suid})) for suid in suids]

    assert [answer["user"]["login"] for answer in entered] == [facts["login"]] * 2
    assert [answer.status for answer in told] == [200] * 3
    assert {Decimal(str(answer.json["balance"])) for answer in told} == {
        demo.balance(facts["contract_number"])
    }


@pytest.mark.parametrize("name", ONEC)
def test_of_1c_are_answered_with_a_list(demo: Demonstration, name: str) -> None:
    filled = {
        "ид родительской группы": demo.facts["parent_id"],
        "ид финансовой операции": demo.facts["op_id"],
        "Код 1С": "000000123",
        "Имя абонента": "Пётр",
        "пароль": demo.psw("api_1c"),
    }

    answer = ask(demo, target_of(ONEC[name], filled))

    assert answer.status == 200
    assert isinstance(answer.json, list)
    assert answer.json
    assert "error_text" not in answer.json[0]


@pytest.mark.parametrize("readme", READMES)
def test_are_all_in_the_readme(readme: str) -> None:
    text = (ROOT / readme).read_text()

    methods = {
        match[1]
        for url in (*LISTS.values(), PAY, *ONEC.values(), *CABINET.values())
        if (match := re.search(r"method1=([\w.]+)", url))
    }

    assert len(methods) == 10
    assert [method for method in methods if f"method1={method}" not in text] == []
