"""Arrows that import-linter cannot see: relations of models, tables and functions named in SQL."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from inspect import getsourcefile, getsourcelines
from pathlib import Path
from typing import NamedTuple

from django.apps import apps
from django.db.models import Model

from house import statements
from house.tree import Offence, Script, Source, floors, migration_scripts, points_down, sql_scripts

PARTITION = re.compile(r"_[0-9]+$")
NAMED_KINDS = frozenset({"function", "procedure", "table", "view", "sequence", "type", "domain"})


class Said(NamedTuple):
    """A text that may be SQL, the room that says it, and the line it starts on."""

    path: Path
    room: str
    line: int
    text: str


def our_models() -> list[type[Model]]:
    """Every model of a room, those that Django makes for many-to-many relations included."""
    return [model for model in apps.get_models(include_auto_created=True) if _room_of(model) in floors()]


@cache
def owners() -> dict[str, str]:
    """Every table and function of the database with the room that made it."""
    names = {model._meta.db_table: _room_of(model) for model in our_models()}
    for script in [*migration_scripts(), *sql_scripts()]:
        for creation in statements.created(script):
            if creation.kind in NAMED_KINDS:
                names[creation.name] = script.room
    return names


def relations_pointing_up(models: Iterable[type[Model]]) -> Iterator[Offence]:
    """Concrete relations of models to a model of a higher room or of a neighbour on the same floor."""
    for model in models:
        for field in model._meta.get_fields():
            target = field.related_model
            if not field.concrete or not isinstance(target, type) or _room_of(target) not in floors():
                continue
            if not points_down(_room_of(model), _room_of(target)):
                path, line = _place_of(model)
                yield Offence(path, line, f"{model.__name__}.{field.name} points to {target._meta.label}")


def in_scripts(scripts: Iterable[Script]) -> Iterator[Said]:
    """Each SQL file as a text of its room."""
    yield from (Said(script.path, script.room, 1, script.text) for script in scripts)


def in_python(sources: Iterable[Source]) -> Iterator[Said]:
    """Each text in a room's Python that is not a docstring: it may be SQL."""
    for source in sources:
        if source.room in floors():
            for constant in texts_of(source.module):
                yield Said(source.path, source.room, constant.lineno, constant.value)


def names_pointing_up(texts: Iterable[Said], names: dict[str, str]) -> Iterator[Offence]:
    """Tables and functions named in a text that belong to a higher room or to a neighbour."""
    for said in texts:
        for mention in statements.words(said.text):
            owner = owner_of(mention.name, names)
            if owner is not None and not points_down(said.room, owner):
                yield Offence(said.path, said.line + mention.line - 1, f"{mention.name} belongs to {owner}")


def foreign_writes(texts: Iterable[Said], names: dict[str, str]) -> Iterator[Offence]:
    """INSERT, UPDATE, DELETE and their like on a table of another room, a lower one included."""
    for said in texts:
        for mention in statements.written(said.text):
            owner = owner_of(mention.name, names)
            if owner is not None and owner != said.room:
                what = f"writes {mention.name}, which belongs to {owner}"
                yield Offence(said.path, said.line + mention.line - 1, what)


def owner_of(name: str, names: dict[str, str]) -> str | None:
    """The room that owns a table, one of its partitions, or a function; None for any other word."""
    return names.get(name) or names.get(PARTITION.sub("", name))


def texts_of(module: ast.Module) -> Iterator[ast.Constant]:
    """Every text of a module but the docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


def _room_of(model: type[Model]) -> str:
    return model._meta.app_label


def _place_of(model: type[Model]) -> tuple[Path, int]:
    file = getsourcefile(model)
    assert file is not None
    return Path(file), getsourcelines(model)[1]
