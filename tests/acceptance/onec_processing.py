"""The vendor's processing for 1C as clients.md has it: how it asks, reads, confirms and brings, in each encoding.

It never looks at the HTTP status, parses every body, and takes for an error only `error_text`, in an object or in the
first item of a list. Everything that it sends is a string; what it reads by name must be there.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, Literal
from urllib.parse import quote

from server.wire import send

BATCH = 40
"""So many subscribers are confirmed before the next are fetched."""
PAYMENTS, ACTS, AGENTS = "2", "1", "11"
INN, ACTUAL_ADDRESS = 4, 26

Record = dict[str, Any]


class Failed(Exception):
    """The processing shows an error and stops."""


@dataclass
class Books:
    """What 1C has of the billing: its catalogue of customers and its documents, by its own codes."""

    customers: dict[str, Record] = field(default_factory=dict)
    documents: dict[str, Record] = field(default_factory=dict)


class Processing:
    """One edition of it at one base of 1C: how it encodes, how it calls the list of operations, how its codes begin."""

    def __init__(
        self,
        port: int,
        psw: str,
        *,
        encoding: Literal["utf-8", "windows-1251"] = "utf-8",
        list_method: str = "api_1c_get_fin_opers_with_context",
        base: str = "УТ",
    ) -> None:
        self.port, self.psw = port, psw
        self.encoding, self.list_method = encoding, list_method
        self.base = base
        self.books = Books()

    def exchange_subscribers(self, parent_id: str) -> int:
        """Fetch whom 1C has not, enter them into the catalogue and confirm, a batch at a time; how many."""
        entered = 0
        while batch := list(islice(self._abonents(parent_id, "0"), BATCH)):
            for abonent in batch:
                code = self._enter(abonent)
                self.call("Abonents", "api_1c_sync_abonent", pk=abonent["pk"], code1c=code, sync1c="1")
            entered += len(batch)
        return entered

    def exchange_payments(self, parent_id: str, first: date, last: date) -> int:
        """Fetch the payments of the period of all whom 1C has, enter the new ones and confirm; how many."""
        entered = 0
        for abonent in self._abonents(parent_id, "1"):
            for operation in self.operations(abonent["pk"], PAYMENTS, first, last):
                if operation["code1c"]:
                    continue
                code = f"{self.base}П-{len(self.books.documents) + 1:06d}"
                self.books.documents[code] = self._document(abonent, operation)
                self.call(
                    "FinanceOperations", "api_1c_sync_fin_oper", pk=operation["op_id"], code1c=code.ljust(11)
                )
                entered += 1
        return entered

    def bring_payment(self, code: str, customer: str, paid_on: date, sum_: Decimal, descr: str) -> None:
        """Bring a payment that the bank's statement shows."""
        self.call(
            "FinanceOperations",
            "api_1c_sync_fin_oper",
            abon_code1c=customer.ljust(11),
            op_date=paid_on.isoformat(),
            op_summa=_in_1cs_locale(sum_),
            descr=descr,
            code1c=code,
            op_type_id=PAYMENTS,
            pr_number=code[-6:],
        )

    def ostatok(self, pk: str) -> Decimal:
        """What the account has now, by its three columns."""
        fields = self.call("Abonents", "api_1c_get_account", abonent_id=pk)[0]["fields"]
        return Decimal(fields["ostatok"]) + Decimal(fields["debit"]) - Decimal(fields["credit"])

    def acts(self, pk: str, first: date, last: date) -> list[Record]:
        """The acts and the agents' accounts of a period."""
        return [*self.operations(pk, ACTS, first, last), *self.operations(pk, AGENTS, first, last)]

    def operations(self, pk: str, op_type: str, first: date, last: date) -> list[Record]:
        """The operations of a kind in a period, which it prints as 1C does."""
        return self.call(
            "FinanceOperations",
            self.list_method,
            abonent_id=pk,
            op_type=op_type,
            sdate=f"{first:%d.%m.%Y} 0:00:00",
            edate=f"{last:%d.%m.%Y} 23:59:59",
        )

    def call(self, model: str, method: str, **arguments: str) -> list[Record]:
        """Call a method; its list.

        Raises: Failed: where 1C looks for it, there is an error.
        """
        arg1 = quote(json.dumps(arguments, ensure_ascii=False).encode(self.encoding))
        target = (
            f"/system_api/?model={model}&method1=api_1c_manager.{method}&arg1={arg1}"
            f"&format=json&context=api_1c&psw={self.psw}"
        )
        answer = send(self.port, f"GET {target} HTTP/1.1\r\nHost: billing:8082\r\n\r\n".encode()).json
        first = answer[0] if isinstance(answer, list) and answer else answer
        if isinstance(first, dict) and "error_text" in first:
            raise Failed(first["error_text"])
        assert isinstance(answer, list), answer
        return answer

    def _enter(self, abonent: Record) -> str:
        """Enter a subscriber into the catalogue; the code that he has there."""
        pk, fields = abonent["pk"], abonent["fields"]
        attributes = self.call("Abonents", "api_1c_get_abonent_attr", abonent_id=pk)
        told = {item["fields"]["attribute"]: item["fields"]["attribute_value"] for item in attributes}
        users = self.call("Abonents", "api_1c_get_abonent_users", abonent_id=pk)
        code = fields["code1c"] or f"{self.base}-{len(self.books.customers) + 1:06d}"
        self.books.customers[code] = {
            "pk": pk,
            "name": fields["name"],
            "contract": fields["contract_number"],
            "account": fields["account"],
            "contacts": (fields["email"], fields["sms"]),
            "is_company": fields["company"] != "0",
            "inn": told.get(INN, ""),
            "address": told.get(ACTUAL_ADDRESS, ""),
            "logins": [(item["fields"]["login"], item["fields"]["ip"]) for item in users],
        }
        return code

    def _document(self, abonent: Record, operation: Record) -> Record:
        """A document of an operation; every key is read, whether or not it is used."""
        return {
            "customer": abonent["fields"]["code1c"],
            "kind": operation["op_type_id"],
            "on": date.fromisoformat(operation["op_date"][:10]),
            "sum": Decimal(operation["op_summa"]),
            "balance": Decimal(operation["balance_buh"]),
            "by": (
                operation["operator_name"],
                operation["operator_pay_id"],
                operation["operator_pay_id_str"],
            ),
            "notes": (
                operation["descr"],
                operation["number"],
                operation["op_card_id"],
                operation["operator_result"],
            ),
            "services": [(line["name"], line["v"], line["price"]) for line in operation["act_services"]],
        }

    def _abonents(self, parent_id: str, sync1c: str) -> Iterator[Record]:
        yield from self.call("Abonents", "api_1c_get_abonents", parent_id=parent_id, sync1c=sync1c)


def _in_1cs_locale(sum_: Decimal) -> str:
    """A decimal comma, and a non-breaking space between thousands."""
    return f"{sum_:,.2f}".replace(",", "\xa0").replace(".", ",")
