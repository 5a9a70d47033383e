"""Other members of staff, for administrators: who works here, with what role, and signed in where."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from netledger.backoffice.doors import StaffRequest, act, page
from netledger.backoffice.errors import RoleUnknown
from netledger.backoffice.identity import recognise_again
from netledger.backoffice.language import page_language
from netledger.backoffice.lockout import forgive
from netledger.backoffice.models import Staff
from netledger.backoffice.queries import list_sessions, list_staff
from netledger.backoffice.roles import ALLOWED, Action, Role
from netledger.backoffice.second_factor import has_factor
from netledger.backoffice.services import (
    add_staff,
    change_staff,
    end_sessions,
    reset_factor,
    set_active,
    set_password,
)
from netledger.backoffice.titles import title_of
from netledger.backoffice.views.refusals import with_wait
from netledger.errors import Refusal
from netledger.installation.made_up import made_up_password

UNPROCESSABLE = 422


@page(Action.KEEP_STAFF)
def everybody(request: StaffRequest) -> HttpResponse:
    """Everybody who works or worked here."""
    return _everybody_page(request)


@sensitive_post_parameters("password", "code")
@act(Action.KEEP_STAFF)
def add(request: StaffRequest) -> HttpResponse:
    """Add somebody, and show the password that was made up, this once."""
    password = made_up_password()
    try:
        recognise_again(request, request.user)
        staff = add_staff(
            login=request.POST.get("login", ""),
            name=request.POST.get("name", ""),
            role=_role(request),
            password=password,
            by=request.user,
        )
    except Refusal as refusal:
        return _everybody_page(request, refusal)
    return _one_page(request, staff, password=password)


@page(Action.KEEP_STAFF)
def one(request: StaffRequest, staff_id: int) -> HttpResponse:
    """One member of staff."""
    return _one_page(request, _found(staff_id))


@sensitive_post_parameters("password", "code")
@act(Action.KEEP_STAFF)
def change(request: StaffRequest, staff_id: int) -> HttpResponse:
    """Give another name and role."""
    login, name = _found(staff_id).login, request.POST.get("name", "")
    return _done(
        request,
        staff_id,
        lambda: change_staff(login=login, name=name, role=_role(request), by=request.user),
    )


@sensitive_post_parameters("password", "code")
@act(Action.KEEP_STAFF)
def renew_password(request: StaffRequest, staff_id: int) -> HttpResponse:
    """Give a password that is made up, shown this once, and forgive the failures to sign in."""
    login, password = _found(staff_id).login, made_up_password()
    try:
        recognise_again(request, request.user)
    except Refusal as refusal:
        return _one_page(request, _found(staff_id), refusal=refusal)
    staff = set_password(login=login, password=password, by=request.user)
    forgive(staff.login)
    return _one_page(request, staff, password=password)


@sensitive_post_parameters("password", "code")
@act(Action.KEEP_STAFF)
def choose_active(request: StaffRequest, staff_id: int) -> HttpResponse:
    """Let somebody sign in, or no longer."""
    login, is_active = _found(staff_id).login, request.POST.get("active") == "yes"
    return _done(request, staff_id, lambda: set_active(login=login, is_active=is_active, by=request.user))


@sensitive_post_parameters("password", "code")
@act(Action.KEEP_STAFF)
def end_all(request: StaffRequest, staff_id: int) -> HttpResponse:
    """Sign somebody out everywhere."""
    login = _found(staff_id).login
    return _done(request, staff_id, lambda: end_sessions(login=login, by=request.user))


@sensitive_post_parameters("password", "code")
@act(Action.KEEP_STAFF)
def take_factor_off(request: StaffRequest, staff_id: int) -> HttpResponse:
    """Have somebody who lost his telephone sign in by password alone."""
    login = _found(staff_id).login
    return _done(request, staff_id, lambda: reset_factor(login=login, by=request.user))


def _done(request: StaffRequest, staff_id: int, change_it: Callable[[], object]) -> HttpResponse:
    """Do it, once who is signed in has proved again that it is he: a stolen session keeps no staff."""
    try:
        recognise_again(request, request.user)
        change_it()
    except Refusal as refusal:
        return _one_page(request, _found(staff_id), refusal=refusal)
    messages.success(request, _("Done."))
    return redirect("backoffice:staff_one", staff_id)


def _found(staff_id: int) -> Staff:
    staff = Staff.objects.filter(pk=staff_id).first()
    if staff is None:
        raise Http404
    return staff


def _role(request: StaffRequest) -> Role:
    """The role that the form names. Raises: RoleUnknown."""
    wanted = request.POST.get("role", "")
    if wanted not in Role.values:
        raise RoleUnknown(role=wanted)
    return Role(wanted)


def _everybody_page(request: StaffRequest, refusal: Refusal | None = None) -> HttpResponse:
    told = {
        "everybody": [(staff, Role(staff.role).label) for staff in list_staff()],
        "roles": Role.choices,
        "allowed": [
            (Role(role).label, [title_of(action) for action in Action if action in actions])
            for role, actions in ALLOWED.items()
        ],
        "typed": request.POST,
        "i_have_factor": has_factor(request.user),
        **_told_of(refusal),
    }
    answer = render(request, "backoffice/everybody.html", told, status=UNPROCESSABLE if refusal else 200)
    return with_wait(answer, refusal)


def _one_page(
    request: StaffRequest, staff: Staff, *, password: str = "", refusal: Refusal | None = None
) -> HttpResponse:
    told = {
        "one": staff,
        "role": Role(staff.role).label,
        "roles": Role.choices,
        "sessions": list_sessions(staff),
        "has_factor": has_factor(staff),
        "i_have_factor": has_factor(request.user),
        "password": password,
        **_told_of(refusal),
    }
    answer = render(request, "backoffice/staff.html", told, status=UNPROCESSABLE if refusal else 200)
    return with_wait(answer, refusal)


def _told_of(refusal: Refusal | None) -> dict[str, str]:
    """The refusal where it is shown: at the field of the role, or above the form."""
    place = "role_error" if isinstance(refusal, RoleUnknown) else "error"
    return {place: refusal.sentence(page_language()) if refusal else ""}
