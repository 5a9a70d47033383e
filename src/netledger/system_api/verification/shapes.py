"""Whether an answer has the shape that its method declares. What is said of it quotes none of its values."""

import json
import re
from ipaddress import IPv4Address
from typing import Any

import msgspec

from netledger.system_api.answers import Spooled
from netledger.system_api.declaration import Method
from netledger.system_api.description import alternatives, is_of_text, items_of
from netledger.system_api.verification.said import Said

LINE = re.compile(
    r"([^ \n]+) (?:[^ \n]+ ){2}(\S+) [01] [01] [01] -?\d+ -?\d+ \d+  -?\d+ -?\d+ \d+ (\S+) \d+ \d+"
)
MAC = re.compile(r"(?:[0-9a-f]{2}:){5}[0-9a-f]{2}|-")


def wrong_with(method: Method, body: bytes) -> Said | None:
    """What is wrong with the body of an answer of status 200; nothing, if it is as declared."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return Said("ответ не в UTF-8", "the answer is not UTF-8")
    return _wrong_with_list(text) if is_of_text(method) else _wrong_with_json(text, method)


def value_of(body: bytes) -> Any:
    """The JSON of an answer, sums as the texts that they are; None, if it is none."""
    try:
        return json.loads(body, parse_float=str)
    except ValueError:
        return None


def error_in(value: Any) -> str | None:
    """The sentence of a refusal: of cabinets and gateways in `error`, of 1C in `error_text`, also of a first item."""
    first = value[0] if isinstance(value, list) and value else value
    if not isinstance(first, dict):
        return None
    told = first.get("error_text") or first.get("error")
    return str(told) if told else None


def _wrong_with_list(text: str) -> Said | None:
    if text and not text.endswith("\n"):
        return Said("последняя строка не закончена", "the last line does not end")
    for number, line in enumerate(text.split("\n")[:-1], start=1):
        found = LINE.fullmatch(line)
        if (
            found is None
            or not MAC.fullmatch(found[2])
            or not (_is_address(found[1]) and _is_address(found[3]))
        ):
            return Said(f"строка {number} не из 16 полей", f"line {number} is not of the 16 fields")
    return None


def _wrong_with_json(text: str, method: Method) -> Said | None:
    if value_of(text.encode()) is None:
        return Said("ответ не JSON", "the answer is not JSON")
    kinds = [list[items_of(method)]] if method.answer is Spooled else alternatives(method.answer)  # type: ignore[misc]
    wrong: msgspec.ValidationError | None = None
    for kind in kinds:
        try:
            msgspec.json.decode(text, type=kind)
        except msgspec.ValidationError as differs:
            wrong = wrong or differs
        else:
            return None
    return Said(f"не тот вид: {wrong}", f"not the shape: {wrong}")


def _is_address(text: str) -> bool:
    try:
        IPv4Address(text)
    except ValueError:
        return False
    return True
