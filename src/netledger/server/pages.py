"""The small pages at the root: what runs here and where to go, in Russian and English."""

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from netledger.system_api.answers import RETRY_AFTER_S, trouble_sentence
from netledger.system_api.request import language_of_reader

HERE = Path(__file__).parent
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Vary": "Accept-Language, Cookie",
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What runs here and where to go."""
    return _page(request, "home", 200)


@require_safe
def stylesheet(_request: HttpRequest) -> HttpResponse:
    """The one stylesheet of these pages."""
    answer = HttpResponse(
        _text_of("static/page.css"), content_type="text/css; charset=utf-8", headers=HEADERS
    )
    answer["Cache-Control"] = "max-age=3600"
    return answer


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing is here; of the address nothing is repeated."""
    return _page(request, "not_found", 404)


def trouble(request: HttpRequest) -> HttpResponse:
    """We failed; the log says where."""
    sentence = trouble_sentence(language_of_reader(request.META))
    answer = HttpResponse(f"{sentence}\n", status=503, content_type="text/plain; charset=utf-8")
    answer["Retry-After"] = str(RETRY_AFTER_S)
    return answer


def _page(request: HttpRequest, name: str, status: int) -> HttpResponse:
    language = language_of_reader(request.META)
    answer = HttpResponse(_text_of(f"templates/{name}.{language}.html"), status=status, headers=HEADERS)
    answer["Content-Language"] = language
    answer["Cache-Control"] = "no-cache"
    return answer


@cache
def _text_of(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
