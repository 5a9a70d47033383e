"""How the pages look: language, and light or dark."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from netledger.backoffice.doors import anybody
from netledger.backoffice.frame import PREFIX, THEME_COOKIE, THEMES
from netledger.backoffice.ways import own_address

LASTS_S = 365 * 24 * 3600


@anybody("POST")
def choose_look(request: HttpRequest) -> HttpResponse:
    """Keep a choice in a cookie and go back to where it was made."""
    answer = HttpResponseRedirect(own_address(request, request.POST.get("next", "")))
    language, theme = request.POST.get("language"), request.POST.get("theme")
    if language in dict(settings.LANGUAGES):
        _keep(answer, settings.LANGUAGE_COOKIE_NAME, language, "/")
    if theme in THEMES:
        _keep(answer, THEME_COOKIE, theme, PREFIX)
    return answer


def _keep(answer: HttpResponse, name: str, choice: str, path: str) -> None:
    answer.set_cookie(name, choice, max_age=LASTS_S, path=path, httponly=True, samesite="Lax")
