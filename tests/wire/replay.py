"""Asks an example's request of the tiny provider; whatever is random in the answer becomes what examples show."""

import re
from pathlib import Path

import msgspec

from calls import environ_of, query_of, send, settings
from given_cluster import Database
from netledger.cabinet.services import sign_in
from netledger.system_api.declaration import REGISTRY, Method
from netledger.system_api.examples import SESSION_SHOWN, Example
from netledger.system_api.views import SystemApi
from wire.tiny_provider import SECRET, tiny_provider

SESSION_ID = re.compile(r'(?<="session_id": ")[^"]+')


def answer_to(example: Example, database: Database, spool_folder: Path) -> str:
    """What the example's request is answered now, in the form in which examples stand."""
    method = method_named(example.method)
    with tiny_provider(database):
        arg1 = example.arg1
        if SESSION_SHOWN in arg1:
            entered = sign_in(login="ivanov", secret=SECRET, limits=settings().cabinet)
            arg1 = arg1.replace(SESSION_SHOWN, entered.token)
        more = {"format": "json"} if example.wants_json else {}
        query = query_of(method.context, method.name, arg1, model=method.model, **more)
        reply = send(SystemApi(settings(), spool_folder), environ_of(query))
    assert reply.status == 200, reply.text
    if not reply.headers["Content-Type"].startswith("application/json"):
        return reply.text
    return SESSION_ID.sub(SESSION_SHOWN, msgspec.json.format(reply.body, indent=2).decode()) + "\n"


def method_named(name: str) -> Method:
    """The declared method of that full name."""
    (method,) = (method for method in REGISTRY.values() if method.name == name)
    return method
