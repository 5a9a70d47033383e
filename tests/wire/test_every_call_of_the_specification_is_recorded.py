"""Each call that the specification shows has an example with its request and answer, which another test replays."""

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from netledger.system_api.declaration import REGISTRY
from netledger.system_api.examples import Example, all_examples, query_shown
from wire.replay import method_named
from wire.specification import CALLS

SPECIFICATION = Path(__file__).parents[3] / "shared" / "carbon" / "system_api.txt"
"""It lies beside the checkout where netledger is built, and nowhere else."""
ERROR = ('{\n  "error"', '[\n  {\n    "error')


class Shape(NamedTuple):
    """What makes two requests the same call: all but what is filled into them."""

    parameters: dict[str, str | None]
    fields: list[str]
    act: str | None


def _shape(query: str) -> Shape:
    given = dict(part.split("=", 1) for part in query.split("&") if part)
    arg1 = json.loads(given.pop("arg1"))
    return Shape(given | {"psw": "..."} if "psw" in given else given, sorted(arg1), arg1.get("act"))


def _records(query: str) -> list[Example]:
    return [
        example
        for example in all_examples()
        if _shape(query_shown(example, method_named(example.method))) == _shape(query)
        and not example.answer.startswith(ERROR)
    ]


@pytest.mark.parametrize("heading", CALLS)
def test_a_call_has_its_request_and_answer(heading: str) -> None:
    records = _records(CALLS[heading].partition("?")[2])

    assert [bool(record.answer.strip()) for record in records] == [True]


@pytest.mark.parametrize("heading", CALLS)
def test_a_method_says_where_the_specification_has_it(heading: str) -> None:
    name = _shape(CALLS[heading].partition("?")[2]).parameters["method1"]

    assert [method.spec for method in REGISTRY.values() if method.name == name] == [heading]


def test_a_call_without_a_record_is_found() -> None:
    query = CALLS["API 1С, 2"].partition("?")[2]

    assert not _records(query.replace("op_id", "operation_id"))
    assert not _records(query.replace("FinanceOperations", "Abonents"))


@pytest.mark.skipif(not SPECIFICATION.exists(), reason="the specification does not lie beside this checkout")
def test_the_table_has_every_call_of_the_specification_and_no_other() -> None:
    lines = SPECIFICATION.read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if "/system_api/?" in line] == list(CALLS.values())
