"""A System API with the specification's contexts, called as a web server calls it."""

from collections.abc import Callable
from typing import Any

import pytest

from calls import Application, Reply, environ_of, query_of, send, settings
from netledger.system_api import views
from wire.onec import Onec

Act = Callable[..., Reply]
ACT_PAY = "asr_fiscal_manager.act_pay"


@pytest.fixture
def api(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Application:
    """The System API; a test that rolls back keeps its one connection, where a server gives it back each time."""
    if "committed_db" not in request.fixturenames:
        monkeypatch.setattr(views, "close_old_connections", lambda: None)
    return views.make_application(settings())


@pytest.fixture
def act(api: Application) -> Act:
    """Call act_pay with those fields in arg1."""

    def act(name: str | None = None, **fields: Any) -> Reply:
        arg1 = fields if name is None else fields | {"act": name}
        return send(api, environ_of(query_of("asr_fiscal", ACT_PAY, arg1)))

    return act


@pytest.fixture
def pay(act: Act) -> Act:
    """Call act_pay with the fields of a PAY: whom, how much, by which operator's id."""

    def pay(who: str, sum_in: Any, pay_id: str, operator: str = "osmp") -> Reply:
        return act("PAY", contract_number=who, sum_in=sum_in, pay_operator=operator, pay_id_str=pay_id)

    return pay


@pytest.fixture
def onec(api: Application) -> Onec:
    """1C, as it calls."""
    return Onec(api)
