"""What the wire is, in Markdown, walked out of the declared methods: the generated part of `docs/wire.md`."""

from collections.abc import Iterable
from typing import Any, get_args, get_origin

from msgspec import Struct
from msgspec.structs import FieldInfo, fields

from netledger.errors import Refusal
from netledger.system_api.answers import Spooled
from netledger.system_api.arguments import ACT_WHEN_EMPTY
from netledger.system_api.checks import CONTEXTS_WITHOUT_PASSWORD
from netledger.system_api.declaration import Method
from netledger.system_api.description import (
    PRINTED,
    alternatives,
    contexts_of,
    default_of,
    is_of_text,
    items_of,
    may_be_absent,
    meanings_of,
    methods_by_context,
    records,
    scalar_of,
    shown_alternatives,
    tag_of,
    text_of,
    wrong_requests,
)
from netledger.system_api.examples import Example, examples_of, query_shown

TAGGED = (
    "Has an `ETag`; with `If-None-Match` an unchanged list is answered 304. `HEAD` is taken too.\n"
    "News of sessions is brought into the tags in batches: with `If-None-Match` a session's begin or end may show\n"
    "up to 15 s later, without it at once.\n"
)


def page() -> str:
    """All methods by context, the records that they answer, and the wrong requests that any call may be."""
    parts = [_context(name, methods) for name, methods in methods_by_context().items()]
    return "\n".join([*parts, "## Records\n", *map(_record, records()), _wrong_requests()])


def _context(name: str, methods: Iterable[Method]) -> str:
    also = [f"`{alias}`" for alias in contexts_of(name)[1:]]
    lines = [f"## Context `{name}`\n"]
    if also:
        lines.append(f"The same methods answer in {' and '.join(also)}.\n")
    if name in CONTEXTS_WITHOUT_PASSWORD:
        lines.append("Works without `psw` until the config holds a password for it.\n")
    return "\n".join([*lines, *(_method(method) for method in methods)])


def _method(method: Method) -> str:
    lines = [
        f"### `{method.name}`\n",
        f"{text_of(method.function)}\n",
        f"`model={method.model}`. Specification: {method.spec}.\n",
        *(_arguments(struct) for struct in method.arguments),
        f"**Answer**: {_answer(method)}.\n",
        *([TAGGED] if method.tagged else []),
        "**Refusals**\n",
        _table(("code", "по-русски", "in English"), map(_refusal, method.refusals)),
        *(_example(example, method) for example in examples_of(method)),
    ]
    return "\n".join(lines)


def _arguments(struct: type[Struct]) -> str:
    title = "**Arguments**"
    if tag := tag_of(struct):
        is_usual = tag[1] == ACT_WHEN_EMPTY
        title = f"**Arguments with `{tag[0]}` = `{tag[1]}`**" + is_usual * ", also when it is empty"
    rows = [
        (f"`{field.encode_name}`", scalar_of(field).expected_en, _needed(field)) for field in fields(struct)
    ]
    return f"{title}: {text_of(struct)}\n\n" + _table(("field", "is", "needed"), rows)


def _needed(field: FieldInfo) -> str:
    if field.required:
        return "yes"
    default = default_of(field)
    return f"no; else `{default}`" if default else "no"


def _answer(method: Method) -> str:
    if method.answer is Spooled:
        listed = f"list of {_link(items_of(method))}"
        return f"lines of text; with `format=json` a {listed}" if is_of_text(method) else f"a {listed}"
    return " or ".join(_printed(kind) for kind in alternatives(method.answer))


def _record(struct: type[Struct]) -> str:
    meanings = meanings_of(struct)
    rows = [
        (
            f"`{field.encode_name}`",
            " or ".join(map(_printed, shown_alternatives(field)))
            + (", may be absent" if may_be_absent(field) else ""),
            meanings.get(field.name, ""),
        )
        for field in fields(struct)
    ]
    return f"### {struct.__name__}\n\n{text_of(struct)}\n\n" + _table(("field", "is", "what it says"), rows)


def _example(example: Example, method: Method) -> str:
    form = "json" if example.answer.startswith(("{", "[")) else "text"
    request = f"GET /system_api/?{query_shown(example, method)}"
    return f"```text\n{request}\n```\n\n```{form}\n{example.answer}```\n"


def _refusal(refusal: type[Refusal]) -> tuple[str, ...]:
    return f"`{refusal.code}`", refusal.sentence_ru, refusal.sentence_en


def _wrong_requests() -> str:
    rows = [
        (f"{kind.status.value}", f"`{kind.code}`", kind.sentence_ru, kind.sentence_en)
        for kind in wrong_requests()
    ]
    return "## Wrong requests\n\n" + _table(("status", "code", "по-русски", "in English"), rows)


def _printed(kind: Any) -> str:
    if get_origin(kind) is list:
        return f"a list of {_printed(get_args(kind)[0])}"
    return PRINTED[kind] if kind in PRINTED else _link(kind)


def _link(struct: type[Struct]) -> str:
    return f"[{struct.__name__}](#{struct.__name__.lower()})"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)
