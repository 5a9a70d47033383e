"""Refusals that no view raises."""

from django.http import HttpRequest, HttpResponse

from netledger.backoffice.doors import FORBIDDEN, refused
from netledger.backoffice.errors import FormStale


def token_wrong(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token of a page of ours: forged by another site, or older than the last sign-in."""
    return refused(request, FormStale(), FORBIDDEN)
