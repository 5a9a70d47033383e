"""The calls that are verified: each of the specification's, with what it needs to know, and how it may be written."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import quote

from netledger.system_api.checks import CONTEXTS_WITHOUT_PASSWORD
from netledger.system_api.declaration import REGISTRY, Method

ACT_PAY = "asr_fiscal_manager.act_pay"
SESSION = "suid"
PSW = "psw"


class Call(NamedTuple):
    """One call; the values of its arguments are the names of facts."""

    method: Method
    arguments: Mapping[str, str]
    fixed: Mapping[str, str] = {}
    """Arguments that are the same everywhere."""
    writes: bool = False

    @property
    def name(self) -> str:
        """What it is called in the table."""
        act = self.fixed.get("act")
        return f"{self.method.name} {act}" if act else self.method.name

    def missing(self, facts: Mapping[str, str], passwords: Mapping[str, str]) -> list[str]:
        """What is not known and it needs."""
        lacks = [fact for fact in self.arguments.values() if fact not in facts]
        context = self.method.context
        needs_psw = context not in CONTEXTS_WITHOUT_PASSWORD and context not in passwords
        return [*lacks, *([f"api.{context}.psw"] if needs_psw else [])]

    def parameters(self, facts: Mapping[str, str], passwords: Mapping[str, str]) -> list[tuple[str, str]]:
        """What is sent, in the specification's order, which is another one for the cabinet."""
        context = self.method.context
        given = {name: facts[fact] for name, fact in self.arguments.items()} | dict(self.fixed)
        arg1 = json.dumps(given, ensure_ascii=False, separators=(",", ":"))
        called = [("model", self.method.model), ("method1", self.method.name), ("arg1", arg1)]
        psw = [(PSW, passwords[context])] if context in passwords else []
        if context in CONTEXTS_WITHOUT_PASSWORD:
            return [("format", "json"), ("context", context), *called, *psw]
        return [*called, ("context", context), *psw]


class Form(NamedTuple):
    """A way to send a call."""

    verb: str
    is_raw: bool

    @property
    def name(self) -> str:
        """What it is called in the table."""
        return f"{self.verb} {'raw' if self.is_raw else 'encoded'}"

    def written(self, parameters: Iterable[tuple[str, str]]) -> bytes:
        """The parameters as they are sent."""
        write = _raw if self.is_raw else _encoded
        return "&".join(f"{name}={write(text)}" for name, text in parameters).encode()


FORMS = [Form(verb, is_raw) for verb in ("GET", "POST") for is_raw in (True, False)]

_NOT_RAW = re.compile(r"[%&+#\s\x00-\x1f\x7f]")


def reading_calls() -> list[Call]:
    """Those that change nothing; `act_pay`, which the specification shows as PAY, only looks with the other acts."""
    payment = {"pay_operator": "pay_operator", "pay_id_str": "pay_id_str"}
    return [
        *(_call(f"collector_manager.users_{state}", "nas_ip") for state in ("negbal", "blocked", "logged")),
        Call(_method(ACT_PAY), {"contract_number": "contract_number"}, {"act": "CHECK"}),
        Call(_method(ACT_PAY), payment, {"act": "STATUS"}),
        _call("api_1c_manager.api_1c_get_abonents", "parent_id"),
        _call("api_1c_manager.api_1c_get_fin_detail", "op_id"),
        _call("web_cabinet.login", "login", "passwd"),
        Call(_method("web_cabinet.try_auto_login"), {"src_ip": "ip"}),
        _call("web_cabinet.user_info", SESSION),
    ]


def writing_calls(contract_number: str, sum_in: str, sign: str) -> list[Call]:
    """A payment of that sum, and a subscriber whom 1C brings; the sign makes them new, and the same in all forms."""
    paid = {"contract_number": contract_number, "sum_in": sum_in}
    return [
        Call(
            _method(ACT_PAY),
            {"pay_operator": "pay_operator"},
            paid | {"pay_id_str": sign, "act": "PAY"},
            writes=True,
        ),
        Call(
            _method("api_1c_manager.api_1c_create_abonent"),
            {},
            {"code1c": sign, "name": f"Проверка {sign}"},
            writes=True,
        ),
    ]


def _call(name: str, *facts: str) -> Call:
    return Call(_method(name), {fact: fact for fact in facts})


def _method(name: str) -> Method:
    (found,) = (method for method in REGISTRY.values() if method.name == name)
    return found


def _raw(text: str) -> str:
    """Quotes, braces and letters as they are; only what would be read as something else is encoded."""
    return _NOT_RAW.sub(lambda found: quote(found[0], safe=""), text)


def _encoded(text: str) -> str:
    return quote(text, safe="")
