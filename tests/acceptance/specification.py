"""The calls of the specification as they are sent: only what it writes in angle brackets is filled in."""

# ruff: noqa: E501 - a line of the specification is not folded

import re
from collections.abc import Mapping

from wire.specification import CALLS

LISTS = {
    "negbal": CALLS["Примеры запросов, 1"],
    "blocked": CALLS["Примеры запросов, 2"],
    "logged": CALLS["Примеры запросов, 3"],
}

LINE = "%(ip)s %(login)s %(snatip)s %(mac)s %(logged)s %(negbal)s %(blocked)s %(rate_in)s %(ceil_in)s %(burst_in)s  %(rate_out)s %(ceil_out)s %(burst_out)s %(nas_ip)s %(cburst_in)s %(cburst_out)s"
"""«Ответ у всех 3 запросов в виде текста где в каждой строке»."""

PAY = CALLS["API платежных систем, 1"]

ONEC = {
    "api_1c_get_abonents": CALLS["API 1С, 1"],
    "api_1c_get_fin_detail": CALLS["API 1С, 2"],
    "api_1c_create_abonent": CALLS["API 1С, 3"],
}

CABINET = {
    "login": CALLS["API личного кабинета, 1"],
    "try_auto_login": CALLS["API личного кабинета, 2"],
    "user_info": CALLS["API личного кабинета, 3"],
}

NOT_DEFINED = (
    "Context=asr_fiscal is not defined",
    "Context=asr_cabinet is not defined",
    "Context=collector is not defined",
)
"""The three examples of «Ошибка Context=$x is not defined»."""

CONTEXTS = "web cabinet collector api_1c base webcash asr_fiscal"
"""The value of network['api.context'] in its cure."""

PLACEHOLDER = re.compile(r"<([^>]+)>")
HOST = re.compile(r"(http://)?<[^>]+>:8082")


def target_of(written: str, filled: Mapping[str, str]) -> bytes:
    """What a client sends for a URL that is written so, its placeholders filled: raw, as it stands."""
    path = HOST.sub("", written, count=1)
    return PLACEHOLDER.sub(lambda found: filled[found[1]], path).encode()


def query_in(target: bytes) -> bytes:
    """The query of a target."""
    return target.partition(b"?")[2]
