"""One's own account: password, second factor, and where one is signed in."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import DEVICE_ID_SESSION_KEY

from netledger.backoffice import audit, second_factor
from netledger.backoffice.doors import StaffRequest, act, page
from netledger.backoffice.errors import PasswordsDiffer
from netledger.backoffice.identity import open_session, recognise_again
from netledger.backoffice.language import page_language
from netledger.backoffice.models import SecondFactor
from netledger.backoffice.queries import list_sessions
from netledger.backoffice.roles import Action, Role
from netledger.backoffice.services import end_one_session, set_password
from netledger.backoffice.sessions import hash_of
from netledger.backoffice.views.refusals import with_wait
from netledger.errors import Refusal

UNPROCESSABLE = 422


@page(Action.OWN_ACCOUNT)
def own(request: StaffRequest) -> HttpResponse:
    """What one can change of oneself."""
    return _own_page(request)


@sensitive_post_parameters("password", "new", "again", "code")
@act(Action.OWN_ACCOUNT)
def change_password(request: StaffRequest) -> HttpResponse:
    """Take another password; every other session of one's own is over."""
    staff, new = request.user, request.POST.get("new", "")
    passed_with = request.session.get(DEVICE_ID_SESSION_KEY)
    try:
        recognise_again(request, staff)
        if new != request.POST.get("again", ""):
            raise PasswordsDiffer
        changed = set_password(login=staff.login, password=new, by=staff)
    except Refusal as refusal:
        return _own_page(request, failed="password", refusal=refusal)
    request.session.flush()
    open_session(request, changed)
    if passed_with:
        request.session[DEVICE_ID_SESSION_KEY] = passed_with
    messages.success(request, _("The password is changed; every other session of yours is over."))
    return redirect("backoffice:own")


@act(Action.OWN_ACCOUNT)
def end_session(request: StaffRequest) -> HttpResponse:
    """End one of one's own sessions, or all of them but this one."""
    here, wanted = hash_of(request.session.session_key or ""), request.POST.get("session", "")
    others = [each.pk for each in list_sessions(request.user) if each.pk != here]
    for session_hash in others if wanted == "others" else [wanted]:
        end_one_session(session_hash, of=request.user, by=request.user)
    return redirect("backoffice:own")


@page(Action.OWN_ACCOUNT)
def enrol(request: StaffRequest) -> HttpResponse:
    """Show the key of a second factor to photograph: another one each time that the page is opened."""
    return _enrol_page(request, second_factor.begin_enrolment(request.session, request.user))


@sensitive_post_parameters("password", "code")
@act(Action.OWN_ACCOUNT)
def confirm_factor(request: StaffRequest) -> HttpResponse:
    """Have the second factor count, once its first code and the password are right."""
    try:
        if second_factor.has_factor(request.user):
            return redirect("backoffice:own")
        recognise_again(request, request.user)
        second_factor.confirm_enrolment(request.session, request.user, request.POST.get("code", ""))
    except Refusal as refusal:
        begun = second_factor.find_begun(request.session, request.user)
        device = begun or second_factor.begin_enrolment(request.session, request.user)
        return _enrol_page(request, device, refusal)
    messages.success(request, _("The second factor is on: signing in takes a code too."))
    return redirect("backoffice:own")


@sensitive_post_parameters("password", "code")
@act(Action.OWN_ACCOUNT)
def remove_factor(request: StaffRequest) -> HttpResponse:
    """Take one's own second factor off."""
    try:
        recognise_again(request, request.user)
    except Refusal as refusal:
        return _own_page(request, failed="factor", refusal=refusal)
    with transaction.atomic():
        second_factor.remove_factor(request.user)
        audit.record(request.user, Action.OWN_ACCOUNT, subject=request.user, fields=["second_factor"])
    messages.success(request, _("The second factor is off."))
    return redirect("backoffice:own")


def _own_page(request: StaffRequest, failed: str = "", refusal: Refusal | None = None) -> HttpResponse:
    told = {
        "role": Role(request.user.role).label,
        "sessions": list_sessions(request.user),
        "here": hash_of(request.session.session_key or ""),
        "has_factor": second_factor.has_factor(request.user),
        "failed": failed,
        "error": refusal.sentence(page_language()) if refusal else "",
    }
    answer = render(request, "backoffice/own.html", told, status=UNPROCESSABLE if refusal else 200)
    return with_wait(answer, refusal)


def _enrol_page(request: StaffRequest, device: SecondFactor, refusal: Refusal | None = None) -> HttpResponse:
    told = {
        "picture": second_factor.picture_of(device),
        "key": second_factor.key_of(device),
        "error": refusal.sentence(page_language()) if refusal else "",
    }
    answer = render(request, "backoffice/enrol.html", told, status=UNPROCESSABLE if refusal else 200)
    return with_wait(answer, refusal)
