"""The limits of style.md: lengths, nesting, docstrings, annotations."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from house.tree import Offence, Source

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 50
NESTING_MAX = 3

Function = ast.FunctionDef | ast.AsyncFunctionDef
Named = Function | ast.ClassDef
NESTS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match)


def long_files(paths: Iterable[Path], lines_max: int = FILE_LINES_MAX) -> Iterator[Offence]:
    """Files with more lines than a reader keeps in mind."""
    for path in paths:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > lines_max:
            yield Offence(path, lines, f"{lines} lines, {lines_max} are allowed")


def long_functions(sources: Iterable[Source], lines_max: int = FUNCTION_LINES_MAX) -> Iterator[Offence]:
    """Functions longer than the limit, counted from `def` to the last line, docstring included."""
    for source, function in functions_of(sources):
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        if lines > lines_max:
            yield Offence(source.path, function.lineno, f"{function.name} has {lines} lines")


def deep_nests(sources: Iterable[Source], nesting_max: int = NESTING_MAX) -> Iterator[Offence]:
    """Statements that stand deeper than the limit; `elif` and the arms of a `match` do not nest."""
    for source in sources:
        for statement, depth in _nests_below(source.module, depth=0, in_function=False):
            if depth == nesting_max + 1:
                yield Offence(source.path, statement.lineno, f"nested {depth} deep")


def undocumented(sources: Iterable[Source]) -> Iterator[Offence]:
    """Public modules, classes and functions without a docstring; `Meta` and `Migration` are Django's."""
    for source in sources:
        if ast.get_docstring(source.module) is None:
            yield Offence(source.path, 1, "the module has no docstring")
        for node in _public_names(source.module):
            if ast.get_docstring(node) is None:
                yield Offence(source.path, node.lineno, f"{node.name} has no docstring")


def unannotated(sources: Iterable[Source]) -> Iterator[Offence]:
    """Functions, private ones too, with an argument or an answer whose type is not said."""
    for source, function in functions_of(sources):
        bare = [argument.arg for argument in _arguments(function) if argument.annotation is None]
        if function.returns is None:
            bare.append("its answer")
        for name in bare:
            yield Offence(source.path, function.lineno, f"{function.name}: {name} has no type")


def functions_of(sources: Iterable[Source]) -> Iterator[tuple[Source, Function]]:
    """Every function and method of the sources, with its source."""
    for source in sources:
        for node in ast.walk(source.module):
            if isinstance(node, Function):
                yield source, node


def _nests_below(node: ast.AST, *, depth: int, in_function: bool) -> Iterator[tuple[ast.stmt, int]]:
    for child in ast.iter_child_nodes(node):
        is_function = isinstance(child, Function)
        nests = isinstance(child, NESTS) or (in_function and isinstance(child, Named))
        inner = depth + (1 if nests and not _is_elif(node, child) else 0)
        if isinstance(child, ast.stmt) and inner > depth:
            yield child, inner
        yield from _nests_below(child, depth=inner, in_function=in_function or is_function)


def _is_elif(parent: ast.AST, child: ast.AST) -> bool:
    """An `if` alone in an `else` starts where `elif` would: at the column of the `if` above it."""
    return (
        isinstance(parent, ast.If)
        and isinstance(child, ast.If)
        and parent.orelse == [child]
        and child.col_offset == parent.col_offset
    )


def _public_names(node: ast.AST) -> Iterator[Named]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Named):
            if child.name.startswith("_") or child.name in {"Meta", "Migration"}:
                continue
            yield child
        if not isinstance(child, Function):
            yield from _public_names(child)


def _arguments(function: Function) -> list[ast.arg]:
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    if positional and positional[0].arg in {"self", "cls"}:
        positional = positional[1:]
    rest = [argument for argument in (arguments.vararg, arguments.kwarg) if argument is not None]
    return [*positional, *arguments.kwonlyargs, *rest]
