"""JSON Schemas of what methods take and answer, made from their Structs."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, get_args, get_origin

from msgspec import Struct
from msgspec.structs import FieldInfo, fields

from netledger.errors import Refusal
from netledger.system_api.arguments import ACT_WHEN_EMPTY
from netledger.system_api.description import (
    alternatives,
    default_of,
    may_be_absent,
    meanings_of,
    scalar_of,
    shown_alternatives,
    tag_of,
    text_of,
)
from netledger.system_api.errors import WrongRequest

Schema = dict[str, Any]

OF_LISTS: Schema = {
    "type": "string",
    "description": "A line a connection, 16 fields, two spaces before the eleventh, a newline after each.",
    "pattern": r"^(([^ \n]+ ){9}[^ \n]+  ([^ \n]+ ){5}[^ \n]+\n)*$",
}
OF_ERRORS: Schema = {
    "type": "object",
    "description": "A no: in JSON of the business with status 200, of a wrong request with 4xx.",
    "required": ["error", "error_text", "code", "field"],
    "properties": {
        "error": {
            "type": "string",
            "description": "The sentence, Russian unless Accept-Language prefers English.",
        },
        "error_text": {"type": "string", "description": "The same."},
        "code": {"type": "string", "description": "What a program compares."},
        "field": {
            "type": ["string", "null"],
            "description": "What of the request is wrong, where it is one field.",
        },
    },
}
_PLAIN: dict[type, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    Decimal: {"type": "number", "multipleOf": 0.01},
    bool: {"type": "boolean"},
}


def reference(struct: type[Struct]) -> Schema:
    """Where the schema of that Struct stands in the document."""
    return {"$ref": f"#/components/schemas/{struct.__name__}"}


def one_of_arguments(structs: tuple[type[Struct], ...]) -> Schema:
    """What `arg1` of a method may be; of several, the tag tells which it is."""
    tags = {tag[1]: struct for struct in structs if (tag := tag_of(struct))}
    if not tags:
        return reference(structs[0])
    mapping = {tag: reference(struct)["$ref"] for tag, struct in tags.items()}
    (field,) = {tag[0] for struct in structs if (tag := tag_of(struct))}
    return {
        "oneOf": [reference(struct) for struct in structs],
        "discriminator": {"propertyName": field, "mapping": mapping},
    }


def arguments_schema(struct: type[Struct]) -> Schema:
    """The schema of one Struct of arguments; what is not known is ignored, so more may be sent."""
    properties: dict[str, Schema] = {field.encode_name: _argument(field) for field in fields(struct)}
    required = [field.encode_name for field in fields(struct) if field.required]
    if tag := tag_of(struct):
        also = " Taken in any case; this one also where it is empty or missing." * (tag[1] == ACT_WHEN_EMPTY)
        told = also or " Taken in any case."
        properties = {tag[0]: {"const": tag[1], "description": told.strip()}, **properties}
        required = [tag[0], *required]
    schema: Schema = {"type": "object", "description": text_of(struct), "properties": properties}
    return schema | ({"required": required} if required else {})


def record_schema(struct: type[Struct]) -> Schema:
    """The schema of a record; more may be in it one day."""
    meanings = meanings_of(struct)
    properties = {
        field.encode_name: _any_of(map(value_schema, shown_alternatives(field)))
        | ({"description": meanings[field.name]} if field.name in meanings else {})
        for field in fields(struct)
    }
    required = [field.encode_name for field in fields(struct) if not may_be_absent(field)]
    return {
        "type": "object",
        "description": text_of(struct),
        "properties": properties,
        "required": required,
    }


def value_schema(kind: Any) -> Schema:
    """The schema of what a method or a field of a record answers."""
    if get_origin(kind) is list:
        return {"type": "array", "items": value_schema(get_args(kind)[0])}
    return dict(_PLAIN[kind]) if kind in _PLAIN else reference(kind)


def answers_schema(kind: Any, refusals: Iterable[type[Refusal]]) -> Schema:
    """What a method answers with status 200: its own value, or the business's no."""
    values = [value_schema(one) for one in alternatives(kind)]
    return _any_of([*values, error_schema(refusals)])


def error_schema(reasons: Iterable[type[Refusal] | type[WrongRequest]]) -> Schema:
    """An error for one of these reasons, whose sentences are told beside their codes."""
    told = {reason.code: reason.sentence_en for reason in reasons}
    sentences = "; ".join(f"`{code}`: {sentence}" for code, sentence in told.items())
    codes = {"properties": {"code": {"enum": [*told], "description": sentences}}}
    return {"allOf": [{"$ref": "#/components/schemas/Error"}, codes]}


def _argument(field: FieldInfo) -> Schema:
    scalar = scalar_of(field)
    taken = dict(scalar.schema)
    if type(None) in alternatives(field.type):
        taken = {"anyOf": [taken, {"type": "null"}]}
    default = default_of(field)
    return taken | {"description": scalar.expected_en} | ({"default": default} if default else {})


def _any_of(schemas: Iterable[Schema]) -> Schema:
    listed = list(schemas)
    return listed[0] if len(listed) == 1 else {"anyOf": listed}
