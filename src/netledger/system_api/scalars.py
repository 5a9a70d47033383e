"""Types of arguments: how each is read from a JSON value, and what a caller is told who sent something else."""

from collections.abc import Callable, Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, NamedTuple

from netledger.ledger.amounts import AMOUNT_MAX, Amount, parse_amount

WITHOUT_NUL = r"^[^\u0000]*$"
SUM_SCHEMA: Mapping[str, Any] = {
    "anyOf": [
        {"type": "string", "pattern": r"^([1-9][0-9]{0,7}(\.[0-9]{1,2})?|0\.(0[1-9]|[1-9][0-9]?))$"},
        {"type": "number", "exclusiveMinimum": 0, "maximum": float(AMOUNT_MAX), "multipleOf": 0.01},
    ]
}


class NumberText(str):
    """A JSON number with a point or an exponent, as it was written."""


class Who(str):
    """Whom a payment is for: contract number, login or IP address."""


class OperatorCode(str):
    """The code of a payment operator."""


class OperatorPaymentId(str):
    """The operator's own id of a payment, compared as text."""


class NasAddress(IPv4Address):
    """The address of a NAS."""


class LoginText(str):
    """A login as a subscriber typed it, also an empty one."""


class ConnectionSecret(str):
    """A password as a subscriber typed it, also an empty one."""


class SessionToken(str):
    """What `login` has answered as `session_id`; whatever else comes is nobody's."""


class DeviceAddress(str):
    """An IPv4 or IPv6 address; an IPv4 one mapped into IPv6 as IPv4."""


class Scalar(NamedTuple):
    """How one type is read from a JSON value, and what a caller is told who sent something else."""

    read: Callable[[Any], Any]
    expected_ru: str
    expected_en: str
    schema: Mapping[str, Any]
    """The same for programs, as JSON Schema."""


def text_schema(length_max: int, *, length_min: int = 0) -> Mapping[str, Any]:
    """The schema of a text that may also come as a whole number."""
    limits = {"minLength": length_min} if length_min else {}
    text = {"type": "string", **limits, "maxLength": length_max, "pattern": WITHOUT_NUL}
    return {"anyOf": [text, {"type": "integer"}]}


def _amount(sent: Any) -> Amount:
    if isinstance(sent, bool) or not isinstance(sent, str | int):
        raise ValueError
    return parse_amount(str(sent))


def _text_type(wanted: type[str], length_max: int, called_ru: str, called_en: str) -> Scalar:
    """A scalar that takes a JSON string or a whole number of 1 to length_max characters."""

    def read(sent: Any) -> str:
        if isinstance(sent, bool | NumberText) or not isinstance(sent, str | int):
            raise ValueError
        text = wanted(sent)
        if not 1 <= len(text) <= length_max or "\0" in text:
            raise ValueError
        return text

    return Scalar(
        read,
        f"{called_ru}, строка или целое число от 1 до {length_max} знаков",
        f"{called_en}, a string or a whole number of 1 to {length_max} characters",
        text_schema(length_max, length_min=1),
    )


def _typed_text(wanted: type[str], length_max: int) -> Scalar:
    """A scalar that takes what somebody typed: a JSON string or a whole number of up to length_max characters."""

    def read(sent: Any) -> str:
        if isinstance(sent, bool | NumberText) or not isinstance(sent, str | int):
            raise ValueError
        text = wanted(sent)
        if len(text) > length_max or "\0" in text:
            raise ValueError
        return text

    return Scalar(
        read,
        f"строка или целое число, не больше {length_max} знаков",
        f"a string or a whole number of at most {length_max} characters",
        text_schema(length_max),
    )


def _session_token(sent: Any) -> SessionToken:
    return SessionToken(sent if isinstance(sent, str) else "")


def _device_address(sent: Any) -> DeviceAddress:
    if not isinstance(sent, str):
        raise ValueError
    address = ip_address(sent)
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return DeviceAddress(mapped or address)


def _nas_address(sent: Any) -> NasAddress:
    if not isinstance(sent, str):
        raise ValueError
    return NasAddress(sent)


SCALARS_OF_ALL: dict[type, Scalar] = {
    Amount: Scalar(
        _amount,
        "сумма в рублях больше нуля: цифры и не больше двух знаков после точки",
        "a sum in roubles above zero: digits with at most two places after a point",
        SUM_SCHEMA,
    ),
    Who: _text_type(Who, 128, "номер договора, логин или IP-адрес", "a contract number, login or IP address"),
    OperatorCode: _text_type(OperatorCode, 64, "код платёжного оператора", "the code of a payment operator"),
    OperatorPaymentId: _text_type(
        OperatorPaymentId, 64, "номер платежа у оператора", "the operator's id of the payment"
    ),
    LoginText: _typed_text(LoginText, 128),
    ConnectionSecret: _typed_text(ConnectionSecret, 128),
    SessionToken: Scalar(_session_token, "номер сеанса", "the session's id", {"type": "string"}),
    DeviceAddress: Scalar(
        _device_address,
        "IP-адрес абонента",
        "the subscriber's IP address",
        {"type": "string", "anyOf": [{"format": "ipv4"}, {"format": "ipv6"}]},
    ),
    NasAddress: Scalar(
        _nas_address, "IPv4-адрес NAS", "the IPv4 address of a NAS", {"type": "string", "format": "ipv4"}
    ),
}
"""The types of arguments by how they are read; 1C has more of its own."""
