"""What the System API says of itself, to those who may call it: `openapi.json`, the page `docs` with its two files.

A plain WSGI callable beside the API's own, with the same look at the caller; it never asks the database.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from http import HTTPStatus
from pathlib import Path

from netledger.errors import Language
from netledger.installation.settings import NetworkSettings
from netledger.system_api.answers import JSON, Answer, answer_of_wrong_request
from netledger.system_api.checks import check_caller
from netledger.system_api.docs_page import page
from netledger.system_api.errors import OnlyToRead, WrongRequest
from netledger.system_api.openapi import openapi_document
from netledger.system_api.request import (
    DOCS,
    LANGUAGE_COOKIE,
    OPENAPI,
    Environ,
    language_of_reader,
    query_of,
)
from netledger.system_api.views import StartResponse

STATIC = Path(__file__).parent / "static"
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""No form is ever submitted by the browser itself: what is typed could end in an address."""
PAGE_HEADERS = [
    ("Content-Security-Policy", STRICT),
    ("Referrer-Policy", "no-referrer"),
    ("Vary", "Accept-Language, Cookie"),
]
CHOSEN_FOR_S = 365 * 24 * 60 * 60


class Explained:
    """The WSGI callable behind the paths of PAGES."""

    def __init__(self, network: NetworkSettings) -> None:
        self.network = network

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request; who serves it sends no body to a HEAD."""
        answer = self._answer(environ)
        start_response(f"{answer.status.value} {answer.status.phrase}", answer.headers())
        return answer.blocks()

    def _answer(self, environ: Environ) -> Answer:
        language = language_of_reader(environ)
        try:
            check_caller(environ, self.network)
            if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
                raise OnlyToRead
        except WrongRequest as wrong:
            return answer_of_wrong_request(wrong, "", language)
        return PAGES[environ["PATH_INFO"]](environ, language)


def _openapi(_environ: Environ, _language: Language) -> Answer:
    return Answer(HTTPStatus.OK, JSON, openapi_document())


def _docs(environ: Environ, language: Language) -> Answer:
    """The page; a link on it chooses the language, which a cookie keeps for all pages of ours."""
    headers = list(PAGE_HEADERS)
    chosen = query_of(environ).get(b"language")
    if chosen in (b"ru", b"en"):
        language = "en" if chosen == b"en" else "ru"
        headers.append(
            ("Set-Cookie", f"{LANGUAGE_COOKIE}={language}; Path=/; Max-Age={CHOSEN_FOR_S}; SameSite=Lax")
        )
    headers.append(("Content-Language", language))
    return Answer(HTTPStatus.OK, "text/html; charset=utf-8", page(language), headers)


def _file(name: str, content_type: str, _environ: Environ, _language: Language) -> Answer:
    return Answer(HTTPStatus.OK, content_type, (STATIC / name).read_bytes())


PAGES: Mapping[str, Callable[[Environ, Language], Answer]] = {
    OPENAPI: _openapi,
    DOCS: _docs,
    f"{DOCS}.css": partial(_file, "docs.css", "text/css; charset=utf-8"),
    f"{DOCS}.js": partial(_file, "docs.js", "text/javascript; charset=utf-8"),
}
