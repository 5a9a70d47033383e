"""What is declared of the methods, taken apart for whoever shows it: Markdown, OpenAPI, the page.

What a field means is the text below it in its Struct; what it must be is its type's own sentence.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from http import HTTPStatus
from itertools import groupby, pairwise
from types import UnionType
from typing import Any, get_args, get_origin

from msgspec import NODEFAULT, Struct, UnsetType
from msgspec.structs import FieldInfo, fields

import netledger.system_api.contexts  # noqa: F401 - declares the methods
from netledger.system_api.answers import Spooled
from netledger.system_api.arguments import SCALARS
from netledger.system_api.declaration import ANSWERS_AS, REGISTRY, Method
from netledger.system_api.errors import WrongRequest
from netledger.system_api.scalars import Scalar

PRINTED: dict[type, str] = {
    str: "string",
    int: "number",
    Decimal: "number with two places",
    bool: "true or false",
}


def methods_by_context() -> dict[str, list[Method]]:
    """The declared methods by the context that they are declared for, in their order."""
    found: dict[str, list[Method]] = {}
    for method in REGISTRY.values():
        found.setdefault(method.context, []).append(method)
    return found


def contexts_of(context: str) -> list[str]:
    """Every context that answers the methods of this one, itself first."""
    return [context, *(alias for alias, meant in ANSWERS_AS.items() if meant == context)]


def is_of_text(method: Method) -> bool:
    """Whether it answers lines of text, and JSON only where it is asked for."""
    return method.answer is Spooled and method.context == "collector"


def items_of(method: Method) -> type[Struct]:
    """What the long list that a method answers is made of."""
    assert method.items is not None, f"{method.name} does not declare its items"
    return method.items


def tag_of(struct: type[Struct]) -> tuple[str, str] | None:
    """The field and the value that tell these arguments from the method's others, if it has others."""
    config = struct.__struct_config__
    return None if config.tag_field is None else (config.tag_field, str(config.tag))


def scalar_of(field: FieldInfo) -> Scalar:
    """How the values of an argument are read."""
    scalars = [SCALARS[kind] for kind in alternatives(field.type) if kind in SCALARS]
    assert scalars, f"{field.name} is of a type that SCALARS does not have"
    return scalars[0]


def default_of(field: FieldInfo) -> str:
    """What an argument is where it is not sent, if that is something to tell."""
    return "" if field.default in (None, "", NODEFAULT) else str(field.default)


def records() -> list[type[Struct]]:
    """Every Struct that a method answers, and those within them, each once."""
    return records_in(kind for method in REGISTRY.values() for kind in (method.answer, method.items))


def records_in(kinds: Iterable[Any]) -> list[type[Struct]]:
    """Every Struct in these types, and those within them, each once."""
    found: list[type[Struct]] = []
    waiting = list(kinds)
    while waiting:
        kind = waiting.pop(0)
        if isinstance(kind, type) and issubclass(kind, Struct) and kind not in found:
            found.append(kind)
            waiting[:0] = [field.type for field in fields(kind)]
        waiting[:0] = get_args(kind)
    return found


@cache
def meanings_of(struct: type[Struct]) -> dict[str, str]:
    """The texts below the fields of a Struct, its bases' included."""
    found: dict[str, str] = {}
    for base in reversed(struct.__mro__):
        if issubclass(base, Struct) and base is not Struct:
            (node,) = ast.parse(textwrap.dedent(inspect.getsource(base))).body
            assert isinstance(node, ast.ClassDef)
            found |= dict(_texts_below(node.body))
    return found


def wrong_requests() -> list[type[WrongRequest]]:
    """Every reason for which any call may be refused, by status."""
    return sorted(WrongRequest.__subclasses__(), key=lambda kind: (kind.status, kind.code))


def wrong_requests_by_status() -> dict[HTTPStatus, list[type[WrongRequest]]]:
    """The same, the reasons of a status together."""
    return {status: list(kinds) for status, kinds in groupby(wrong_requests(), lambda kind: kind.status)}


def alternatives(kind: Any) -> tuple[Any, ...]:
    """The types of a union; one that is none stands alone."""
    return get_args(kind) if get_origin(kind) is UnionType or isinstance(kind, UnionType) else (kind,)


def shown_alternatives(field: FieldInfo) -> tuple[Any, ...]:
    """The types that a field of a record may have where it is not absent."""
    return tuple(kind for kind in alternatives(field.type) if kind is not UnsetType)


def may_be_absent(field: FieldInfo) -> bool:
    """Whether a record may lack this field."""
    return UnsetType in alternatives(field.type)


def text_of(documented: object) -> str:
    """What is written of a method, a Struct or a field's type, in one line."""
    return " ".join((inspect.getdoc(documented) or "").split())


def _texts_below(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for above, below in pairwise(body):
        match above, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, " ".join(text.split())
