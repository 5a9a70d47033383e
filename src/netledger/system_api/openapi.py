"""`/system_api/openapi.json`: the same declarations as an OpenAPI 3.1 document.

All methods of Carbon's share one path, and OpenAPI has one GET and one POST a path. A GET's parameters cannot
depend on one another there: with all methods in one GET, `arg1` would be anything that any method takes and the
answer anything that any method answers, and a generated client would know nothing. So the document has

- `/system_api/`, as the wire has it: a GET that says what every call has in common, and a POST, whose form OpenAPI
  can type exactly, since a body may be one of several objects told apart by `method1`;
- `/system_api/#METHOD`, a GET for each method, with its own `arg1`, answer, refusals and examples. What stands
  behind `#` is sent by no client, so its URL is the true one. (The published descriptions of Amazon's services,
  whose actions share one path too, do the same, and generators, importers and validators take it.)
"""

import json
from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

import msgspec

from netledger.system_api.answers import RETRY_AFTER_S, Spooled
from netledger.system_api.checks import CONTEXTS_WITHOUT_PASSWORD
from netledger.system_api.declaration import REGISTRY, Method
from netledger.system_api.description import (
    contexts_of,
    is_of_text,
    items_of,
    methods_by_context,
    records,
    tag_of,
    text_of,
    wrong_requests_by_status,
)
from netledger.system_api.examples import Example, examples_of
from netledger.system_api.request import FORM
from netledger.system_api.schemas import (
    OF_ERRORS,
    OF_LISTS,
    Schema,
    answers_schema,
    arguments_schema,
    error_schema,
    one_of_arguments,
    record_schema,
    reference,
)

PATH = "/system_api/"
JSON, TEXT = "application/json", "text/plain"
ABOUT = """\
Carbon Billing 5's System API, as netledger answers it.

A call is GET or POST (a form) of `model`, `method1`, `arg1`, `context` and `psw`, in any order, percent-encoded or \
raw. With curl: `-g`, else it takes the braces for its own. What is not known is ignored, in `arg1` too.

The business's no is 200 with `error`; in context `collector`, which answers text, 404 and one line. A wrong request \
is 4xx: do not repeat it. Trouble of ours is 503 with `Retry-After`: repeat it. Programs compare `code`.

A page for people, with a form to try each method: `/system_api/docs`."""


@cache
def openapi_document() -> bytes:
    """The document, as it is served."""
    schemas = {"Error": OF_ERRORS, "List": OF_LISTS}
    for struct in (struct for method in REGISTRY.values() for struct in method.arguments):
        schemas[struct.__name__] = arguments_schema(struct)
    for record in records():
        assert record.__name__ not in schemas, f"{record.__name__} is the name of arguments too"
        schemas[record.__name__] = record_schema(record)
    for method in REGISTRY.values():
        schemas[_form_name(method)] = _form(method)
    document = {
        "openapi": "3.1.0",
        "info": {"title": "netledger: System API", "version": version("netledger"), "description": ABOUT},
        "servers": [{"url": "/"}],
        "tags": [_tag(context) for context in methods_by_context()],
        "paths": {PATH: _common()} | {f"{PATH}#{method.name}": _path(method) for method in REGISTRY.values()},
        "components": {
            "schemas": schemas,
            "parameters": {"language": LANGUAGE, "format": _FORMAT, "known": _KNOWN},
            "responses": _wrong_responses() | {"unread": _UNREAD, "unchanged": _UNCHANGED},
            "securitySchemes": {"psw": {"type": "apiKey", "in": "query", "name": "psw", "description": PSW}},
        },
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def short_name(method: Method) -> str:
    """The method's name without its manager's."""
    return method.name.rpartition(".")[2]


def _tag(context: str) -> Schema:
    told = f"Context `{context}`"
    if len(names := contexts_of(context)) > 1:
        told = f"Contexts {', '.join(f'`{name}`' for name in names)}"
    return {"name": context, "description": told}


def _common() -> Schema:
    """The one path that all calls have."""
    every = list(REGISTRY.values())
    arguments = [reference(struct) for struct in dict.fromkeys(it for one in every for it in one.arguments)]
    contexts = [name for context in methods_by_context() for name in contexts_of(context)]
    models = sorted({method.model for method in every})
    parameters = [
        _parameter("model", {"enum": models}, "Compared without case."),
        _parameter("method1", {"enum": [method.name for method in every]}, "Which method."),
        _arg1({"anyOf": arguments}, "The method's arguments.", {}),
        _parameter("context", {"enum": contexts}, "Who calls, by the config's `network['api.context']`."),
        *_ALWAYS,
    ]
    forms = [{"$ref": f"#/components/schemas/{_form_name(method)}"} for method in every]
    mapping = {method.name: form["$ref"] for method, form in zip(every, forms, strict=True)}
    form = {"oneOf": forms, "discriminator": {"propertyName": "method1", "mapping": mapping}}
    content = {FORM: {"schema": form, "encoding": {"arg1": {"contentType": JSON}}}}
    answers = {"200": _response("What the method answers.", {JSON: {}, TEXT: {}})}
    shared = {"responses": answers | _BESIDES, "security": [{}, {"psw": []}]}
    return {
        "get": {
            "operationId": "call",
            "summary": "Any method; each has an operation of its own below.",
            "parameters": parameters,
            **shared,
        },
        "post": {
            "operationId": "callByForm",
            "summary": "Any method, sent as a form.",
            "parameters": [{"$ref": "#/components/parameters/language"}],
            "requestBody": {"required": True, "content": content},
            **shared,
        },
    }


def _path(method: Method) -> Schema:
    """A method's GET and, where the editions of its answer are told apart, HEAD and what asks by the edition."""
    get = _operation(method)
    if not method.tagged:
        return {"get": get}
    get["parameters"].append({"$ref": "#/components/parameters/known"})
    ok = get["responses"]["200"] | {"headers": {"ETag": _ETAG}}
    unchanged = {"304": {"$ref": "#/components/responses/unchanged"}}
    get["responses"] = get["responses"] | {"200": ok} | unchanged
    bare = {"200": {"description": "The list is there.", "headers": {"ETag": _ETAG}}, **unchanged}
    head = get | {"operationId": f"{get['operationId']}_head", "responses": bare | _BESIDES}
    return {"get": get, "head": head}


def _operation(method: Method) -> Schema:
    examples = {str(number): example for number, example in enumerate(examples_of(method), start=1)}
    arg1 = {key: {"value": json.loads(example.arg1)} for key, example in examples.items()}
    needs_none = method.context in CONTEXTS_WITHOUT_PASSWORD
    return {
        "operationId": short_name(method),
        "tags": [method.context],
        "summary": text_of(method.function),
        "description": f"Specification: {method.spec}.{_told_of_writing(method)}",
        "parameters": [
            _parameter("model", {"const": method.model}, "Compared without case."),
            _parameter("method1", {"const": method.name}, "Which method."),
            _arg1(one_of_arguments(method.arguments), "The arguments.", arg1),
            _parameter("context", {"enum": contexts_of(method.context)}, "Who calls."),
            *_ALWAYS,
        ],
        "responses": _answers(method, examples),
        "security": [{}, {"psw": []}] if needs_none else [{"psw": []}],
    }


def _told_of_writing(method: Method) -> str:
    tags = [tag_of(struct) for struct in method.writes]
    if tags and all(tags):
        return f" Writes with {', '.join(f'`{tag[0]}` = `{tag[1]}`' for tag in tags if tag)}."
    return " Writes." if tags else ""


def _form_name(method: Method) -> str:
    return f"{short_name(method)}_form"


def _form(method: Method) -> Schema:
    """A whole call as the fields of a form."""
    return {
        "type": "object",
        "required": ["model", "method1", "arg1", "context"],
        "properties": {
            "model": {"const": method.model},
            "method1": {"const": method.name},
            "arg1": one_of_arguments(method.arguments),
            "context": {"enum": contexts_of(method.context)},
            "psw": {"type": "string", "description": PSW},
            "format": _FORMAT["schema"],
        },
    }


def _answers(method: Method, examples: dict[str, Example]) -> Schema:
    """What the method says itself; to a router a refusal is no 200, lest it take one for a list."""
    kind: Any = list[items_of(method)] if method.answer is Spooled else method.answer  # type: ignore[misc]
    if is_of_text(method):
        in_json: Schema = {"type": "array", "items": reference(items_of(method))}
        sentences = " ".join(refusal.sentence_en + "." for refusal in method.refusals)
        ok = {JSON: {"schema": in_json}, TEXT: {"schema": {"$ref": "#/components/schemas/List"}}}
        answers = {
            "404": _response(f"{sentences} Also: no such method.", {TEXT: {"schema": {"type": "string"}}})
        }
    else:
        ok = {JSON: {"schema": answers_schema(kind, method.refusals)}}
        answers = {}
    for key, example in examples.items():
        is_json = example.answer.startswith(("{", "["))
        answer: Any = msgspec.Raw(example.answer.encode()) if is_json else example.answer
        ok[JSON if is_json else TEXT].setdefault("examples", {})[key] = {"value": answer}
    return {"200": _response("The answer, or the business's no.", ok)} | _BESIDES | answers


def _wrong_responses() -> Schema:
    """What any call may be refused with, by status: a line of text to routers, JSON to all others."""
    responses = {}
    for status, kinds in wrong_requests_by_status().items():
        content = {JSON: {"schema": error_schema(kinds)}, TEXT: {"schema": {"type": "string"}}}
        is_for_a_time = status is HTTPStatus.TOO_MANY_REQUESTS
        headers = {"headers": {"Retry-After": _RETRY_AFTER}} if is_for_a_time else {}
        responses[_wrong_name(status)] = _response(status.phrase, content) | headers
    return responses | {_wrong_name(HTTPStatus.SERVICE_UNAVAILABLE): _TROUBLE}


def _wrong_name(status: HTTPStatus) -> str:
    return f"wrong{status.value}"


def _response(told: str, content: Schema) -> Schema:
    return {"description": told, "content": content}


def _parameter(name: str, schema: Schema, told: str) -> Schema:
    return {"name": name, "in": "query", "required": True, "description": told, "schema": schema}


def _arg1(schema: Schema, told: str, examples: Schema) -> Schema:
    """A parameter whose text is JSON, so it has a content and no schema of its own."""
    content: Schema = {JSON: {"schema": schema} | ({"examples": examples} if examples else {})}
    return {"name": "arg1", "in": "query", "required": True, "description": told, "content": content}


PSW = "The context's password; `web`, `cabinet` and `asr_cabinet` need none until the config holds one."
LANGUAGE: Schema = {
    "name": "Accept-Language",
    "in": "header",
    "description": "`en` for English sentences; else Russian ones.",
    "schema": {"type": "string", "examples": ["ru", "en"]},
}
_FORMAT: Schema = {
    "name": "format",
    "in": "query",
    "description": "`json`: a list of the context `collector` as objects; the other contexts answer JSON anyway.",
    "schema": {"const": "json"},
}
_KNOWN: Schema = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The ETag of the list that the caller has: as long as it has not changed, 304 in one look.",
    "schema": {"type": "string"},
}
_ETAG: Schema = {"description": "Another one after each change of a line.", "schema": {"type": "string"}}
_UNCHANGED: Schema = {"description": "What the caller has is the list.", "headers": {"ETag": _ETAG}}
_ALWAYS = [{"$ref": f"#/components/parameters/{name}"} for name in ("format", "language")]
_ERROR_OR_LINE = {
    JSON: {"schema": {"$ref": "#/components/schemas/Error"}},
    TEXT: {"schema": {"type": "string"}},
}
_RETRY_AFTER = {
    "description": "After how many seconds.",
    "schema": {"type": "integer", "examples": [RETRY_AFTER_S]},
}
_TROUBLE: Schema = _response(
    "Not now, `temporary_trouble` or too much at once: repeat the call.", _ERROR_OR_LINE
) | {"headers": {"Retry-After": _RETRY_AFTER}}
_UNREAD: Schema = _response(
    "The request could not be read: malformed (400), too slow (408), too long a line (414) or head (431).",
    _ERROR_OR_LINE,
)
_BESIDES: Schema = {
    **{
        str(status.value): {"$ref": f"#/components/responses/{_wrong_name(status)}"}
        for status in wrong_requests_by_status()
    },
    "503": {"$ref": f"#/components/responses/{_wrong_name(HTTPStatus.SERVICE_UNAVAILABLE)}"},
    "default": {"$ref": "#/components/responses/unread"},
}
"""What any call may be answered besides."""
