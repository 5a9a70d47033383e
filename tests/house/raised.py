"""What a function may refuse: read from its source, and from that of whatever of ours it calls or hands on.

Calls through an instance that is not `self` are not seen, and neither is who is caught by a caller of a caller.
"""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from house.refusals import our_refusals
from house.tree import PACKAGE, Offence, python_sources
from netledger.errors import Refusal

PREFIX = "netledger"
Function = ast.FunctionDef


class Place(NamedTuple):
    """A function or method (`Class.method`) of a module of ours."""

    module: str
    name: str


def refusals_of(place: Place) -> frozenset[str]:
    """The names of the refusals that may come out of that function."""
    return _raised(place, frozenset())


def wrong_declarations(methods: Iterable[tuple[Place, frozenset[str]]]) -> Iterator[Offence]:
    """Methods of the System API that may refuse otherwise than they declare."""
    for place, declared in methods:
        raised = refusals_of(place)
        path = PACKAGE.joinpath(*place.module.split(".")[1:]).with_suffix(".py")
        line = _functions(place.module)[place.name].lineno
        for name in sorted(raised - declared):
            yield Offence(path, line, f"{place.name} may raise {name} and does not declare it")
        for name in sorted(declared - raised):
            yield Offence(path, line, f"{place.name} declares {name}, and nothing that it calls raises it")


@cache
def _refusal_names() -> frozenset[str]:
    return frozenset(refusal.__name__ for refusal in our_refusals() if issubclass(refusal, Refusal))


@cache
def _modules() -> dict[str, ast.Module]:
    found = {}
    for source in python_sources():
        if source.path.is_relative_to(PACKAGE):
            parts = source.path.relative_to(PACKAGE).with_suffix("").parts
            found[".".join([PREFIX, *(part for part in parts if part != "__init__")])] = source.module
    return found


@cache
def _functions(module: str) -> dict[str, Function]:
    """The functions of a module by name, methods as `Class.method`."""
    found: dict[str, Function] = {}
    for node in _modules()[module].body:
        if isinstance(node, Function):
            found[node.name] = node
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{it.name}": it for it in node.body if isinstance(it, Function)}
            if f"{node.name}.__init__" in found:
                found[node.name] = found[f"{node.name}.__init__"]
    return found


@cache
def _imported(module: str) -> dict[str, Place]:
    """What names of other modules of ours mean here; a module itself is a Place without a name."""
    return {
        alias.asname or alias.name: (
            Place(inner, "")
            if (inner := f"{node.module}.{alias.name}") in _modules()
            else Place(node.module, alias.name)
        )
        for node in ast.walk(_modules()[module])
        if isinstance(node, ast.ImportFrom) and node.module is not None and node.module in _modules()
        for alias in node.names
    }


def _raised(place: Place, callers: frozenset[Place]) -> frozenset[str]:
    function = _functions(place.module).get(place.name) if place.module in _modules() else None
    if function is None or place in callers:
        return frozenset()
    return frozenset(_in_nodes(function.body, place, callers | {place}))


def _in_nodes(nodes: Iterable[ast.AST], place: Place, callers: frozenset[Place]) -> set[str]:
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Try):
            found |= _in_try(node, place, callers)
            continue
        if isinstance(node, ast.Name | ast.Attribute):
            found |= _meant_by(node, place, callers)
        found |= _in_nodes(ast.iter_child_nodes(node), place, callers)
    return found


def _in_try(node: ast.Try, place: Place, callers: frozenset[Place]) -> set[str]:
    """What its body raises without what is caught, and what its handlers raise instead."""
    found = _in_nodes(node.body, place, callers)
    for handler in node.handlers:
        caught = found & _names_in(handler.type)
        is_raised_again = any(isinstance(it, ast.Raise) and it.exc is None for it in ast.walk(handler))
        found -= set() if is_raised_again else caught
        found |= _in_nodes(handler.body, place, callers)
    return found | _in_nodes([*node.orelse, *node.finalbody], place, callers)


def _names_in(caught: ast.expr | None) -> set[str]:
    return {it.id for it in ast.walk(caught) if isinstance(it, ast.Name)} if caught is not None else set()


def _meant_by(node: ast.Name | ast.Attribute, place: Place, callers: frozenset[Place]) -> set[str]:
    """What comes of naming that: the refusal itself, or what the function of that name may raise."""
    if isinstance(node, ast.Name) and node.id in _refusal_names():
        return {node.id}
    meant = _place_of(node, place)
    return set(_raised(meant, callers)) if meant is not None else set()


def _place_of(node: ast.Name | ast.Attribute, place: Place) -> Place | None:
    imported = _imported(place.module)
    if isinstance(node, ast.Name):
        return imported.get(node.id, Place(place.module, node.id))
    if not isinstance(node.value, ast.Name):
        return None
    owner = node.value.id
    if owner in ("self", "cls"):
        return Place(place.module, f"{place.name.partition('.')[0]}.{node.attr}")
    there = imported.get(owner, Place(place.module, owner))
    return Place(there.module, node.attr if not there.name else f"{there.name}.{node.attr}")
