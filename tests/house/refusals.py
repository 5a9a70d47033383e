"""Refusals: a code each, and the same facts told in Russian and in English."""

import ast
import importlib
import re
from collections.abc import Iterable, Iterator
from inspect import getsourcefile, getsourcelines
from pathlib import Path
from string import Formatter
from typing import get_type_hints

from house.tree import PACKAGE, Offence, python_sources

BASES = frozenset({"Refusal", "WrongRequest"})
SPECIFICATIONS_TEXT = frozenset({"Context={name} is not defined"})
"""What the specification words itself, in English for Russians too."""

_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_LANGUAGE = re.compile(r"_(?:ru|en)$")


def our_refusals() -> list[type[Exception]]:
    """Every refusal of the package: its module is found by reading, then imported."""
    for path in sorted(_files_with_refusals()):
        importlib.import_module(".".join(["netledger", *path.relative_to(PACKAGE).with_suffix("").parts]))
    from netledger.errors import Refusal
    from netledger.system_api.errors import WrongRequest

    return [
        refusal
        for base in (Refusal, WrongRequest)
        for refusal in _below(base)
        if refusal.__module__.startswith("netledger.")
    ]


def wrong_codes(refusals: Iterable[type[Exception]]) -> Iterator[Offence]:
    """Codes that are missing, not lower case with underscores, or another refusal's too."""
    owners: dict[str, str] = {}
    for refusal in refusals:
        code = getattr(refusal, "code", "")
        if _CODE.fullmatch(code) is None:
            yield _offence(refusal, f"the code {code!r} is not lower case with underscores")
        elif owners.setdefault(code, refusal.__name__) != refusal.__name__:
            yield _offence(refusal, f"the code {code} is {owners[code]}'s already")


def wrong_sentences(refusals: Iterable[type[Exception]]) -> Iterator[Offence]:
    """Sentences that are missing, in the wrong language, or tell other facts than the declared ones."""
    for refusal in refusals:
        russian, english = getattr(refusal, "sentence_ru", ""), getattr(refusal, "sentence_en", "")
        if not russian or not english:
            yield _offence(refusal, "a sentence is missing")
        if _CYRILLIC.search(english):
            yield _offence(refusal, "the English sentence holds Cyrillic letters")
        told_by_fact = any(name.endswith("_ru") for name in _names_in(russian))
        if not told_by_fact and russian not in SPECIFICATIONS_TEXT and not _CYRILLIC.search(russian):
            yield _offence(refusal, "the Russian sentence holds none of its letters")
        if _facts_in(russian) != _facts_in(english):
            yield _offence(refusal, f"Russian tells {_facts_in(russian)}, English {_facts_in(english)}")
        undeclared = _names_in(russian + english) - _declared_facts(refusal)
        if undeclared:
            yield _offence(refusal, f"{sorted(undeclared)} is no fact of it")


def _files_with_refusals() -> set[Path]:
    classes = [
        (source.path, node)
        for source in python_sources()
        for node in ast.walk(source.module)
        if isinstance(node, ast.ClassDef)
    ]
    known, files, before = set(BASES), set(), -1
    while before != len(known):
        before = len(known)
        for path, node in classes:
            if any(ast.unparse(base).rpartition(".")[2] in known for base in node.bases):
                known.add(node.name)
                files.add(path)
    return files


def _below(base: type[Exception]) -> Iterator[type[Exception]]:
    for refusal in base.__subclasses__():
        yield refusal
        yield from _below(refusal)


def _names_in(sentence: str) -> set[str]:
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def _facts_in(sentence: str) -> list[str]:
    """What a sentence tells; a fact that is itself words has a form for each language: `expected_ru`."""
    return sorted({_LANGUAGE.sub("", name) for name in _names_in(sentence)})


def _declared_facts(refusal: type[Exception]) -> set[str]:
    """A refusal's annotated fields; a wrong request's facts come with the raise, so any may be named."""
    if any(base.__name__ == "WrongRequest" for base in refusal.__mro__):
        return _names_in(refusal.sentence_ru + refusal.sentence_en)  # type: ignore[attr-defined]
    return set(get_type_hints(refusal)) - {"code", "sentence_ru", "sentence_en"}


def _offence(refusal: type[Exception], what: str) -> Offence:
    file = getsourcefile(refusal)
    assert file is not None
    return Offence(Path(file), getsourcelines(refusal)[1], f"{refusal.__name__}: {what}")
