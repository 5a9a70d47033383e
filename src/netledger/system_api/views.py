"""The way of a request: who may call (checks), what with (arguments), the method itself, its answer.

A plain WSGI callable in front of Django's handler, which saves a quarter to a half of a request's CPU.
"""

import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any

import structlog
from django.db import close_old_connections
from msgspec import Struct
from psycopg.errors import QueryCanceled

import netledger.system_api.contexts  # noqa: F401 - declares the methods
from netledger.errors import Language, Refusal
from netledger.installation.home import home_from_environment
from netledger.installation.settings import Settings
from netledger.system_api.answers import (
    RETRY_AFTER_S,
    TROUBLE_CODE,
    Answer,
    Spooled,
    answer_of,
    answer_of_refusal,
    answer_of_trouble,
    answer_of_wrong_request,
    length_of,
)
from netledger.system_api.arguments import arguments_of
from netledger.system_api.checks import check_caller, check_context, check_password, check_verb
from netledger.system_api.conditions import known_tags_of
from netledger.system_api.declaration import Call, Method, method_of
from netledger.system_api.errors import StatementTooLong, WrongRequest
from netledger.system_api.request import (
    CONTEXT_OF_1C,
    Environ,
    Parameters,
    body_of,
    language_of,
    query_of,
    text_of,
)
from netledger.system_api.traffic import Told, Traffic

StartResponse = Callable[[str, list[tuple[str, str]]], Any]
FRAMES_LOGGED = 4

log = structlog.get_logger("netledger.system_api")


def make_application(settings: Settings, traffic: Traffic | None = None) -> "SystemApi":
    """The System API with these settings, which are read once per process: an edit waits for a restart."""
    return SystemApi(settings, home_from_environment().tmp, traffic)


@dataclass
class _Trail:
    """How far a request came: the form of its answer and its line in the log depend on it."""

    language: Language
    address: str
    context: str
    method: str | None = None
    rows: int | None = None
    code: str | None = None
    """Of what the call was refused with."""


class SystemApi:
    """The WSGI callable behind `/system_api/`."""

    def __init__(self, settings: Settings, spool_folder: Path, traffic: Traffic | None = None) -> None:
        self.settings = settings
        self.spool_folder = spool_folder
        self.traffic = traffic or Traffic()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request. The database connection is given back before the body is sent."""
        begun_s = perf_counter()
        parameters = query_of(environ)
        claimed = parameters.get(b"context", b"").decode(errors="replace")
        trail = _Trail(language_of(environ), str(environ.get("REMOTE_ADDR", "")), claimed)
        try:
            answer = self._answer(environ, parameters, trail)
        finally:
            close_old_connections()
        start_response(f"{answer.status.value} {answer.status.phrase}", answer.headers())
        self._tell(answer.status.value, perf_counter() - begun_s, trail)
        return answer.without_body() if environ["REQUEST_METHOD"] == "HEAD" else answer.blocks()

    def _tell(self, status: int, took_s: float, trail: _Trail) -> None:
        """Write the call's line of the log, and count it."""
        context = trail.context if trail.context in self.settings.network.context else None
        log.info(
            "call",
            method=trail.method,
            context=context,
            address=trail.address,
            status=status,
            code=trail.code,
            took_ms=round(took_s * 1000, 1),
            **_told_of_onec(trail),
        )
        self.traffic.told(Told(context or "", trail.method or "", status, trail.code or "", took_s))

    def _answer(self, environ: Environ, parameters: Parameters, trail: _Trail) -> Answer:
        try:
            return answer_of(self._value(environ, parameters, trail))
        except WrongRequest as wrong:
            trail.code = wrong.code
            return answer_of_wrong_request(wrong, trail.context, trail.language)
        except Refusal as refusal:
            trail.code = refusal.code
            return answer_of_refusal(refusal, trail.context, trail.language)
        except Exception as trouble:
            _log_trouble(trouble, trail)
            if isinstance(trouble.__cause__, QueryCanceled):
                late = StatementTooLong(wait_s=str(RETRY_AFTER_S))
                trail.code = late.code
                return answer_of_wrong_request(late, trail.context, trail.language)
            trail.code = TROUBLE_CODE
            return answer_of_trouble(trail.context, trail.language)

    def _value(self, environ: Environ, parameters: Parameters, trail: _Trail) -> Any:
        """The method's value, after the checks in their order, all before any query of the database."""
        network = self.settings.network
        caller = check_caller(environ, network)
        trail.address = str(caller)
        check_verb(environ, may_be_head=True)
        if environ["REQUEST_METHOD"] == "POST":
            parameters = parameters | body_of(environ)
        context = trail.context = text_of(parameters, "context")
        check_context(context, caller, network)
        self.traffic.admit(trail.address, context)
        check_password(context, text_of(parameters, "psw", context=context), network)
        method = method_of(context, text_of(parameters, "model"), text_of(parameters, "method1"))
        trail.method = method.name
        check_verb(environ, may_be_head=method.tagged)
        arguments = arguments_of(text_of(parameters, "arg1", context=context), method)
        wants_json = parameters.get(b"format", b"").lower() == b"json"
        call = Call(
            settings=self.settings,
            language=trail.language,
            spool_folder=self.spool_folder,
            wants_json=wants_json,
            address=trail.address,
            known_tags=known_tags_of(environ),
        )
        value = method(arguments, call) if method.items is None else self._read(method, arguments, call)
        trail.rows = _rows_of(value)
        return value

    def _read(self, method: Method, arguments: Struct, call: Call) -> Any:
        """A long answer, which keeps its place until it was sent; one that the caller has already takes none."""
        if method.tag_of and call.known_tags:
            tag = method.tag_of(arguments, call)
            if call.known_tags.cover(tag):
                return Spooled.known(tag)
            close_old_connections()  # none waits for the list's turn: payments need them meanwhile
        place = self.traffic.long_answer(call.address)
        try:
            with place.turn():
                value = method(arguments, call)
        except BaseException:
            place.close()
            raise
        if isinstance(value, Spooled):
            place.sends(length_of(value.file))
            return replace(value, place=place)
        place.close()
        return value


def _told_of_onec(trail: _Trail) -> dict[str, Any]:
    """What the log has of a call of 1C besides: its tag, and how many rows were answered."""
    return {"tag": CONTEXT_OF_1C, "rows": trail.rows} if trail.context == CONTEXT_OF_1C else {}


def _rows_of(value: Any) -> int | None:
    if isinstance(value, Spooled):
        return value.rows
    return len(value) if isinstance(value, list) else None


def _log_trouble(trouble: Exception, trail: _Trail) -> None:
    """Log its kind and place; its text may hold what the caller sent, and so a secret."""
    frames = traceback.extract_tb(trouble.__traceback__)[-FRAMES_LOGGED:]
    places = [f"{frame.filename}:{frame.lineno}" for frame in frames]
    log.error("trouble", method=trail.method, kind=type(trouble).__qualname__, places=places)
