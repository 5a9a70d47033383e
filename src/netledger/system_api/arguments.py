"""`arg1`: a JSON object becomes the Struct that the method declares, or a refusal that names the field.

Every field of such a Struct has a type of SCALARS (or that type or None). Numbers with a point or an exponent
stay the text that was sent, so no float arises on a sum's way. Of a key given twice the last value counts;
what the method does not know is ignored, as clients send more than they need.
"""

import re
from functools import cache
from types import NoneType
from typing import Any, NamedTuple, get_args

import msgspec
from msgspec import Struct

from netledger.system_api.declaration import Method
from netledger.system_api.errors import ArgumentsMalformed, BracesEaten, FieldMissing, FieldWrong
from netledger.system_api.onec_scalars import SCALARS_OF_ONEC
from netledger.system_api.scalars import SCALARS_OF_ALL, NumberText, Scalar

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
        if field.sent_as in given:
            read[field.name] = _value(given[field.sent_as], field)
        elif field.required:
            raise FieldMissing(field.sent_as)
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


class _Field(NamedTuple):
    """A field of such a Struct."""

    name: str
    sent_as: str
    required: bool
    scalar: Scalar
    may_be_null: bool


@cache
def _fields_of(struct: type[Struct]) -> tuple[_Field, ...]:
    """Its fields, worked out once."""
    fields = []
    for field in msgspec.structs.fields(struct):
        kinds = get_args(field.type) or (field.type,)
        (scalar,) = (SCALARS[kind] for kind in kinds if kind is not NoneType)
        fields.append(_Field(field.name, field.encode_name, field.required, scalar, NoneType in kinds))
    return tuple(fields)


def _value(sent: Any, field: _Field) -> Any:
    if sent is None and field.may_be_null:
        return None
    try:
        return field.scalar.read(sent)
    except ValueError:
        expected = {"expected_ru": field.scalar.expected_ru, "expected_en": field.scalar.expected_en}
        raise FieldWrong(field.sent_as, **expected) from None


SCALARS: dict[type, Scalar] = {**SCALARS_OF_ALL, **SCALARS_OF_ONEC}
_DECODER = msgspec.json.Decoder(float_hook=NumberText)
