"""What the wire is, in Markdown, walked out of the declared methods: `docs/wire.md` and what else shows it.

What a field means is the text below it in its Struct; what it must be is its type's own sentence.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise
from types import UnionType
from typing import Any, get_args, get_origin

from msgspec import NODEFAULT, Struct, UnsetType
from msgspec.structs import FieldInfo, fields

import netledger.system_api.contexts  # noqa: F401 - declares the methods
from netledger.errors import Refusal
from netledger.system_api.answers import Spooled
from netledger.system_api.arguments import ACT_WHEN_EMPTY, SCALARS
from netledger.system_api.checks import CONTEXTS_WITHOUT_PASSWORD
from netledger.system_api.declaration import ANSWERS_AS, REGISTRY, Method
from netledger.system_api.errors import WrongRequest
from netledger.system_api.examples import Example, examples_of, query_shown

PRINTED: dict[type, str] = {
    str: "string",
    int: "number",
    Decimal: "number with two places",
    bool: "true or false",
}


def page() -> str:
    """All methods by context, the records that they answer, and the wrong requests that any call may be."""
    parts = [_context(name, methods) for name, methods in _by_context().items()]
    records = [_record(struct) for struct in _records()]
    return "\n".join([*parts, "## Records\n", *records, _wrong_requests()])


def _by_context() -> dict[str, list[Method]]:
    found: dict[str, list[Method]] = {}
    for method in REGISTRY.values():
        found.setdefault(method.context, []).append(method)
    return found


def _context(name: str, methods: Iterable[Method]) -> str:
    also = [f"`{alias}`" for alias, meant in ANSWERS_AS.items() if meant == name]
    lines = [f"## Context `{name}`\n"]
    if also:
        lines.append(f"The same methods answer in {' and '.join(also)}.\n")
    if name in CONTEXTS_WITHOUT_PASSWORD:
        lines.append("Works without `psw` until the config holds a password for it.\n")
    return "\n".join([*lines, *(_method(method) for method in methods)])


def _method(method: Method) -> str:
    lines = [
        f"### `{method.name}`\n",
        f"{_doc(method.function)}\n",
        f"`model={method.model}`. Specification: {method.spec}.\n",
        *(_arguments(struct) for struct in method.arguments),
        f"**Answer**: {_answer(method)}.\n",
        "**Refusals**\n",
        _table(("code", "по-русски", "in English"), map(_refusal, method.refusals)),
        *(_example(example, method) for example in examples_of(method)),
    ]
    return "\n".join(lines)


def _arguments(struct: type[Struct]) -> str:
    config = struct.__struct_config__
    title = "**Arguments**"
    if config.tag_field is not None:
        is_usual = config.tag == ACT_WHEN_EMPTY
        title = (
            f"**Arguments with `{config.tag_field}` = `{config.tag}`**" + is_usual * ", also when it is empty"
        )
    rows = [(f"`{field.encode_name}`", _expected(field), _needed(field)) for field in fields(struct)]
    return f"{title}: {_doc(struct)}\n\n" + _table(("field", "is", "needed"), rows)


def _expected(field: FieldInfo) -> str:
    scalars = [SCALARS[kind].expected_en for kind in _alternatives(field.type) if kind in SCALARS]
    assert scalars, f"{field.name} is of a type that SCALARS does not have"
    return scalars[0]


def _needed(field: FieldInfo) -> str:
    if field.required:
        return "yes"
    return "no" if field.default in (None, "", NODEFAULT) else f"no; else `{field.default}`"


def _answer(method: Method) -> str:
    if method.answer is Spooled:
        assert method.items is not None, f"{method.name} does not declare its items"
        listed = f"list of {_link(method.items)}"
        is_text = method.context == "collector"
        return f"lines of text; with `format=json` a {listed}" if is_text else f"a {listed}"
    return " or ".join(_printed(kind) for kind in _alternatives(method.answer))


def _record(struct: type[Struct]) -> str:
    meanings = _meanings(struct)
    rows = [
        (
            f"`{field.encode_name}`",
            " or ".join(_printed(kind) for kind in _alternatives(field.type) if kind is not UnsetType)
            + (", may be absent" if UnsetType in _alternatives(field.type) else ""),
            meanings.get(field.name, ""),
        )
        for field in fields(struct)
    ]
    return f"### {struct.__name__}\n\n{_doc(struct)}\n\n" + _table(("field", "is", "what it says"), rows)


def _records() -> list[type[Struct]]:
    """Every Struct that a method answers, and those within them, each once."""
    found: list[type[Struct]] = []
    waiting = [kind for method in REGISTRY.values() for kind in (method.answer, method.items)]
    while waiting:
        kind = waiting.pop(0)
        if isinstance(kind, type) and issubclass(kind, Struct) and kind not in found:
            found.append(kind)
            waiting[:0] = [field.type for field in fields(kind)]
        waiting[:0] = get_args(kind)
    return found


@cache
def _meanings(struct: type[Struct]) -> dict[str, str]:
    """The texts below the fields of a Struct, its bases' included."""
    found: dict[str, str] = {}
    for base in reversed(struct.__mro__):
        if issubclass(base, Struct) and base is not Struct:
            (node,) = ast.parse(textwrap.dedent(inspect.getsource(base))).body
            assert isinstance(node, ast.ClassDef)
            found |= dict(_texts_below(node.body))
    return found


def _texts_below(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for above, below in pairwise(body):
        match above, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, " ".join(text.split())


def _example(example: Example, method: Method) -> str:
    form = "json" if example.answer.startswith(("{", "[")) else "text"
    request = f"GET /system_api/?{query_shown(example, method)}"
    return f"```text\n{request}\n```\n\n```{form}\n{example.answer}```\n"


def _refusal(refusal: type[Refusal]) -> tuple[str, ...]:
    return f"`{refusal.code}`", refusal.sentence_ru, refusal.sentence_en


def _wrong_requests() -> str:
    rows = [
        (f"{kind.status.value}", f"`{kind.code}`", kind.sentence_ru, kind.sentence_en)
        for kind in sorted(WrongRequest.__subclasses__(), key=lambda kind: (kind.status, kind.code))
    ]
    return "## Wrong requests\n\n" + _table(("status", "code", "по-русски", "in English"), rows)


def _alternatives(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) is UnionType or isinstance(kind, UnionType) else (kind,)


def _printed(kind: Any) -> str:
    if get_origin(kind) is list:
        return f"a list of {_printed(get_args(kind)[0])}"
    return PRINTED[kind] if kind in PRINTED else _link(kind)


def _link(struct: type[Struct]) -> str:
    return f"[{struct.__name__}](#{struct.__name__.lower()})"


def _doc(documented: object) -> str:
    return " ".join((inspect.getdoc(documented) or "").split())


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)
