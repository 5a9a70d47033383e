"""Signing in and out."""

from datetime import timedelta

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from netledger.backoffice import audit, sessions
from netledger.backoffice.doors import StaffRequest, act, anybody
from netledger.backoffice.in_force import settings_in_force
from netledger.backoffice.models import Staff
from netledger.backoffice.queries import is_anybody_here
from netledger.backoffice.roles import Action
from netledger.backoffice.ways import own_address

UNAUTHORIZED = 401


@sensitive_post_parameters("password")
@anybody("GET", "HEAD", "POST")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask who it is; the same words for a wrong login and a wrong password."""
    wanted = own_address(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method != "POST":
        if request.user.is_authenticated:
            return HttpResponseRedirect(wanted)
        return _form(request, wanted)
    typed = request.POST.get("login", "")
    staff = authenticate(request, username=typed, password=request.POST.get("password", ""))
    if staff is None:
        return _form(request, wanted, typed=typed, error=_("The login or the password is wrong."))
    _open_session(request, staff)
    return HttpResponseRedirect(wanted)


@act(Action.OWN_ACCOUNT)
def sign_out(request: StaffRequest) -> HttpResponse:
    """End this session."""
    audit.record(request.user, "signed_out", address=request.META["REMOTE_ADDR"])
    logout(request)
    return redirect("backoffice:sign_in")


def _open_session(request: HttpRequest, staff: Staff) -> None:
    """A new session with a new key, whatever key the browser came with."""
    login(request, staff)
    address = request.META["REMOTE_ADDR"]
    sessions.begin(
        request.session,
        address=address,
        browser=request.META.get("HTTP_USER_AGENT", ""),
        idle=timedelta(seconds=settings_in_force().backoffice.session_idle_s),
    )
    audit.record(staff, "signed_in", address=address)


def _form(request: HttpRequest, wanted: str, *, typed: str = "", error: str = "") -> HttpResponse:
    told = {"next": wanted, "typed": typed, "error": error, "nobody_yet": not is_anybody_here()}
    return render(request, "backoffice/sign_in.html", told, status=UNAUTHORIZED if error else 200)
