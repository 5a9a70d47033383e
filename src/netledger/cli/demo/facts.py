"""HOME/demo.json: what a visitor of the demonstration needs to know, and the lines to paste.

Here stand the names of the System API: what is printed goes to it.
"""

import json
from dataclasses import asdict, dataclass, field, fields
from shlex import quote
from typing import Any
from urllib.parse import quote as percent_encoded

from netledger.installation.home import Home
from netledger.installation.settings import Settings
from netledger.installation.whole_file import write_whole

ACT_PAY = "asr_fiscal_manager.act_pay"
FRESH_SUM = "100.00"
FRESH_SUBSCRIBER = {"code1c": "УТ-000123", "name": "Иванов Пётр"}


@dataclass(frozen=True)
class Facts:
    """Values of the demonstration, by the names that the System API gives them."""

    nas_ip: str
    """A NAS whose three lists are not empty; somebody in its users_negbal is not blocked."""
    contract_number: str
    """This, the login, password, address and group are of one open, connected subscriber with a plan."""
    login: str
    passwd: str
    ip: str
    parent_id: str
    pay_operator: str
    """This, the operation and its id with the operator are of one of his payments."""
    op_id: str
    pay_id_str: str
    suid: str = ""
    """A session of his in the cabinet, which begins at each start; empty, if his password is no longer this."""
    staff: dict[str, str] = field(default_factory=dict)
    """Login and password of an administrator of staff's pages."""


def write_facts(home: Home, facts: Facts, *, url: str, metrics_url: str, settings: Settings) -> None:
    """Write the file whole, with lines for the address and the passwords that are in force.

    Raises: FileNotWritten.
    """
    lines = curl_lines(facts, url=url, settings=settings)
    acts = act_lines(facts, url=url, settings=settings)
    content = {"url": url, "metrics_url": metrics_url, **asdict(facts), "curl": lines, "curl_acts": acts}
    write_whole(home.demo_json, json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n")


def read_facts(home: Home) -> Facts:
    """The values of the file."""
    content = json.loads(home.demo_json.read_bytes())
    return Facts(**{it.name: content[it.name] for it in fields(Facts) if it.name in content})


def curl_lines(facts: Facts, *, url: str, settings: Settings) -> dict[str, str]:
    """The specification's calls by the full names of their methods, each as it is pasted into a shell."""
    lists = {
        f"collector_manager.{name}": _line(
            url, settings, "collector", f"collector_manager.{name}", {"nas_ip": facts.nas_ip}
        )
        for name in ("users_negbal", "users_blocked", "users_logged")
    }
    pay = {
        "contract_number": facts.contract_number,
        "sum_in": FRESH_SUM,
        "pay_operator": facts.pay_operator,
        "pay_id_str": f"demo-{facts.contract_number}",
        "act": "PAY",
    }
    pay_line = _line(url, settings, "asr_fiscal", ACT_PAY, pay)
    return {
        **lists,
        ACT_PAY: pay_line,
        **_onec_lines(facts, url, settings),
        **_cabinet_lines(facts, url, settings),
    }


def act_lines(facts: Facts, *, url: str, settings: Settings) -> dict[str, str]:
    """What else act_pay does, by its `act`."""
    check = {"contract_number": facts.contract_number, "act": "CHECK"}
    status = {"pay_operator": facts.pay_operator, "pay_id_str": facts.pay_id_str, "act": "STATUS"}
    return {
        "CHECK": _line(url, settings, "asr_fiscal", ACT_PAY, check),
        "STATUS": _line(url, settings, "asr_fiscal", ACT_PAY, status),
    }


def _onec_lines(facts: Facts, url: str, settings: Settings) -> dict[str, str]:
    """What 1C calls, as the specification writes it."""
    calls = {
        "api_1c_get_abonents": ("Abonents", {"parent_id": facts.parent_id}),
        "api_1c_get_fin_detail": ("FinanceOperations", {"op_id": facts.op_id}),
        "api_1c_create_abonent": ("Abonents", FRESH_SUBSCRIBER),
    }
    return {
        f"api_1c_manager.{name}": _line(
            url, settings, "api_1c", f"api_1c_manager.{name}", arguments, model=model
        )
        for name, (model, arguments) in calls.items()
    }


def _cabinet_lines(facts: Facts, url: str, settings: Settings) -> dict[str, str]:
    """What the cabinet calls, as the specification writes it: no password, unless the context has been given one."""
    arguments = {
        "login": {"login": facts.login, "passwd": facts.passwd},
        "try_auto_login": {"src_ip": facts.ip},
        "user_info": {"suid": facts.suid},
        "get_user": {"suid": facts.suid},
    }
    password = settings.network.psw.get("web", "")
    psw = f"psw={percent_encoded(password, safe='')}&" if password else ""
    lines = {}
    for name, given in arguments.items():
        query = f"format=json&context=web&model=users&method1=web_cabinet.{name}&arg1={_json(given)}&{psw}"
        lines[f"web_cabinet.{name}"] = f"curl -g {quote(f'{url}/system_api/?{query}')}"
    return lines


def _line(
    url: str,
    settings: Settings,
    context: str,
    method: str,
    arguments: dict[str, Any],
    *,
    model: str = "Abonents",
) -> str:
    """The query as the specification writes it; curl leaves braces alone with -g, the shell in apostrophes.

    A raw space is an error to every client.
    """
    arg1 = _json(arguments).replace(" ", "%20")
    psw = percent_encoded(settings.network.psw.get(context, ""), safe="")
    query = f"model={model}&method1={method}&arg1={arg1}&context={context}&psw={psw}"
    return f"curl -g {quote(f'{url}/system_api/?{query}')}"


def _json(arguments: dict[str, Any]) -> str:
    return json.dumps(arguments, ensure_ascii=False, separators=(",", ":"))
