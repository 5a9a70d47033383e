"""What several views answer alike when something is refused."""

from django.http import HttpRequest, HttpResponse

from netledger.backoffice.doors import FORBIDDEN, refused
from netledger.backoffice.errors import CodeDelayed, FormStale, PasswordDelayed
from netledger.errors import Refusal

TOO_MANY = 429


def token_wrong(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token of a page of ours: forged by another site, or older than the last sign-in."""
    return refused(request, FormStale(), FORBIDDEN)


def with_wait(page: HttpResponse, refusal: Refusal | None) -> HttpResponse:
    """A page that tells of a refusal; of one that is over with time it says when to come again to programs too."""
    if isinstance(refusal, PasswordDelayed | CodeDelayed):
        page.status_code = TOO_MANY
        page["Retry-After"] = str(refusal.wait_s)
    return page
