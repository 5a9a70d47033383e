"""`arg1`: a JSON object becomes the Struct that the method declares, or a refusal that names the field.

Every field of such a Struct has a type of SCALARS (or that type or None). Numbers with a point or an exponent
stay the text that was sent, so no float arises on a sum's way. Of a key given twice the last value counts;
what the method does not know is ignored, as clients send more than they need.
"""

import re
from collections.abc import Callable
from datetime import date
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from netledger.errors import Refusal
from netledger.ledger.amounts import Amount, parse_amount
from netledger.payments.onec import DOCUMENT_TEXT_LENGTH_MAX
from netledger.subscribers.onec import checked_onec_code, checked_onec_name
from netledger.system_api.declaration import Method
from netledger.system_api.errors import ArgumentsMalformed, BracesEaten, FieldMissing, FieldWrong

ACT_WHEN_EMPTY = "CHECK"
WITHOUT_BRACES = re.compile(r'"[^"]*":')
"""How an object begins after curl has read its braces as a list of alternatives."""

PK = re.compile(r"[0-9]{1,19}")
PK_MAX = 2**63 - 1
GROUPED = re.compile(r"[0-9]{1,3}(\xa0[0-9]{3})+([.,][0-9]{1,2})?")
TIME_OF_DAY = r"([ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)?"
DAY = re.compile(
    r"(?:(?P<d>[0-9]{2})\.(?P<m>[0-9]{2})\.(?P<y>[0-9]{4})|(?P<Y>[0-9]{4})-(?P<M>[0-9]{2})-(?P<D>[0-9]{2}))"
    + TIME_OF_DAY
)


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


class Scalar(NamedTuple):
    """How one type is read from a JSON value, and what a caller is told who sent something else."""

    read: Callable[[Any], Any]
    expected_ru: str
    expected_en: str


class ScalarRefused(ValueError):
    """A value is not what its scalar takes."""

    def __init__(self, scalar: Scalar) -> None:
        super().__init__(scalar.expected_en)
        self.scalar = scalar


def arguments_of(text: str, method: Method) -> Struct:
    """The method's arguments in the text of `arg1`.

    Raises:
        ArgumentsMalformed, BracesEaten: it is not a JSON object.
        FieldMissing, FieldWrong: the named field is not what the method needs.
    """
    given = _object_in(text)
    struct = _struct_for(given, method.arguments)
    read: dict[str, Any] = {}
    for field in msgspec.structs.fields(struct):
        if field.encode_name in given:
            read[field.name] = _value(given[field.encode_name], field)
        elif field.required:
            raise FieldMissing(field.encode_name)
    return struct(**read)


def _object_in(text: str) -> dict[str, Any]:
    """The JSON object; no text and PHP's empty array are an empty one."""
    text = text.strip() or "{}"
    try:
        given = _DECODER.decode(text)
    except (msgspec.DecodeError, RecursionError):
        raise (BracesEaten if WITHOUT_BRACES.match(text) else ArgumentsMalformed)("arg1") from None
    if given == []:
        return {}
    if not isinstance(given, dict):
        raise ArgumentsMalformed("arg1")
    return given


def _struct_for(given: dict[str, Any], structs: tuple[type[Struct], ...]) -> type[Struct]:
    """The Struct whose tag was sent, in any case; no tag is ACT_WHEN_EMPTY."""
    if len(structs) == 1:
        return structs[0]
    config = structs[0].__struct_config__
    assert config.tag_field is not None, "a union of Structs is told apart by a tag"
    by_tag = {str(struct.__struct_config__.tag): struct for struct in structs}
    tag = given.get(config.tag_field)
    if tag is None or tag == "":
        tag = ACT_WHEN_EMPTY
    struct = by_tag.get(tag.upper()) if isinstance(tag, str) else None
    if struct is None:
        tags = ", ".join(by_tag)
        raise FieldWrong(config.tag_field, expected_ru=f"одно из {tags}", expected_en=f"one of {tags}")
    return struct


def _value(sent: Any, field: msgspec.structs.FieldInfo) -> Any:
    try:
        return msgspec.convert(sent, field.type, dec_hook=_read_scalar)
    except msgspec.ValidationError as error:
        refused = error.__cause__
        assert isinstance(refused, ScalarRefused), f"{field.name} is of a type that SCALARS does not have"
        scalar = refused.scalar
        raise FieldWrong(
            field.encode_name, expected_ru=scalar.expected_ru, expected_en=scalar.expected_en
        ) from None


def _read_scalar(wanted: type, sent: Any) -> Any:
    scalar = SCALARS[wanted]
    try:
        return scalar.read(sent)
    except ValueError:
        raise ScalarRefused(scalar) from None


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
    )


def _session_token(sent: Any) -> SessionToken:
    return SessionToken(sent if isinstance(sent, str) else "")


def _device_address(sent: Any) -> DeviceAddress:
    if not isinstance(sent, str):
        raise ValueError
    address = ip_address(sent)
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return DeviceAddress(mapped or address)


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

    return Scalar(read, f"одно из {', '.join(allowed)}", f"one of {', '.join(allowed)}")


def _document_text(sent: Any) -> DocumentText:
    if not isinstance(sent, str | int) or isinstance(sent, bool | NumberText) or "\0" in str(sent):
        raise ValueError
    if len(text := str(sent)) > DOCUMENT_TEXT_LENGTH_MAX:
        raise ValueError
    return DocumentText(text)


def _nas_address(sent: Any) -> NasAddress:
    if not isinstance(sent, str):
        raise ValueError
    return NasAddress(sent)


SCALARS: dict[type, Scalar] = {
    Amount: Scalar(
        _amount,
        "сумма в рублях больше нуля: цифры и не больше двух знаков после точки",
        "a sum in roubles above zero: digits with at most two places after a point",
    ),
    Who: _text_type(Who, 128, "номер договора, логин или IP-адрес", "a contract number, login or IP address"),
    OperatorCode: _text_type(OperatorCode, 64, "код платёжного оператора", "the code of a payment operator"),
    OperatorPaymentId: _text_type(
        OperatorPaymentId, 64, "номер платежа у оператора", "the operator's id of the payment"
    ),
    LoginText: _typed_text(LoginText, 128),
    ConnectionSecret: _typed_text(ConnectionSecret, 128),
    SessionToken: Scalar(_session_token, "номер сеанса", "the session's id"),
    DeviceAddress: Scalar(_device_address, "IP-адрес абонента", "the subscriber's IP address"),
    NasAddress: Scalar(_nas_address, "IPv4-адрес NAS", "the IPv4 address of a NAS"),
    Pk: Scalar(_pk, "идентификатор, целое число больше нуля", "an id, a whole number above zero"),
    OnecCode: Scalar(
        _onec_text(OnecCode, checked_onec_code),
        "код 1С, строка или целое число от 1 до 64 знаков без управляющих",
        "a 1C code, a string or a whole number of 1 to 64 characters, no control characters",
    ),
    AbonentName: Scalar(
        _onec_text(AbonentName, checked_onec_name),
        "имя абонента, не пустое, до 250 знаков без управляющих",
        "the subscriber's name, not empty, of at most 250 characters, no control characters",
    ),
    OnecAmount: Scalar(
        _onec_amount,
        "сумма в рублях больше нуля: цифры и не больше двух знаков после запятой или точки",
        "a sum in roubles above zero: digits with at most two places after a comma or a point",
    ),
    OnecDay: Scalar(
        _onec_day,
        "дата, как 01.11.2026, 01.11.2026 0:00:00 или 2026-11-01",
        "a date as 01.11.2026, 01.11.2026 0:00:00 or 2026-11-01",
    ),
    Sync1c: _one_of(Sync1c, "0", "1"),
    OperationType: _one_of(OperationType, "1", "2", "11"),
    DocumentText: Scalar(
        _document_text,
        f"строка не длиннее {DOCUMENT_TEXT_LENGTH_MAX} знаков",
        f"a string of at most {DOCUMENT_TEXT_LENGTH_MAX} characters",
    ),
}
_DECODER = msgspec.json.Decoder(float_hook=NumberText)
