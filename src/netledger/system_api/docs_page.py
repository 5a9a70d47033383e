"""`/system_api/docs`: the declared methods as a page, with a form to try each.

It is made of the declaration, and not by a viewer of OpenAPI: all methods share one path, and what who writes a gateway
needs is the exact URL, raw, as the specification prints it. Its texts are `docs_words.toml` and `templates/`, the
Russian of what the declarations say themselves is `russian.toml`.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_origin

from django.template import Context, Engine
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from msgspec import Struct
from msgspec.structs import fields

from netledger.errors import Language, Refusal
from netledger.system_api.answers import Spooled
from netledger.system_api.arguments import ACT_WHEN_EMPTY
from netledger.system_api.checks import CONTEXTS_WITHOUT_PASSWORD
from netledger.system_api.declaration import Method
from netledger.system_api.description import (
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
from netledger.system_api.errors import WrongRequest
from netledger.system_api.examples import examples_of, query_shown
from netledger.system_api.request import OPENAPI

HERE = Path(__file__).parent
OTHER: dict[Language, Language] = {"ru": "en", "en": "ru"}
PLAIN_WORDS: dict[type, str] = {str: "string", int: "number", Decimal: "sum", bool: "truth"}
_CODE = re.compile(r"`([^`]+)`")


class ArgumentShown(NamedTuple):
    """One field of `arg1`."""

    name: str
    expected: str
    is_needed: bool
    default: str
    example: str


class ArgumentsShown(NamedTuple):
    """The fields of `arg1`, or those of one kind of it."""

    tag_field: str
    tag: str
    """Both empty where the method knows one kind only."""
    about: SafeString
    is_usual: bool
    writes: bool
    fields: list[ArgumentShown]


class RecordFieldShown(NamedTuple):
    """One field of a record."""

    name: str
    kind: SafeString
    may_be_absent: bool
    says: SafeString


class RecordShown(NamedTuple):
    """One record with its fields."""

    name: str
    about: SafeString
    fields: list[RecordFieldShown]


class NoShown(NamedTuple):
    """A refusal or a wrong request, its sentences with the names of what they tell."""

    status: int
    code: str
    ru: str
    en: str


class ExampleShown(NamedTuple):
    """A request and what it is answered."""

    request: str
    answer: str


class MethodShown(NamedTuple):
    """One method with all that a caller must know."""

    name: str
    anchor: str
    model: str
    contexts: list[str]
    about: SafeString
    specification: str
    """Empty where it is not in the specification."""
    is_of_text: bool
    is_tagged: bool
    takes_psw: bool
    """The page asks for the password first; contexts of CONTEXTS_WITHOUT_PASSWORD may have one."""
    arguments: list[ArgumentsShown]
    answers: list[SafeString]
    refusals: list[NoShown]
    examples: list[ExampleShown]


class ContextShown(NamedTuple):
    """A context with its methods."""

    name: str
    also: list[str]
    needs_psw: bool
    methods: list[MethodShown]


@cache
def page(language: Language) -> bytes:
    """The page in that language."""
    return _Page(language).html().encode()


@cache
def words(language: Language) -> dict[str, str]:
    """What the page says by itself."""
    return {name: text[language] for name, text in _toml("docs_words.toml").items()}


@cache
def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


class _Page:
    """The page in one language, while it is made."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.words = words(language)

    def html(self) -> str:
        engine = Engine(dirs=[str(HERE / "templates")])
        context = {
            "language": self.language,
            "other": OTHER[self.language],
            "w": self.words,
            "openapi": OPENAPI,
            "calling": f"calling.{self.language}.html",
            "contexts": [self._context(name, methods) for name, methods in methods_by_context().items()],
            "records": [self._record(struct) for struct in records()],
            "wrong_requests": [_no(wrong, wrong.status) for wrong in wrong_requests()],
        }
        return str(engine.get_template("docs.html").render(Context(context)))

    def _said(self, text: str) -> SafeString:
        """What a declaration says, in the page's language, its `code` marked as such."""
        said = _toml("russian.toml").get(text, text) if self.language == "ru" else text
        return mark_safe(_CODE.sub(r"<code>\1</code>", escape(said)))  # noqa: S308 - it is escaped

    def _context(self, name: str, methods: Iterable[Method]) -> ContextShown:
        return ContextShown(
            name=name,
            also=contexts_of(name)[1:],
            needs_psw=name not in CONTEXTS_WITHOUT_PASSWORD,
            methods=[self._method(method) for method in methods],
        )

    def _method(self, method: Method) -> MethodShown:
        return MethodShown(
            name=method.name,
            anchor=method.name.rpartition(".")[2],
            model=method.model,
            contexts=contexts_of(method.context),
            about=self._said(text_of(method.function)),
            specification="" if method.spec.startswith("clients.md") else method.spec,
            is_of_text=is_of_text(method),
            is_tagged=method.tagged,
            takes_psw=method.context not in CONTEXTS_WITHOUT_PASSWORD,
            arguments=[self._arguments(struct, method) for struct in method.arguments],
            answers=list(self._answers(method)),
            refusals=[_no(refusal, HTTPStatus.OK) for refusal in method.refusals],
            examples=[
                ExampleShown(f"/system_api/?{query_shown(example, method)}", example.answer)
                for example in examples_of(method)
            ],
        )

    def _arguments(self, struct: type[Struct], method: Method) -> ArgumentsShown:
        sent = [json.loads(example.arg1) for example in examples_of(method)]
        tag_field, tag = tag_of(struct) or ("", "")
        return ArgumentsShown(
            tag_field=tag_field,
            tag=tag,
            about=self._said(text_of(struct)),
            is_usual=tag == ACT_WHEN_EMPTY,
            writes=struct in method.writes,
            fields=[
                ArgumentShown(
                    name=field.encode_name,
                    expected=getattr(scalar_of(field), f"expected_{self.language}"),
                    is_needed=field.required,
                    default=default_of(field),
                    example=next((it[field.encode_name] for it in sent if field.encode_name in it), ""),
                )
                for field in fields(struct)
            ],
        )

    def _answers(self, method: Method) -> Iterator[SafeString]:
        """What the method may answer, each in words."""
        if method.answer is not Spooled:
            yield from map(self._kind, alternatives(method.answer))
            return
        items = items_of(method)
        if is_of_text(method):
            names = " ".join(field.encode_name for field in fields(items))
            line = names.replace(" rate_out", "  rate_out")
            yield format_html("{} <code class=line>{}</code>", self.words["lines"], line)
            yield format_html("{} {}", self.words["lines_json"], self._kind(items))
        else:
            yield self._kind(list[items])  # type: ignore[valid-type]

    def _record(self, struct: type[Struct]) -> RecordShown:
        meanings, either = meanings_of(struct), f" {self.words['or']} "
        return RecordShown(
            name=struct.__name__,
            about=self._said(text_of(struct)),
            fields=[
                RecordFieldShown(
                    name=field.encode_name,
                    kind=format_html_join(
                        either, "{}", ([self._kind(kind)] for kind in shown_alternatives(field))
                    ),
                    may_be_absent=may_be_absent(field),
                    says=self._said(meanings.get(field.name, "")),
                )
                for field in fields(struct)
            ],
        )

    def _kind(self, kind: Any) -> SafeString:
        """A type in words; a record links to where its fields stand."""
        if get_origin(kind) is list:
            return format_html("{} {}", self.words["list_of"], self._kind(get_args(kind)[0]))
        if kind in PLAIN_WORDS:
            return escape(self.words[PLAIN_WORDS[kind]])
        return format_html('<a href="#{}">{}</a>', kind.__name__, kind.__name__)


def _no(reason: type[Refusal] | type[WrongRequest], status: HTTPStatus) -> NoShown:
    return NoShown(status.value, reason.code, reason.sentence_ru, reason.sentence_en)
