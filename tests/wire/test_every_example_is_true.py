"""The examples of docs/wire.md are what the System API answers."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django.plugin import DjangoDbBlocker

from given_cluster import Database, cloned_database, django_on
from netledger.system_api.declaration import REGISTRY
from netledger.system_api.examples import Example, all_examples, examples_of
from wire.replay import answer_to


@pytest.fixture(scope="module")
def database(given_cluster: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Database]:
    with (
        cloned_database(f"netledger_{uuid4().hex}") as database,
        django_db_blocker.unblock(),
        django_on(database),
    ):
        yield database


@pytest.mark.parametrize("example", all_examples(), ids=lambda example: f"{example.method}-{example.arg1}")
def test_an_example_is_answered_as_it_says(example: Example, database: Database, tmp_path: Path) -> None:
    assert answer_to(example, database, tmp_path) == example.answer


def test_every_method_has_one() -> None:
    assert [method.name for method in REGISTRY.values() if not examples_of(method)] == []
