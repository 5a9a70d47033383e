"""That somebody is who he says: when he signs in, and again before what a stolen session must not do."""

from datetime import timedelta
from math import ceil

from django.contrib.auth import authenticate, login
from django.http import HttpRequest

from netledger.backoffice import in_force, sessions
from netledger.backoffice.errors import PasswordDelayed, PasswordWrong
from netledger.backoffice.lockout import left_to_wait
from netledger.backoffice.logins import folded_login
from netledger.backoffice.models import Staff
from netledger.backoffice.second_factor import check_code

MINUTE_S = 60

_under_way: set[tuple[str, str]] = set()
"""The attempts that this process is looking at, by login and address."""


def recognise(request: HttpRequest, typed: str, password: str) -> Staff:
    """Who has that login and password.

    Of one login and address one attempt at a time is looked at: many at once gain no more tries than are counted.

    Raises: PasswordWrong (whichever is wrong), PasswordDelayed.
    """
    attempt = (folded_login(typed), request.META["REMOTE_ADDR"])
    if attempt in _under_way:
        raise _delayed(1)
    _under_way.add(attempt)
    try:
        staff = authenticate(request, login=typed, password=password)
    finally:
        _under_way.discard(attempt)
    if isinstance(staff, Staff):
        return staff
    if getattr(request, "axes_locked_out", False):
        raise _delayed(ceil(left_to_wait(request, {"login": typed}).total_seconds()))
    raise PasswordWrong


def _delayed(wait_s: int) -> PasswordDelayed:
    if wait_s <= MINUTE_S:
        return PasswordDelayed(wait_ru=f"{wait_s} с", wait_en=f"{wait_s} s")
    minutes = ceil(wait_s / MINUTE_S)
    return PasswordDelayed(wait_ru=f"{minutes} мин", wait_en=f"{minutes} min")


def recognise_again(request: HttpRequest, staff: Staff) -> None:
    """Have who is signed in prove it by his password, and by a code if he has a second factor.

    The form's fields are `password` and `code`. Raises: PasswordWrong, PasswordDelayed, CodeWrong, CodeDelayed.
    """
    recognise(request, staff.login, request.POST.get("password", ""))
    check_code(staff, request.POST.get("code", ""))


def open_session(request: HttpRequest, staff: Staff) -> None:
    """A new session with a new key, whatever key the browser came with."""
    login(request, staff, backend="django.contrib.auth.backends.ModelBackend")
    sessions.begin(
        request.session,
        address=request.META["REMOTE_ADDR"],
        browser=request.META.get("HTTP_USER_AGENT", ""),
        idle=timedelta(seconds=in_force.settings_in_force().backoffice.session_idle_s),
    )
