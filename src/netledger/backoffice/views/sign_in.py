"""Signing in, in one step or two, and out."""

from typing import Any, cast

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from netledger.backoffice import audit
from netledger.backoffice.doors import StaffRequest, act, anybody, is_signed_in
from netledger.backoffice.errors import CodeDelayed, CodeWrong, PasswordDelayed, PasswordWrong
from netledger.backoffice.identity import open_session, recognise
from netledger.backoffice.language import page_language
from netledger.backoffice.models import Staff
from netledger.backoffice.queries import is_anybody_here
from netledger.backoffice.roles import Action
from netledger.backoffice.second_factor import has_factor, is_passed, pass_with
from netledger.backoffice.views.refusals import with_wait
from netledger.backoffice.ways import own_address

UNAUTHORIZED = 401


@sensitive_post_parameters("password")
@anybody("GET", "HEAD", "POST")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask who it is; the same words for a wrong login and a wrong password."""
    wanted = _wanted(request)
    if request.method != "POST":
        return HttpResponseRedirect(wanted) if _is_wholly_in(request) else _form(request, wanted)
    try:
        staff = recognise(request, request.POST.get("login", ""), request.POST.get("password", ""))
    except PasswordWrong:
        return _form(request, wanted, error=_("The login or the password is wrong."), status=UNAUTHORIZED)
    except PasswordDelayed as refusal:
        return with_wait(_form(request, wanted, error=refusal.sentence(page_language())), refusal)
    open_session(request, staff)
    if has_factor(staff):
        return HttpResponseRedirect(reverse("backoffice:second_factor") + "?" + urlencode({"next": wanted}))
    audit.record(staff, "signed_in", address=request.META["REMOTE_ADDR"])
    return HttpResponseRedirect(wanted)


@anybody("GET", "HEAD", "POST")
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask who has given his password for the code too."""
    wanted = _wanted(request)
    if not is_signed_in(request):
        return redirect("backoffice:sign_in")
    staff = cast("Staff", request.user)
    if is_passed(request.session, staff):
        return HttpResponseRedirect(wanted)
    if request.method != "POST":
        return _code_form(request, wanted)
    try:
        pass_with(request.session, staff, request.POST.get("code", ""))
    except (CodeWrong, CodeDelayed) as refusal:
        error = refusal.sentence(page_language())
        return with_wait(_code_form(request, wanted, error=error, status=UNAUTHORIZED), refusal)
    audit.record(staff, "signed_in", fields=["second_factor"], address=request.META["REMOTE_ADDR"])
    return HttpResponseRedirect(wanted)


@act(Action.OWN_ACCOUNT)
def sign_out(request: StaffRequest) -> HttpResponse:
    """End this session."""
    audit.record(request.user, "signed_out", address=request.META["REMOTE_ADDR"])
    logout(request)
    return redirect("backoffice:sign_in")


def as_it_was(_request: HttpRequest, answer: HttpResponse, _credentials: Any) -> HttpResponse:
    """What axes answers to who is locked out: our own page, which says it already."""
    return answer


def _is_wholly_in(request: HttpRequest) -> bool:
    """Whether somebody is signed in whom no code is asked of any more; else another may sign in instead."""
    return is_signed_in(request) and is_passed(request.session, cast("Staff", request.user))


def _wanted(request: HttpRequest) -> str:
    return own_address(request, request.POST.get("next") or request.GET.get("next", ""))


def _form(request: HttpRequest, wanted: str, *, error: str = "", status: int = 200) -> HttpResponse:
    told = {
        "next": wanted,
        "typed": request.POST.get("login", ""),
        "error": error,
        "nobody_yet": not is_anybody_here(),
    }
    return render(request, "backoffice/sign_in.html", told, status=status)


def _code_form(request: HttpRequest, wanted: str, *, error: str = "", status: int = 200) -> HttpResponse:
    return render(request, "backoffice/second_factor.html", {"next": wanted, "error": error}, status=status)
