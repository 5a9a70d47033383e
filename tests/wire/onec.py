"""Calls of 1C's context, in this process."""

from typing import Any

from calls import Application, Reply, environ_of, query_of, send
from netledger.subscribers.models import Subscriber
from netledger.subscribers.services import add_subscriber

MODELS = {
    "api_1c_get_fin_opers": "FinanceOperations",
    "api_1c_get_fin_opers_with_context": "FinanceOperations",
    "api_1c_get_fin_detail": "FinanceOperations",
    "api_1c_sync_fin_oper": "FinanceOperations",
}
"""The methods whose model is not Abonents."""


class Onec:
    """1C, as it calls."""

    def __init__(self, api: Application) -> None:
        self.api = api

    def asks(self, method: str, **arg1: Any) -> Reply:
        """Call a method by its short name with those fields in arg1."""
        model = MODELS.get(method, "Abonents")
        query = query_of("api_1c", f"api_1c_manager.{method}", arg1, model=model, format="json")
        return send(self.api, environ_of(query))

    def told(self, method: str, **arg1: Any) -> Any:
        """The same; the JSON of an answer that is no error."""
        reply = self.asks(method, **arg1)
        assert reply.status == 200 and isinstance(reply.json, list), reply.text
        return reply.json

    def error(self, method: str, **arg1: Any) -> Any:
        """The same; the JSON of an error, as 1C finds it: under `error_text`."""
        told = self.asks(method, **arg1).json
        assert isinstance(told, dict) and told["error_text"] == told["error"], told
        return told


def in_group(group_id: int, contract_number: str, **more: Any) -> Subscriber:
    return add_subscriber(contract_number=contract_number, group_id=group_id, **({"name": "Иванов"} | more))
