"""Whoever starts the demonstration gets lines that work as they are pasted, and the same facts in a file."""

import json
from typing import Any

import psycopg
import pytest

from cli.demonstration import Demonstration, pasted
from netledger.installation import secret_key
from netledger.installation.home import Home
from netledger.installation.roles import ROLES
from origin import address_of_home

LISTS = [f"collector_manager.users_{name}" for name in ("negbal", "blocked", "logged")]
ACT_PAY = "asr_fiscal_manager.act_pay"
CABINET = [f"web_cabinet.{name}" for name in ("login", "try_auto_login", "user_info", "get_user")]
ONEC = [f"api_1c_manager.api_1c_{name}" for name in ("get_abonents", "get_fin_detail", "create_abonent")]
NEGBAL, BLOCKED = 5, 6
"""Where these two flags stand in a line."""


@pytest.fixture
def facts(demo: Demonstration) -> dict[str, Any]:
    assert demo.facts_when_ready is not None
    return demo.facts_when_ready


def _ask(demo: Demonstration, query: str, **values: object) -> list[tuple[Any, ...]]:
    """What the demonstration's database says."""
    address = address_of_home(Home(demo.home), ROLES["server"])
    with psycopg.connect(address) as connection:
        return connection.execute(query.encode(), values).fetchall()


def _act_pay(facts: dict[str, Any], **changed: str) -> dict[str, str]:
    """The answer to the line of a CHECK with other arguments."""
    line = facts["curl_acts"]["CHECK"]
    arguments = json.dumps(
        {"contract_number": facts["contract_number"], "act": "CHECK"}, separators=(",", ":")
    )
    assert arguments in line
    answer: dict[str, str] = json.loads(
        pasted(line.replace(arguments, json.dumps(changed, separators=(",", ":"))))
    )
    return answer


def test_the_file_is_whole_when_the_service_is_ready_and_only_its_owner_reads_it(
    demo: Demonstration, facts: dict[str, Any]
) -> None:
    file = demo.home / "demo.json"

    assert facts == json.loads(file.read_bytes())
    assert file.stat().st_mode & 0o777 == 0o600
    assert facts["url"] == f"http://127.0.0.1:{demo.port}"
    assert set(facts["curl"]) == {*LISTS, ACT_PAY, *ONEC, *CABINET}


def test_every_line_of_the_file_is_printed(demo: Demonstration, facts: dict[str, Any]) -> None:
    printed = demo.said.splitlines()

    for line in [*facts["curl"].values(), *facts["curl_acts"].values()]:
        assert line in printed
        assert line.startswith("curl -g ")


@pytest.mark.parametrize("name", LISTS)
def test_no_list_of_the_nas_is_empty(facts: dict[str, Any], name: str) -> None:
    lines = pasted(facts["curl"][name]).splitlines()

    assert lines
    for line in lines:
        assert len(line.split()) == 16
        assert facts["nas_ip"] in line.split()


def test_somebody_who_owes_is_not_blocked_and_somebody_both(facts: dict[str, Any]) -> None:
    lines = [line.split() for line in pasted(facts["curl"][LISTS[0]]).splitlines()]

    assert {fields[NEGBAL] for fields in lines} == {"1"}
    assert {fields[BLOCKED] for fields in lines} >= {"0"}


def test_paying_twice_by_the_same_line_pays_once(facts: dict[str, Any]) -> None:
    before = _act_pay(facts, contract_number=facts["contract_number"], act="CHECK")
    first = json.loads(pasted(facts["curl"][ACT_PAY]))

    again = json.loads(pasted(facts["curl"][ACT_PAY]))

    after = _act_pay(facts, contract_number=facts["contract_number"], act="CHECK")
    assert again == first
    assert "error" not in first
    assert first["sum_in"] == "100.00"
    assert float(after["balance"]) == pytest.approx(float(before["balance"]) + 100)


def test_the_operation_is_a_payment_of_the_subscriber_by_the_operator(facts: dict[str, Any]) -> None:
    answer = json.loads(pasted(facts["curl_acts"]["STATUS"]))

    assert answer["op_id"] == facts["op_id"]
    assert answer["contract_number"] == facts["contract_number"]
    assert answer["pay_operator"] == facts["pay_operator"]


@pytest.mark.parametrize("name", ["login", "ip"])
def test_the_subscriber_is_found_by_each_of_his_names(facts: dict[str, Any], name: str) -> None:
    by_contract = _act_pay(facts, contract_number=facts["contract_number"], act="CHECK")

    assert _act_pay(facts, contract_number=facts[name], act="CHECK") == by_contract
    assert len(facts[name]) >= 8


@pytest.mark.parametrize("name", CABINET)
def test_the_lines_of_the_cabinet_show_the_subscriber(facts: dict[str, Any], name: str) -> None:
    answer = json.loads(pasted(facts["curl"][name]))

    assert "error" not in answer
    if name == "web_cabinet.user_info":
        assert answer["in_block"] == "0"
        assert answer["enough_to_date"] > "2026"
    else:
        assert answer["user"]["abonent"]["contract_number"] == facts["contract_number"]


def test_1c_is_shown_whom_it_has_not_yet_a_payment_and_whom_it_brings(facts: dict[str, Any]) -> None:
    abonents, (operation,), (created,) = (json.loads(pasted(facts["curl"][name])) for name in ONEC)

    assert {abonent["fields"]["code1c"] for abonent in abonents} == {""}
    assert facts["contract_number"] in [abonent["fields"]["contract_number"] for abonent in abonents]
    assert (operation["op_id"], operation["op_type_id"]) == (facts["op_id"], "2")
    assert operation["contract_number"] == facts["contract_number"]
    assert (created["fields"]["code1c"], created["fields"]["name"]) == ("УТ-000123", "Иванов Пётр")
    assert json.loads(pasted(facts["curl"][ONEC[2]])) == [created]


def test_the_subscriber_is_open_connected_and_has_a_plan(demo: Demonstration, facts: dict[str, Any]) -> None:
    found = _ask(
        demo,
        """
        SELECT d.reason, host(n.address), host(c.address), c.secret, s.group_id::text
          FROM subscribers_subscriber s
          JOIN access_decision d ON d.subscriber_id = s.id
          JOIN network_connection c ON c.subscriber_id = s.id AND c.login = %(login)s AND c.enabled
          JOIN network_nas n ON n.id = c.nas_id
          JOIN tariffs_subscription p ON p.subscriber_id = s.id AND p.until_on IS NULL
         WHERE s.contract_number = %(contract_number)s
        """,
        login=facts["login"],
        contract_number=facts["contract_number"],
    )

    ((reason, nas_address, address, secret, group_id),) = found
    assert (reason, nas_address, address) == ("open", facts["nas_ip"], facts["ip"])
    assert group_id == facts["parent_id"]
    assert secret_key.read_keys(Home(demo.home)).decrypt(secret).decode() == facts["passwd"]
    assert len(facts["passwd"]) >= 8


def test_the_books_tie(demo: Demonstration) -> None:
    checked = demo.cli("check")

    assert checked.returncode == 0, checked.stdout


def test_it_has_as_many_subscribers_as_it_says(demo: Demonstration) -> None:
    ((count,),) = _ask(demo, "SELECT count(*) FROM subscribers_subscriber WHERE NOT made_by_onec")

    assert count == 1000
    assert "1000 subscribers" in demo.said
