"""Names that say nothing, and Carbon's words where they do not belong."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from house.tree import PACKAGE, Offence, Source

EMPTY_NAMES = frozenset({"data", "info", "obj", "manager", "helper", "utils", "process", "handle"})

DICTATED_NAMES: dict[tuple[str, str], str] = {
    ("server/handler.py", "handle"): "gevent's WSGIHandler calls it by that name",
}
"""(file below src/netledger, name) → why an empty name stands there all the same."""

CARBONS_WORDS = (
    r"abonents?(?![a-z])",
    r"abonent_\w+",
    r"users?_?uslugas?",
    r"uslugas?",
    r"tarif(?!f)",
    r"admin_?accounts",
    r"finance_?operations",
    r"code_?1c",
    r"api_1c",
    r"sync_?1c",
    r"suid",
    r"ostatok",
    r"storno",
    r"promise_pay",
    r"own_disabled",
    r"enough_to_date",
    r"minimal_pay_sum",
    r"recomend_pay_sum",
    r"in_block",
    r"nas_ip",
    r"snatip",
    r"src_ip",
    r"sum_in",
    r"pay_operator",
    r"pay_id_str",
    r"op_(?:id|date|summa|type)",
    r"act_pay",
    r"method1",
    r"arg1",
    r"(?<!\.)psw",
    r"passwd",
    r"asr_fiscal",
    r"asr_cabinet",
    r"asr_billing",
    r"webcash",
    r"web_cabinet",
    r"(?:collector|asr_fiscal|api_1c)_manager",
    r"users_(?:negbal|blocked|logged)",
)
"""From clients.md, "The words", and from the wire: the names of arguments, models, methods and contexts.

`contract_number`, `negbal`, `blocked` and `logged` are ours too, and `.psw` ends a key of the config.
"""

_CARBONS_WORD = re.compile(rf"(?<![a-z])(?:{'|'.join(CARBONS_WORDS)})(?![a-z0-9])", re.IGNORECASE)
_CAMEL_ABONENT = re.compile(r"Abonents?(?=[A-Z])|(?<=[a-z])Abonents?|Usluga(?=[A-Z])|(?<=[a-z])Usluga")


def empty_names(sources: Iterable[Source]) -> Iterator[Offence]:
    """Modules, functions, classes, arguments and variables whose name would fit anything."""
    for source in sources:
        file = str(source.path.relative_to(PACKAGE))
        for name, line in [*_module_words(source.path), *_given_names(source.module)]:
            if name.lower() in EMPTY_NAMES and (file, name) not in DICTATED_NAMES:
                yield Offence(source.path, line, f"the name {name} says nothing")


def carbons_words(
    texts: Iterable[tuple[Path, str]], allowed: dict[str, tuple[set[str], str]]
) -> Iterator[Offence]:
    """Carbon's words in files outside system_api, but for those that the table allows the file or its folder."""
    for path, text in texts:
        words = _words_allowed(path, allowed)
        for number, line in enumerate(text.splitlines(), start=1):
            for match in [*_CARBONS_WORD.finditer(line), *_CAMEL_ABONENT.finditer(line)]:
                if match.group().lower() not in words:
                    yield Offence(path, number, f"{match.group()} is Carbon's word")


def _words_allowed(path: Path, allowed: dict[str, tuple[set[str], str]]) -> set[str]:
    file = str(path.relative_to(PACKAGE))
    entries = [words for place, (words, _) in allowed.items() if place == file or is_below(file, place)]
    return set().union(*entries)


def is_below(file: str, place: str) -> bool:
    """Whether a place of the table is a folder, `cli/demo/`, that holds the file."""
    return place.endswith("/") and file.startswith(place)


def _module_words(path: Path) -> Iterator[tuple[str, int]]:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    yield from ((word, 1) for part in parts for word in part.split("_"))


def _given_names(module: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(module):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name, node.lineno
            case ast.arg():
                yield node.arg, node.lineno
            case ast.Name(ctx=ast.Store()):
                yield node.id, node.lineno
            case (
                ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
            ):
                yield name, node.lineno
            case ast.Import() | ast.ImportFrom():
                yield from ((alias.asname, node.lineno) for alias in node.names if alias.asname)
