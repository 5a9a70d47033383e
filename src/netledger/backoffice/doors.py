"""What stands before every page: from where, over what, who, and with what role.

A view is declared with `@page(Action.X)` (it shows) or `@act(Action.X)` (it changes: POST alone), and the few that need
nobody signed in with `@anybody`; all of them refuse a form without the token of a page of ours. A view that was not
declared so cannot be routed (`backoffice/urls.py`).
"""

from collections.abc import Callable, Iterator
from functools import wraps
from ipaddress import ip_address
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_protect
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from netledger.backoffice import in_force, sessions
from netledger.backoffice.audit import calling_from
from netledger.backoffice.errors import ActionNotAllowed, CallerNotAllowed, PlainHttpRefused, TextUnusable
from netledger.backoffice.language import page_language
from netledger.backoffice.models import Staff
from netledger.backoffice.roles import Action, may
from netledger.backoffice.second_factor import is_passed
from netledger.errors import Refusal
from netledger.installation.settings import Settings
from netledger.ledger import clock

IS_DIRECT = "netledger.is_direct"
"""In the environment of a request: whether it came from the caller himself. Unset, nobody stood in between."""
PEER = "netledger.peer"
"""There too: who sent it to us, the caller or the proxy nearest to us."""
BAD_REQUEST, FORBIDDEN, CONFLICT = 400, 403, 409

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request that passed a door: somebody is signed in."""

    user: Staff
    htmx: HtmxDetails


View = Callable[Concatenate[StaffRequest, P], HttpResponse]
PublicView = Callable[Concatenate[HttpRequest, P], HttpResponse]


def page(action: Action) -> Callable[[View[P]], PublicView[P]]:
    """Declare a view that shows something, to those whose role allows the action; moments by the provider's clock."""

    def declare(view: View[P]) -> PublicView[P]:
        return _guarded(view, action, methods=("GET", "HEAD"))

    return declare


def act(action: Action) -> Callable[[View[P]], PublicView[P]]:
    """Declare a view that changes something: by POST alone, with the token that a page of ours gave out."""

    def declare(view: View[P]) -> PublicView[P]:
        return _guarded(view, action, methods=("POST",))

    return declare


def anybody(*methods: str) -> Callable[[PublicView[P]], PublicView[P]]:
    """Declare a view that needs nobody signed in; its caller's address and way are looked at all the same."""

    def declare(view: PublicView[P]) -> PublicView[P]:
        @wraps(view)
        def guard(request: HttpRequest, /, *arguments: P.args, **named: P.kwargs) -> HttpResponse:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            try:
                _refuse_from_outside(request, in_force.settings_in_force())
                return _unkept(view(request, *arguments, **named))
            except (CallerNotAllowed, PlainHttpRefused) as refusal:
                return refused(request, refusal, FORBIDDEN)
            except Refusal as refusal:
                return refused(request, refusal, CONFLICT)

        return _with_door(guard, None)

    return declare


def has_door(view: Callable[..., Any]) -> bool:
    """Whether the view was declared with one of these."""
    return hasattr(view, "action")


def action_of(view: Callable[..., Any]) -> Action | None:
    """What the view's door asks for; None where it asks for nobody signed in."""
    return cast("Action | None", view.action)  # type: ignore[attr-defined]


def refused(request: HttpRequest, refusal: Refusal, status: int) -> HttpResponse:
    """A page that says why not."""
    told = {"sentence": refusal.sentence(page_language()), "refusal": refusal}
    return _unkept(render(request, "backoffice/refused.html", told, status=status))


def _guarded(view: View[P], action: Action, methods: tuple[str, ...]) -> PublicView[P]:
    @wraps(view)
    def guard(request: HttpRequest, /, *arguments: P.args, **named: P.kwargs) -> HttpResponse:
        if request.method not in methods:
            return HttpResponseNotAllowed(methods)
        try:
            _refuse_from_outside(request, in_force.settings_in_force())
            if not is_signed_in(request):
                return _to(request, "sign_in")
            signed_in = cast("StaffRequest", request)
            if not is_passed(request.session, signed_in.user):
                return _to(request, "second_factor")
            if not may(signed_in.user.role, action):
                raise ActionNotAllowed
            with clock.keeping_zone() as zone, timezone.override(zone):
                return _unkept(view(signed_in, *arguments, **named))
        except (CallerNotAllowed, PlainHttpRefused, ActionNotAllowed) as refusal:
            return refused(request, refusal, FORBIDDEN)
        except Refusal as refusal:
            return refused(request, refusal, CONFLICT)

    return _with_door(guard, action)


def _with_door(guard: PublicView[P], action: Action | None) -> PublicView[P]:
    protected = csrf_protect(_understood(guard))
    protected.action = action  # type: ignore[attr-defined]
    return protected


def _understood(guard: PublicView[P]) -> PublicView[P]:
    """What no text of the database can hold gets no further; the audit is told where the request comes from."""

    @wraps(guard)
    def told(request: HttpRequest, /, *arguments: P.args, **named: P.kwargs) -> HttpResponse:
        if any("\0" in text for fields in (request.GET, request.POST) for text in _texts_of(fields)):
            return refused(request, TextUnusable(), BAD_REQUEST)
        here = calling_from.set(request.META.get("REMOTE_ADDR") or None)
        try:
            return guard(request, *arguments, **named)
        finally:
            calling_from.reset(here)

    return told


def _texts_of(fields: QueryDict) -> Iterator[str]:
    for name, texts in fields.lists():
        yield from (name, *(str(text) for text in texts))


def would_open(request: HttpRequest, settings: Settings) -> bool:
    """Whether the pages would open to whoever sent the request with those settings."""
    try:
        _refuse_from_outside(request, settings)
    except (CallerNotAllowed, PlainHttpRefused):
        return False
    if PEER not in request.META or request.META.get(IS_DIRECT, True):
        return True
    proxy = ip_address(request.META[PEER])
    return any(proxy in network for network in settings.network.trusted_proxy)


def _refuse_from_outside(request: HttpRequest, settings: Settings) -> None:
    """Refuse by the caller's address, and a way that others can read. Raises: CallerNotAllowed, PlainHttpRefused."""
    told = request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(told)
    except ValueError:
        raise CallerNotAllowed(address=told) from None
    if not any(address in network for network in settings.backoffice.allowed_ip):
        raise CallerNotAllowed(address=told)
    stays_here = address.is_loopback and request.META.get(IS_DIRECT, True)
    if not (request.is_secure() or stays_here or settings.backoffice.plain_http):
        raise PlainHttpRefused


def is_signed_in(request: HttpRequest) -> bool:
    """Whether somebody is, by his password at least, whose session may go on; one that may not is ended."""
    if not request.user.is_authenticated:
        return False
    if sessions.still_lasts(request.session):
        return True
    logout(request)
    return False


def _to(request: HttpRequest, door: str) -> HttpResponse:
    """Lead to a page of signing in and from there back; a fragment has the whole page led there."""
    htmx = cast("StaffRequest", request).htmx
    wanted = htmx.current_url_abs_path if htmx else request.get_full_path()
    there = reverse(f"backoffice:{door}")
    if wanted and request.method == "GET" and wanted != reverse("backoffice:home"):
        there += "?" + urlencode({"next": wanted})
    return _unkept(HttpResponseClientRedirect(there) if htmx else HttpResponseRedirect(there))


def _unkept(answer: HttpResponse) -> HttpResponse:
    """No browser and no proxy keeps what was on a page, unless the page itself says otherwise."""
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer
