"""That somebody is who he says: when he signs in, and again before what a stolen session must not do."""

from math import ceil

import structlog
from django.contrib.auth import authenticate, login
from django.dispatch import Signal
from django.http import HttpRequest

from netledger.backoffice import audit, sessions
from netledger.backoffice.errors import PasswordDelayed, PasswordWrong
from netledger.backoffice.lockout import counted_address, left_to_wait
from netledger.backoffice.logins import folded_login
from netledger.backoffice.models import Staff
from netledger.backoffice.second_factor import check_code

MINUTE_S = 60

Attempt = tuple[str, str]
"""By login and address."""

log = structlog.get_logger("netledger.backoffice")
failed, delayed = Signal(), Signal()
"""For whoever counts the attempts that failed, and those that were delayed."""

_under_way: set[Attempt] = set()
"""The attempts that this process is looking at, by login and the address that they are counted by."""


def recognise(request: HttpRequest, typed: str, password: str) -> Staff:
    """Who has that login and password.

    Of one login and address one attempt at a time is looked at: many at once gain no more tries than are counted.

    Raises: PasswordWrong (whichever is wrong), PasswordDelayed.
    """
    attempt = (folded_login(typed), request.META["REMOTE_ADDR"])
    counted = (attempt[0], counted_address(request))
    if counted in _under_way:
        raise _delayed(attempt, 1)
    _under_way.add(counted)
    try:
        staff = authenticate(request, login=typed, password=password)
    finally:
        _under_way.discard(counted)
    if isinstance(staff, Staff):
        return staff
    if getattr(request, "axes_failures_since_start", None) is not None:  # it was looked at, and counted
        _write_down(attempt)
    if getattr(request, "axes_locked_out", False):
        raise _delayed(attempt, ceil(left_to_wait(request, {"login": typed}).total_seconds()))
    raise PasswordWrong


def _write_down(attempt: Attempt) -> None:
    """Tell of a wrong password: a login that nobody has may be a password too, so it is named nowhere."""
    login, address = attempt
    staff = Staff.objects.filter(login=login).first()
    log.warning("staff sign-in failed", staff_id=staff.pk if staff else None, address=address)
    failed.send(PasswordWrong)
    if staff:
        audit.record(staff, "sign_in_failed", address=address)


def _delayed(attempt: Attempt, wait_s: int) -> PasswordDelayed:
    """Such attempts may be a flood: the log and the metrics tell of them, and not the audit, which is kept for ever."""
    login, address = attempt
    staff_id = Staff.objects.filter(login=login).values_list("pk", flat=True).first()
    log.warning("staff sign-in delayed", staff_id=staff_id, address=address, wait_s=wait_s)
    delayed.send(PasswordDelayed)
    return _wait(wait_s)


def _wait(wait_s: int) -> PasswordDelayed:
    if wait_s <= MINUTE_S:
        return PasswordDelayed(wait_s=wait_s, wait_ru=f"{wait_s} с", wait_en=f"{wait_s} s")
    minutes = ceil(wait_s / MINUTE_S)
    return PasswordDelayed(wait_s=wait_s, wait_ru=f"{minutes} мин", wait_en=f"{minutes} min")


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
    )
