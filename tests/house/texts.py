"""The pages' texts: every one in code and templates is English and has its Russian in the catalogue.

`PYTHONPATH=tests .venv/bin/python -m house.texts` brings the catalogue up to the texts: new ones stand there without
a translation, to be written by hand, and those that nobody says any more are gone.
"""

import ast
import os
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.template import Engine, Template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from house.tree import PACKAGE, Offence, Source, python_sources

CATALOGUE = PACKAGE / "locale" / "ru" / "LC_MESSAGES" / "django.po"
REWRITE = "PYTHONPATH=tests .venv/bin/python -m house.texts"
ROOMS = frozenset({"backoffice"})
CALLS = frozenset({"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"})
ENGINE_LIBRARIES = {
    "i18n": "django.templatetags.i18n",
    "static": "django.templatetags.static",
    "shown": "netledger.backoffice.templatetags.shown",
}

_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]")
_LITERAL_IN_TEMPLATE = re.compile(r"""_\(["']""")

MessageId = str | tuple[str, str]
"""A text, or its singular and plural."""


class Said(NamedTuple):
    """A text of the pages, and where it is said."""

    path: Path
    line: int
    text: MessageId


def said_in_python(sources: Iterable[Source]) -> Iterator[Said]:
    """What code hands to gettext."""
    for source in sources:
        for node in ast.walk(source.module):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS):
                continue
            texts = [
                it.value for it in node.args if isinstance(it, ast.Constant) and isinstance(it.value, str)
            ]
            if texts:
                plural = node.func.id.startswith("ngettext")
                yield Said(source.path, node.lineno, (texts[0], texts[1]) if plural else texts[0])


def said_in_templates(paths: Iterable[Path]) -> Iterator[Said]:
    """What templates hand to `translate` and `blocktranslate`."""
    for path in paths:
        yield from said_in_template(path, path.read_text(encoding="utf-8"))


def said_in_template(path: Path, text: str) -> Iterator[Said]:
    """The same of one template's text."""
    template = Template(text, engine=_engine())
    for node in template.nodelist.get_nodes_by_type(TranslateNode):
        literal = node.filter_expression.var
        message = literal.literal if hasattr(literal, "literal") else literal
        if isinstance(message, str):
            yield Said(path, _line_of(node), message)
    for block in template.nodelist.get_nodes_by_type(BlockTranslateNode):
        singular = block.render_token_list(block.singular)[0]
        plural = block.render_token_list(block.plural)[0] if block.plural else ""
        yield Said(path, _line_of(block), (singular, plural) if plural else singular)


def all_said() -> list[Said]:
    """Every text of the pages."""
    sources = [source for source in python_sources() if source.room in ROOMS]
    return [*said_in_python(sources), *said_in_templates(template_paths())]


def template_paths() -> list[Path]:
    """The templates whose texts are in the catalogue."""
    return sorted(path for room in ROOMS for path in (PACKAGE / room / "templates").rglob("*.html"))


def untranslated(said: Iterable[Said], catalogue: Catalog) -> Iterator[Offence]:
    """Texts that are not English, or whose Russian is missing or names other values."""
    for path, line, text in said:
        english = text if isinstance(text, str) else text[0]
        message = catalogue.get(english)
        if _CYRILLIC.search(english):
            yield Offence(path, line, f"«{english}» is not English")
        elif message is None or not _is_whole(message.string):
            yield Offence(path, line, f'"{english}" has no Russian text; add the line: {REWRITE}')
        elif any(_places(each) != _places(english) for each in _forms(message.string)):
            yield Offence(path, line, f'"{english}" and its Russian text name other values')


def unsaid(said: Iterable[Said], catalogue: Catalog) -> Iterator[Offence]:
    """Texts of the catalogue that nobody says."""
    known = {text if isinstance(text, str) else text[0] for _, _, text in said}
    for message in catalogue:
        english = message.id if isinstance(message.id, str) else message.id[0]
        if english and english not in known:
            yield Offence(CATALOGUE, 1, f'nobody says "{english}"; take it out: {REWRITE}')


def hidden_literals(paths: Iterable[Path]) -> Iterator[Offence]:
    """`_("…")` inside a template's expressions, which the catalogue would not see."""
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if _LITERAL_IN_TEMPLATE.search(line):
                yield Offence(path, number, "use translate with `as` instead of _() in an expression")


def bare_cyrillic(paths: Iterable[Path]) -> Iterator[Offence]:
    """Russian letters that stand in a template itself: an English reader would see them."""
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if _CYRILLIC.search(line):
                yield Offence(path, number, "Russian text in a template: it belongs into the catalogue")


def read_catalogue() -> Catalog:
    """The catalogue as it stands."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="ru")


def renewed(catalogue: Catalog, said: Iterable[Said]) -> Catalog:
    """The catalogue with exactly the texts that are said, sorted, each with the Russian that it had."""
    fresh = Catalog(locale="ru", project="netledger", charset="utf-8", fuzzy=False)
    for _, _, text in sorted(said, key=lambda it: str(it.text)):
        english = text if isinstance(text, str) else text[0]
        known = catalogue.get(english)
        fresh.add(text, known.string if known is not None and known.string else None)
    return fresh


def written(catalogue: Catalog) -> bytes:
    """The catalogue as its file holds it: no dates and no places, so that two changes seldom touch."""
    out = BytesIO()
    write_po(out, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    header = (
        'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && '
        '(n%100<10 || n%100>=20) ? 1 : 2);\\n"\n\n'
    )
    return header.encode() + out.getvalue().strip() + b"\n"


def _engine() -> Engine:
    return Engine(libraries=ENGINE_LIBRARIES)


def _line_of(node: TranslateNode | BlockTranslateNode) -> int:
    token = getattr(node, "token", None)
    return int(token.lineno) if token is not None and token.lineno else 1


def _forms(text: object) -> list[str]:
    return [text] if isinstance(text, str) else [str(each) for each in text]  # type: ignore[union-attr]


def _is_whole(text: object) -> bool:
    return bool(text) and all(_forms(text))


def _places(text: str) -> list[str]:
    return sorted(_PLACE.findall(text))


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netledger.server.settings")
    django.setup()
    old = read_catalogue() if CATALOGUE.exists() else Catalog(locale="ru")
    CATALOGUE.write_bytes(written(renewed(old, all_said())))
