"""What stands before every page: from where, over what, who, and with what role.

A view is declared with `@page(Action.X)` (it shows) or `@act(Action.X)` (it changes: POST alone), and the few that need
nobody signed in with `@anybody`; all of them refuse a form without the token of a page of ours. A view that was not
declared so cannot be routed (`backoffice/urls.py`).
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from ipaddress import ip_address
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_protect
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from netledger.backoffice import sessions
from netledger.backoffice.errors import ActionNotAllowed, CallerNotAllowed, PlainHttpRefused
from netledger.backoffice.in_force import settings_in_force
from netledger.backoffice.language import page_language
from netledger.backoffice.models import Staff
from netledger.backoffice.roles import Action, may
from netledger.errors import Refusal

IS_DIRECT = "netledger.is_direct"
"""In the environment of a request: whether it came from the caller himself. Unset, nobody stood in between."""
FORBIDDEN, CONFLICT = 403, 409

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request that passed a door: somebody is signed in."""

    user: Staff
    htmx: HtmxDetails


View = Callable[Concatenate[StaffRequest, P], HttpResponse]
PublicView = Callable[Concatenate[HttpRequest, P], HttpResponse]


def page(action: Action) -> Callable[[View[P]], PublicView[P]]:
    """Declare a view that shows something, to those whose role allows the action."""

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
                _refuse_from_outside(request)
                return _unkept(view(request, *arguments, **named))
            except (CallerNotAllowed, PlainHttpRefused) as refusal:
                return refused(request, refusal, FORBIDDEN)

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
            _refuse_from_outside(request)
            if not _is_signed_in(request):
                return _to_sign_in(request)
            signed_in = cast("StaffRequest", request)
            if not may(signed_in.user.role, action):
                raise ActionNotAllowed
            return _unkept(view(signed_in, *arguments, **named))
        except (CallerNotAllowed, PlainHttpRefused, ActionNotAllowed) as refusal:
            return refused(request, refusal, FORBIDDEN)
        except Refusal as refusal:
            return refused(request, refusal, CONFLICT)

    return _with_door(guard, action)


def _with_door(guard: PublicView[P], action: Action | None) -> PublicView[P]:
    protected = csrf_protect(guard)
    protected.action = action  # type: ignore[attr-defined]
    return protected


def _refuse_from_outside(request: HttpRequest) -> None:
    """Refuse by the caller's address, and a way that others can read. Raises: CallerNotAllowed, PlainHttpRefused."""
    settings = settings_in_force().backoffice
    told = request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(told)
    except ValueError:
        raise CallerNotAllowed(address=told) from None
    if not any(address in network for network in settings.allowed_ip):
        raise CallerNotAllowed(address=told)
    stays_here = address.is_loopback and request.META.get(IS_DIRECT, True)
    if not (request.is_secure() or stays_here or settings.plain_http):
        raise PlainHttpRefused


def _is_signed_in(request: HttpRequest) -> bool:
    """Whether somebody is, whose session may go on; one that may not is ended."""
    if not request.user.is_authenticated:
        return False
    settings = settings_in_force().backoffice
    idle, longest = timedelta(seconds=settings.session_idle_s), timedelta(seconds=settings.session_longest_s)
    if sessions.still_lasts(request.session, idle=idle, longest=longest):
        return True
    logout(request)
    return False


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in page and from there back; a fragment has the whole page led there."""
    htmx = cast("StaffRequest", request).htmx
    wanted = htmx.current_url_abs_path if htmx else request.get_full_path()
    there = reverse("backoffice:sign_in")
    if wanted and request.method == "GET" and wanted != reverse("backoffice:home"):
        there += "?" + urlencode({"next": wanted})
    return _unkept(HttpResponseClientRedirect(there) if htmx else HttpResponseRedirect(there))


def _unkept(answer: HttpResponse) -> HttpResponse:
    """No browser and no proxy keeps what was on a page, unless the page itself says otherwise."""
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer
