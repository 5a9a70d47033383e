"""Each text of the pages has its Russian, and the catalogue holds no others."""

from babel.messages.catalog import Catalog

from house import texts
from house.tree import PACKAGE, hold, planted

PLANTED = PACKAGE / "backoffice" / "templates" / "planted.html"


def test_every_text_has_its_russian() -> None:
    hold(texts.untranslated(texts.all_said(), texts.read_catalogue()))


def test_the_catalogue_holds_no_text_that_nobody_says() -> None:
    hold(texts.unsaid(texts.all_said(), texts.read_catalogue()))


def test_the_catalogue_is_as_its_tool_writes_it() -> None:
    catalogue = texts.read_catalogue()

    assert texts.CATALOGUE.read_bytes() == texts.written(texts.renewed(catalogue, texts.all_said()))


def test_templates_hide_no_text() -> None:
    paths = texts.template_paths()

    hold([*texts.hidden_literals(paths), *texts.bare_cyrillic(paths)])


def test_a_text_without_russian_is_found_wherever_it_is_said() -> None:
    code = planted('title = _("Planted")\nngettext("one plant", "%(count)d plants", 2)')
    template = (
        '{% load i18n %}{% if 1 %}{% translate "Seed" %}{% endif %}'
        "{% blocktranslate %}a {{ x }}{% endblocktranslate %}"
    )

    said = [*texts.said_in_python([code]), *texts.said_in_template(PLANTED, template)]

    assert [it.text for it in said] == ["Planted", ("one plant", "%(count)d plants"), "Seed", "a %(x)s"]
    assert len(list(texts.untranslated(said, Catalog(locale="ru")))) == len(said)


def test_russian_that_names_other_values_is_found() -> None:
    catalogue = Catalog(locale="ru")
    catalogue.add("a %(x)s", "некий %(y)s")

    assert list(texts.untranslated([texts.Said(PLANTED, 1, "a %(x)s")], catalogue))
    assert list(texts.unsaid([], catalogue))
