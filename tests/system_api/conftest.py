"""A System API with methods of its own and without a database: what is shown here needs none."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from calls import Reply, environ_of, send, settings
from netledger.errors import Refusal
from netledger.system_api import declaration, views
from netledger.system_api.declaration import method
from netledger.system_api.scalars import Who

Ask = Callable[..., Reply]


class Question(Struct, frozen=True):
    """The arguments of the tests' methods."""

    who: Who


class Sorry(Refusal):
    """What the tests' methods refuse with."""

    code = "sorry"
    sentence_ru = "Нет, {who}"
    sentence_en = "No, {who}"
    who: str


@pytest.fixture(autouse=True)
def without_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections that earlier tests of this process left open are not ours to look at."""
    monkeypatch.setattr(views, "close_old_connections", lambda: None)


@pytest.fixture(autouse=True)
def methods(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One method that echoes, one that refuses and one that breaks, in the contexts web and collector."""
    monkeypatch.setattr(declaration, "REGISTRY", {})

    def echo(question: Question) -> dict[str, str]:
        """Say who was asked for."""
        return {"who": question.who}

    def refuse(question: Question) -> dict[str, str]:
        """Refuse whoever it is."""
        raise Sorry(who=question.who)

    def fail(question: Question) -> dict[str, str]:
        """Break as only a fault of ours does."""
        raise RuntimeError(question.who)

    for context in ("web", "collector", "api_1c"):
        for name, function in {"echo": echo, "refuse": refuse, "fail": fail}.items():
            method(context=context, model="Users", name=f"test.{name}", spec="-")(function)
    yield


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Send a query (or a whole environ's changes) to a System API with the given network settings."""

    def ask(query: bytes = b"", *, network: dict[str, Any] | None = None, **more: Any) -> Reply:
        api = views.SystemApi(settings(**(network or {})), tmp_path)
        return send(api, environ_of(query, **more))

    return ask
