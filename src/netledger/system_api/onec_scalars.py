"""Types of 1C's arguments: its codes, its locale's sums and dates, its numbers for kinds of things."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from netledger.errors import Refusal
from netledger.ledger.amounts import Amount, parse_amount
from netledger.payments.onec import DOCUMENT_TEXT_LENGTH_MAX
from netledger.subscribers.onec import ONEC_CODE_LENGTH_MAX, checked_onec_code, checked_onec_name
from netledger.subscribers.services import TEXT_LENGTH_MAX
from netledger.system_api.scalars import SUM_SCHEMA, NumberText, Scalar, text_schema

PK = re.compile(r"[0-9]{1,19}")
PK_MAX = 2**63 - 1
GROUPED = re.compile(r"[0-9]{1,3}(\xa0[0-9]{3})+([.,][0-9]{1,2})?")
TIME_OF_DAY = r"([ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)?"
DAY = re.compile(
    r"(?:(?P<d>[0-9]{2})\.(?P<m>[0-9]{2})\.(?P<y>[0-9]{4})|(?P<Y>[0-9]{4})-(?P<M>[0-9]{2})-(?P<D>[0-9]{2}))"
    + TIME_OF_DAY
)

_DD, _MM, _YYYY = r"(0[1-9]|[12][0-9]|3[01])", r"(0[1-9]|1[0-2])", r"[12][0-9]{3}"
DAY_WRITTEN = rf"^({_DD}\.{_MM}\.{_YYYY}|{_YYYY}-{_MM}-{_DD}){TIME_OF_DAY}$"
PK_SCHEMA: Mapping[str, Any] = {
    "anyOf": [
        {"type": "string", "pattern": "^[1-9][0-9]{0,17}$"},
        {"type": "integer", "minimum": 1, "maximum": PK_MAX},
    ]
}
WITHOUT_CONTROLS = r"[^\u0000-\u001f\u007f-\u009f]*"
PRINTED_SCHEMA: dict[str, Any] = {
    "type": ["string", "integer"],
    "minLength": 1,
    "pattern": rf"^{WITHOUT_CONTROLS}[^\s\u0000-\u001f\u007f-\u009f]{WITHOUT_CONTROLS}$",
}
"""A text with a character that is seen."""
WHOLE_WRITTEN = r"[1-9][0-9]{0,7}|[1-9][0-9]{0,2}\u00a0[0-9]{3}|[1-9][0-9]?(\u00a0[0-9]{3}){2}"
ONEC_SUM_SCHEMA: Mapping[str, Any] = {
    "anyOf": [
        {"type": "string", "pattern": rf"^(({WHOLE_WRITTEN})([.,][0-9]{{1,2}})?|0[.,](0[1-9]|[1-9][0-9]?))$"},
        SUM_SCHEMA["anyOf"][1],
    ]
}


class Pk(int):
    """The id of a subscriber, a group or an operation."""


class OnecCode(str):
    """What 1C calls a subscriber or an operation, without its padding."""


class AbonentName(str):
    """A subscriber's name."""


class OnecAmount(Amount):
    """A sum as 1C prints it, with a decimal comma and non-breaking spaces between thousands."""


class OnecDay(date):
    """A day as 1C prints it, with or without a time of day."""


class Sync1c(str):
    """Whether 1C has it: 0 or 1."""


class OperationType(int):
    """A kind of operation by 1C's number: 1 acts, 2 payments, 11 agents' accounts."""


class DocumentText(str):
    """What a payment's document says; may be empty."""


def _pk(sent: Any) -> Pk:
    if isinstance(sent, bool | NumberText) or not PK.fullmatch(str(sent)) or not 0 < int(sent) <= PK_MAX:
        raise ValueError
    return Pk(sent)


def _onec_text(wanted: type[str], checked: Callable[[str], str]) -> Callable[[Any], str]:
    """A reader of a JSON string or a whole number that `checked` takes."""

    def read(sent: Any) -> str:
        if isinstance(sent, bool | NumberText) or not isinstance(sent, str | int):
            raise ValueError
        try:
            return wanted(checked(str(sent)))
        except Refusal:
            raise ValueError from None

    return read


def _onec_amount(sent: Any) -> OnecAmount:
    """The comma only where a point is elsewhere, non-breaking spaces only between whole thousands."""
    if isinstance(sent, bool) or not isinstance(sent, str | int):
        raise ValueError
    text = str(sent)
    if GROUPED.fullmatch(text):
        text = text.replace("\xa0", "")
    return OnecAmount(parse_amount(text.replace(",", ".", 1)))


def _onec_day(sent: Any) -> OnecDay:
    if not isinstance(sent, str) or not (told := DAY.fullmatch(sent.strip())):
        raise ValueError
    year, month, day = (told["y"] or told["Y"], told["m"] or told["M"], told["d"] or told["D"])
    return OnecDay(int(year), int(month), int(day))


def _one_of(wanted: type[Any], *allowed: str) -> Scalar:
    """A scalar that takes one of some numbers, as a string or a number."""

    def read(sent: Any) -> Any:
        if isinstance(sent, bool | NumberText) or str(sent) not in allowed:
            raise ValueError
        return wanted(sent)

    return Scalar(
        read,
        f"одно из {', '.join(allowed)}",
        f"one of {', '.join(allowed)}",
        {"enum": [*allowed, *map(int, allowed)]},
    )


def _document_text(sent: Any) -> DocumentText:
    if not isinstance(sent, str | int) or isinstance(sent, bool | NumberText) or "\0" in str(sent):
        raise ValueError
    if len(text := str(sent)) > DOCUMENT_TEXT_LENGTH_MAX:
        raise ValueError
    return DocumentText(text)


SCALARS_OF_ONEC: dict[type, Scalar] = {
    Pk: Scalar(_pk, "идентификатор, целое число больше нуля", "an id, a whole number above zero", PK_SCHEMA),
    OnecCode: Scalar(
        _onec_text(OnecCode, checked_onec_code),
        "код 1С, строка или целое число от 1 до 64 знаков без управляющих",
        "a 1C code, a string or a whole number of 1 to 64 characters, no control characters",
        PRINTED_SCHEMA | {"maxLength": ONEC_CODE_LENGTH_MAX},
    ),
    AbonentName: Scalar(
        _onec_text(AbonentName, checked_onec_name),
        "имя абонента, не пустое, до 250 знаков без управляющих",
        "the subscriber's name, not empty, of at most 250 characters, no control characters",
        PRINTED_SCHEMA | {"maxLength": TEXT_LENGTH_MAX},
    ),
    OnecAmount: Scalar(
        _onec_amount,
        "сумма в рублях больше нуля: цифры, между тысячами неразрывные пробелы, после запятой или точки до двух знаков",
        "a sum in roubles above zero: digits, non-breaking spaces between thousands, at most two places after , or .",
        ONEC_SUM_SCHEMA,
    ),
    OnecDay: Scalar(
        _onec_day,
        "дата, как 01.11.2026, 01.11.2026 0:00:00 или 2026-11-01",
        "a date as 01.11.2026, 01.11.2026 0:00:00 or 2026-11-01",
        {"type": "string", "pattern": DAY_WRITTEN},
    ),
    Sync1c: _one_of(Sync1c, "0", "1"),
    OperationType: _one_of(OperationType, "1", "2", "11"),
    DocumentText: Scalar(
        _document_text,
        f"строка не длиннее {DOCUMENT_TEXT_LENGTH_MAX} знаков",
        f"a string of at most {DOCUMENT_TEXT_LENGTH_MAX} characters",
        text_schema(DOCUMENT_TEXT_LENGTH_MAX),
    ),
}
"""The types of 1C's arguments by how they are read."""
