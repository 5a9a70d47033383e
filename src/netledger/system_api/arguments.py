"""`arg1`: a JSON object becomes the Struct that the method declares, or a refusal that names the field.

Every field of such a Struct has a type of SCALARS (or that type or None). Numbers with a point or an exponent
stay the text that was sent, so no float arises on a sum's way. Of a key given twice the last value counts;
what the method does not know is ignored, as clients send more than they need.
"""

import re
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from netledger.system_api.declaration import Method
from netledger.system_api.errors import ArgumentsMalformed, BracesEaten, FieldMissing, FieldWrong
from netledger.system_api.onec_scalars import SCALARS_OF_ONEC
from netledger.system_api.scalars import SCALARS_OF_ALL, NumberText, Scalar, ScalarRefused

ACT_WHEN_EMPTY = "CHECK"
WITHOUT_BRACES = re.compile(r'"[^"]*":')
"""How an object begins after curl has read its braces as a list of alternatives."""


def arguments_of(text: str, method: Method) -> Struct:
    """The method's arguments in the text of `arg1`.

    Raises:
        ArgumentsMalformed, BracesEaten: it is not a JSON object.
        FieldMissing, FieldWrong: the named field is not what the method needs.
    """
    given = _object_in(text)
    struct = _struct_for(given, method.arguments)
    read: dict[str, Any] = {}
    for field in _fields_of(struct):
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


@cache
def _fields_of(struct: type[Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    """Its fields, which msgspec works out anew each time that it is asked."""
    return msgspec.structs.fields(struct)


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


SCALARS: dict[type, Scalar] = {**SCALARS_OF_ALL, **SCALARS_OF_ONEC}
_DECODER = msgspec.json.Decoder(float_hook=NumberText)
