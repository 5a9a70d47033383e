"""Documents that must say what the code does: generated parts, the rows of docs/database.md, the glossary.

`PYTHONPATH=tests .venv/bin/python -m house.documents` writes every generated part anew.
"""

import ast
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from house.arrows import our_models
from house.statements import Creation, created
from house.tree import DOCS, ROOT, Offence, Script, floors

DATABASE = DOCS / "database.md"
WORDS = DOCS / "words.md"
WIRE = DOCS / "wire.md"
REWRITE = "PYTHONPATH=tests .venv/bin/python -m house.documents"

_NAMED_ROW = re.compile(r"\| `(?P<name>[a-z_0-9]+(?:\(\))?)` \|(?P<rest>.*)\|")
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


class Generated(NamedTuple):
    """A part of a document, from `<!-- generated: NAME -->` to `<!-- end of NAME -->`, and what makes it."""

    path: Path
    name: str
    text_of_now: Callable[[], str]

    def renewed(self, document: str) -> str:
        """The document with this part made anew."""
        start, end = f"<!-- generated: {self.name} -->", f"<!-- end of {self.name} -->"
        before, found_start, rest = document.partition(start)
        _, found_end, after = rest.partition(end)
        if not (found_start and found_end):
            raise ValueError(f"{self.path.name} has no part between {start} and {end}")
        return f"{before}{start}\n\n{self.text_of_now()}\n{end}{after}"


def table_list() -> str:
    """Every table with its room and what its rows are, from the models' docstrings."""
    models = sorted(
        (model for model in our_models() if not model._meta.auto_created),
        key=lambda model: (floors()[model._meta.app_label], model._meta.app_label, model._meta.db_table),
    )
    lines = [
        f"| `{model._meta.db_table}` | {(model.__doc__ or '').strip().splitlines()[0]} |\n"
        for model in models
    ]
    return "| table | a row is |\n|---|---|\n" + "".join(lines)


def methods_page() -> str:
    """Every method of the System API, as it is declared."""
    from netledger.system_api.documentation import page

    return page()


GENERATED = [Generated(DATABASE, "tables", table_list), Generated(WIRE, "methods", methods_page)]


def outdated(parts: Iterable[Generated]) -> Iterator[Offence]:
    """Generated parts that are not what their generator makes now."""
    for part in parts:
        document = part.path.read_text(encoding="utf-8")
        try:
            current = part.renewed(document) == document
        except ValueError as trouble:
            yield Offence(part.path, 1, str(trouble))
            continue
        if not current:
            yield Offence(part.path, 1, f"its part {part.name} is out of date; write it anew: {REWRITE}")


def undescribed(scripts: Iterable[Script], document: str) -> Iterator[Offence]:
    """Functions, triggers and lasting tables made by a migration's SQL that docs/database.md has no row for."""
    rows = {row["name"] for row in filter(None, map(_NAMED_ROW.match, document.splitlines()))}
    for script in scripts:
        for name, creation in _described_kinds(script):
            if name not in rows:
                yield Offence(script.path, creation.line, f"{name} has no row in docs/database.md")


def wrong_rows(scripts: Iterable[Script], document: str, tests: Mapping[str, set[str]]) -> Iterator[Offence]:
    """Rows of things that are not there, that say nothing, or whose test is not named or not there."""
    made = {name: creation.kind for script in scripts for name, creation in _described_kinds(script)}
    for number, line in enumerate(document.splitlines(), start=1):
        row = _NAMED_ROW.match(line)
        for fault in _faults_of(row, made, tests) if row is not None else ():
            yield Offence(DATABASE, number, fault)


def unexplained_models(names: Iterable[str], glossary: str) -> Iterator[Offence]:
    """Models that the glossary does not name."""
    known = set(re.findall(r"\w+", glossary))
    for name in names:
        if name not in known:
            yield Offence(WORDS, 1, f"the model {name} is not in it")


@cache
def tests_by_file() -> dict[str, set[str]]:
    """Every test file, as docs/database.md writes it, with the tests in it."""
    return {
        str(path.relative_to(ROOT)): {
            node.name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        }
        for path in (ROOT / "tests").rglob("test_*.py")
    }


def _described_kinds(script: Script) -> Iterator[tuple[str, Creation]]:
    for creation in created(script):
        if creation.kind in {"function", "trigger", "table"} and not creation.temporary:
            yield f"{creation.name}()" if creation.kind == "function" else creation.name, creation


def _faults_of(row: re.Match[str], made: Mapping[str, str], tests: Mapping[str, set[str]]) -> Iterator[str]:
    name, cells = row["name"], [cell.strip() for cell in row["rest"].split("|")]
    if len(cells) == 1 and made.get(name, "table") == "table":
        return  # A table's row says what its rows are; what guards them has rows of its own.
    if name not in made:
        yield f"{name}: no migration makes it"
    if not cells[0]:
        yield f"{name}: the row does not say what it forbids or keeps"
    named = _TEST.findall(cells[-1])
    if len(cells) != 2 or not named:
        yield f"{name}: no test is named"
    for file, test in named:
        if test not in tests.get(file, set()):
            yield f"{name}: {file}::{test} is not there"


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netledger.server.settings")
    django.setup()
    for part in GENERATED:
        document = part.path.read_text(encoding="utf-8")
        part.path.write_text(part.renewed(document), encoding="utf-8")
