"""Each request has an id, which is on each line of the log that it causes and in the answer's X-Request-Id.

It is ours, unless a trusted proxy sends one that it has written down itself.
"""

import re
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from structlog.contextvars import bind_contextvars

from netledger.installation.setting_values import Networks
from netledger.system_api.caller import caller_of, is_within

IN_ENVIRON = "netledger.request_id"
HEADER = "X-Request-Id"

_FIT = re.compile(r"[0-9A-Za-z][0-9A-Za-z._:-]{7,63}")
"""Ids of nginx and HAProxy, UUIDs and the like."""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def new_request_id() -> str:
    """An id, and from now on each line that this greenlet logs has it."""
    request_id = secrets.token_hex(8)
    bind_contextvars(request_id=request_id)
    return request_id


def with_ids_of_proxies(application: Application, trusted: Networks) -> Application:
    """The application, whose requests have the id that a trusted proxy sent; nobody else chooses one."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        sent = environ.get("HTTP_X_REQUEST_ID")
        if sent and _FIT.fullmatch(sent) and _is_from(environ, trusted):
            environ[IN_ENVIRON] = sent
            bind_contextvars(request_id=sent)
        return application(environ, start_response)

    return answer


def _is_from(environ: dict[str, Any], trusted: Networks) -> bool:
    peer = caller_of({"REMOTE_ADDR": environ["REMOTE_ADDR"]}, ())
    return peer is not None and is_within(peer, trusted)
