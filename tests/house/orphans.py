"""SQL files that nobody runs, their names without a file, and SQL that does not say what it does."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from house.arrows import texts_of
from house.statements import opening_comment
from house.tree import Offence, Script, Source, floors

_STATEMENT = re.compile(r"([a-z_]+)/([a-z_0-9]+)")


def orphan_statements(scripts: Iterable[Script], sources: Iterable[Source]) -> Iterator[Offence]:
    """Files of `<room>/sql/` that no Python text names, and such names without a file."""
    files = {
        f"{script.room}/{script.path.stem}": script for script in scripts if script.path.parent.name == "sql"
    }
    names = {
        constant.value: (source, constant) for source in sources for constant in _statement_names(source)
    }
    for name in files.keys() - names.keys():
        yield Offence(files[name].path, 1, f"no Python file names {name}")
    for name in names.keys() - files.keys():
        source, constant = names[name]
        yield Offence(source.path, constant.lineno, f"{name} has no SQL file")


def orphan_migrations(scripts: Iterable[Script], sources: Iterable[Source]) -> Iterator[Offence]:
    """SQL files that no migration beside them names, and such names without a file."""
    files = {script.path for script in scripts if script.path.parent.name == "migrations"}
    named = {
        _beside(source.path, constant.value): (source, constant.lineno)
        for source in sources
        if source.path.parent.name == "migrations"
        for constant in texts_of(source.module)
        if constant.value.endswith(".sql")
    }
    for path in files - named.keys():
        yield Offence(path, 1, "no migration beside it names it")
    for path in named.keys() - files:
        source, line = named[path]
        yield Offence(source.path, line, f"{path.name} is not there")


def silent_scripts(scripts: Iterable[Script]) -> Iterator[Offence]:
    """SQL files that do not start with a sentence that says what they do."""
    for script in scripts:
        sentence = opening_comment(script.text)
        if len(sentence.split()) < 3 or not sentence.endswith((".", ".)")):
            yield Offence(script.path, 1, "does not start with a `--` sentence that says what it does")


def _statement_names(source: Source) -> Iterator[ast.Constant]:
    for constant in texts_of(source.module):
        match = _STATEMENT.fullmatch(constant.value)
        if match is not None and match[1] in floors():
            yield constant


def _beside(migration: Path, name: str) -> Path:
    """The SQL file that a migration names: by its whole name, or as its own with another suffix."""
    return migration.with_suffix(".sql") if name == ".sql" else migration.parent / Path(name).name
