"""`/system_api/docs` tells people of every method all that is declared of it, in Russian and in English."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.utils.html import escape
from msgspec.structs import fields

from calls import Reply, environ_of, send, settings
from netledger.errors import Language
from netledger.system_api import docs_page
from netledger.system_api.declaration import REGISTRY
from netledger.system_api.description import meanings_of, records, scalar_of, text_of, wrong_requests
from netledger.system_api.docs_page import page
from netledger.system_api.examples import examples_of
from netledger.system_api.explained import Explained

HERE = Path(docs_page.__file__).parent
LANGUAGES: list[Language] = ["ru", "en"]
each_language = pytest.mark.parametrize("language", LANGUAGES)


def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def read(query: bytes = b"", **more: Any) -> Reply:
    return send(Explained(settings().network), environ_of(query) | {"PATH_INFO": "/system_api/docs"} | more)


def told() -> set[str]:
    """What the declarations say of themselves."""
    texts = {text_of(method.function) for method in REGISTRY.values()}
    texts |= {text_of(struct) for method in REGISTRY.values() for struct in method.arguments}
    for record in records():
        texts |= {text_of(record), *meanings_of(record).values()}
    return texts


def test_whatever_is_said_has_its_russian() -> None:
    assert sorted(told() ^ toml("russian.toml").keys()) == []


def test_no_russian_text_is_english_still() -> None:
    russian = [*toml("russian.toml").values(), *(text["ru"] for text in toml("docs_words.toml").values())]

    kept = {"aa:bb:cc:dd:ee:ff", "English", "Context"}
    assert [
        text for text in russian if not re.search("[а-яё]", text, re.IGNORECASE) and text not in kept
    ] == []


@each_language
def test_every_method_has_its_arguments_refusals_examples_and_a_form(language: Language) -> None:
    html = page(language).decode()

    for method in REGISTRY.values():
        _, _, rest = html.partition(f'<article id="{method.name.rpartition(".")[2]}">')
        article = rest.partition("</article>")[0]
        assert f"<code>{method.name}</code></h3>" in article
        assert f'data-method="{method.name}"' in article
        for field in (field for struct in method.arguments for field in fields(struct)):
            assert f"<code>{field.encode_name}</code>" in article
            assert escape(getattr(scalar_of(field), f"expected_{language}")) in article
        for refusal in method.refusals:
            assert f"<code>{refusal.code}</code>" in article
            assert escape(refusal.sentence_ru) in article and escape(refusal.sentence_en) in article
        for example in examples_of(method):
            assert escape(example.answer) in article


@each_language
def test_every_record_and_wrong_request_is_there(language: Language) -> None:
    html = page(language).decode()

    for record in records():
        assert f'<section id="{record.__name__}">' in html
    for wrong in wrong_requests():
        for text in (wrong.code, wrong.sentence_ru, wrong.sentence_en):
            assert escape(text) in html


@each_language
def test_every_link_within_leads_somewhere_and_no_id_is_twice(language: Language) -> None:
    html = page(language).decode()
    ids = re.findall(r'\bid="([^"]+)"', html)

    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:href="#|for="|aria-describedby="|aria-labelledby=")([^"]+)', html)) <= set(ids)


@each_language
def test_nothing_comes_from_elsewhere_or_runs_in_the_page(language: Language) -> None:
    html = page(language).decode()
    reply = read()

    assert re.findall(r'(?:src|href)="(?:https?:)?//', html) == []
    assert "<style" not in html and " style=" not in html and re.search(r"\son\w+=", html) is None
    assert re.findall(r"<script(?! src=\"/system_api/docs.js\" defer></script>)", html) == []
    policy = reply.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';")
    assert "form-action 'none'" in policy and "unsafe" not in policy and "http" not in policy


@pytest.mark.parametrize(
    ("query", "more", "language"),
    [
        (b"", {}, "ru"),
        (b"", {"HTTP_ACCEPT_LANGUAGE": "en-GB"}, "en"),
        (b"", {"HTTP_ACCEPT_LANGUAGE": "en", "HTTP_COOKIE": "language=ru"}, "ru"),
        (b"language=en", {"HTTP_COOKIE": "language=ru"}, "en"),
        (b"language=%0d%0a", {"HTTP_COOKIE": "language=en"}, "en"),
    ],
)
def test_it_is_in_the_language_that_was_chosen_or_is_preferred(
    query: bytes, more: dict[str, str], language: Language
) -> None:
    reply = read(query, **more)

    assert (reply.body, reply.headers["Content-Language"]) == (page(language), language)
    assert f'<html lang="{language}">' in reply.text


def test_a_choice_is_kept_for_all_pages() -> None:
    assert read(b"language=en").headers["Set-Cookie"].startswith("language=en; Path=/; Max-Age=")
    assert "Set-Cookie" not in read(b"language=de").headers


def test_no_field_has_a_name_that_could_end_in_an_address() -> None:
    assert re.findall(r"<(?:input|select)[^>]*\sname=", page("en").decode()) == []
