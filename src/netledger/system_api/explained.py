"""What the System API says of itself, to those who may call it: `openapi.json`, the page `docs` and its files.

A plain WSGI callable beside the API's own, with the same look at the caller; it never asks the database.
"""

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus

from netledger.errors import Language
from netledger.installation.settings import NetworkSettings
from netledger.system_api.answers import JSON, Answer, answer_of_wrong_request
from netledger.system_api.checks import check_caller
from netledger.system_api.errors import OnlyToRead, WrongRequest
from netledger.system_api.openapi import openapi_document
from netledger.system_api.request import OPENAPI, Environ, language_of_reader
from netledger.system_api.views import StartResponse


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


PAGES: Mapping[str, Callable[[Environ, Language], Answer]] = {OPENAPI: _openapi}
