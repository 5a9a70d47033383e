"""The specification's URLs, sent as raw bytes with nothing but their placeholders filled, are answered."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from acceptance.specification import LATER, LISTS, PAY, target_of
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


@pytest.mark.parametrize("name", LATER)
def test_of_what_comes_later_are_refused_by_name_and_make_nothing_up(demo: Demonstration, name: str) -> None:
    filled = {
        "ид родительской группы": demo.facts["parent_id"],
        "ид финансовой операции": demo.facts["op_id"],
        "Код 1С": "000000123",
        "Имя абонента": "Пётр",
        "логин уч. записи": demo.facts["login"],
        "пароль уч. записи": demo.facts["passwd"],
        "ваш ip": demo.facts["ip"],
        "session_id": "none",
        "пароль": demo.psw("api_1c"),
    }

    answer = ask(demo, target_of(LATER[name], filled))

    assert answer.status == 404
    assert set(answer.json) == {"error", "error_text", "code", "field"}
    assert (answer.json["code"], answer.json["field"]) == ("method_unknown", "method1")


@pytest.mark.parametrize("readme", READMES)
def test_of_what_comes_later_are_named_in_the_readme(readme: str) -> None:
    text = (ROOT / readme).read_text()

    managers = {match[1] for url in LATER.values() if (match := re.search(r"method1=(\w+)\.", url))}

    assert managers == {"api_1c_manager", "web_cabinet"}
    assert all(f"`{manager}`" in text for manager in managers)
