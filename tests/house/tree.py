"""Where everything stands: the tree's files, the rooms with their floors, and what an offence looks like."""

import ast
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "netledger"
TESTS = ROOT / "tests"
DOCS = ROOT / "docs"


class Offence(NamedTuple):
    """One place that breaks a rule."""

    path: Path
    line: int
    what: str

    def __str__(self) -> str:
        return f"{named(self.path)}:{self.line}: {self.what}"


class Source(NamedTuple):
    """A Python file, read and parsed."""

    path: Path
    text: str
    module: ast.Module

    @property
    def room(self) -> str:
        """The room that the file belongs to; the empty text for the package's own `__init__`."""
        return room_of_path(self.path)


class Script(NamedTuple):
    """An SQL file, read."""

    path: Path
    text: str

    @property
    def room(self) -> str:
        """The room that the file belongs to."""
        return room_of_path(self.path)


def named(path: Path) -> str:
    """The path as a person types it at the root of the tree."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def room_of_path(path: Path) -> str:
    """The room of a file under src/netledger; a module beside the rooms is a room of its own."""
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


def hold(offences: Iterable[Offence]) -> None:
    """Fail with every offender, a line each, if there is any."""
    lines = [str(offence) for offence in sorted(set(offences))]
    if lines:
        pytest.fail(f"{len(lines)} offenders\n" + "\n".join(lines), pytrace=False)


@cache
def python_sources() -> tuple[Source, ...]:
    """Every Python file of the package."""
    return tuple(_read_python(path) for path in sorted(PACKAGE.rglob("*.py")))


@cache
def sql_scripts() -> tuple[Script, ...]:
    """Every SQL file of the package: the rooms' statements and what stands beside the migrations."""
    return tuple(Script(path, path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.sql")))


def migration_scripts() -> list[Script]:
    """The SQL files beside the migrations."""
    return [script for script in sql_scripts() if script.path.parent.name == "migrations"]


def planted(text: str, path: str = "ledger/planted.py") -> Source:
    """A Python source that is not there, to show that a checker sees what it should."""
    return Source(PACKAGE / path, text, ast.parse(text))


def planted_sql(text: str, path: str = "ledger/sql/planted.sql") -> Script:
    """An SQL file that is not there, to show that a checker sees what it should."""
    return Script(PACKAGE / path, text)


@cache
def floors() -> dict[str, int]:
    """Each room with its floor, 0 the lowest, from the layers that import-linter holds."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        room.strip(" ()"): floor for floor, layer in enumerate(reversed(layers)) for room in layer.split("|")
    }


def points_down(room: str, other: str) -> bool:
    """Whether one room may name another: itself or one on a lower floor, but no neighbour on its own."""
    return room == other or floors()[other] < floors()[room]


@cache
def tree_files() -> tuple[Path, ...]:
    """Every file that is committed or would be: git's list, what it ignores left out."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=30).stdout
    paths = (ROOT / name for name in listed.decode().split("\0") if name)
    return tuple(path for path in sorted(paths) if path.is_file() and not path.is_symlink())


def text_lines(paths: Iterable[Path]) -> Iterator[tuple[Path, int, str]]:
    """Every line of every text file among the paths; a file with a NUL byte is not text."""
    for path in paths:
        content = path.read_bytes()
        if b"\0" not in content:
            lines = content.decode("utf-8", errors="replace").split("\n")
            yield from ((path, number, line) for number, line in enumerate(lines, start=1))


def _read_python(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(path, text, ast.parse(text, filename=str(path)))
