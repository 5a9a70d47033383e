"""What a newcomer is told to type exists, and does what it says."""

from pathlib import Path

import pytest

from house import entrance
from house.tree import ROOT, hold

MAKEFILE = "VENV := .venv\n.PHONY: test lint bench\n\ntest: venv\n\tpytest\n\nlint:\n\truff check\n\tmypy\n"


@pytest.mark.parametrize("command", ["ruff format --check", "ruff check", "mypy", "lint-imports"])
def test_make_lint_runs_every_linter(command: str) -> None:
    assert command in entrance.recipe_of(entrance.MAKEFILE.read_text(), "lint")


def test_ci_runs_lint_and_tests() -> None:
    lines = (ROOT / ".ci" / "run").read_text().splitlines()

    assert {"make lint", "make test"} <= set(lines)


def test_every_announced_target_does_something() -> None:
    hold(entrance.empty_targets(entrance.MAKEFILE.read_text()))


@pytest.mark.parametrize("name", ["README.md", "README.ru.md", "CONTRIBUTING.md", "ARCHITECTURE.md"])
def test_every_target_named_in_a_document_exists(name: str) -> None:
    path = ROOT / name
    if path.exists():
        hold(entrance.unknown_targets(path, path.read_text(encoding="utf-8"), entrance.MAKEFILE.read_text()))


def test_a_target_is_known_by_its_rule() -> None:
    assert entrance.targets_of(MAKEFILE) == {"test", "lint"}


def test_a_recipe_is_its_own_targets_only() -> None:
    assert entrance.recipe_of(MAKEFILE, "lint") == "\truff check\n\tmypy\n"
    assert entrance.recipe_of(MAKEFILE, "bench") == ""


def test_an_announced_target_without_a_rule_is_found() -> None:
    assert [offence.what.split()[1] for offence in entrance.empty_targets(MAKEFILE)] == ["bench"]


def test_a_target_that_does_not_exist_is_found() -> None:
    document = "Make it so.\n    make test && make bench\nThen `make e2e`, to make sure; `make lint` too.\n"

    found = [
        (found.line, found.what.split(":")[0])
        for found in entrance.unknown_targets(Path("x"), document, MAKEFILE)
    ]

    assert found == [(2, "make bench"), (3, "make e2e")]
