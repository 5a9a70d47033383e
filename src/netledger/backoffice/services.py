"""Keeping staff: who works here, with what role and password, and who is signed in."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation

from netledger import sql
from netledger.backoffice import audit
from netledger.backoffice.errors import (
    LastAdministrator,
    PasswordWeak,
    StaffLoginTaken,
    StaffLoginWrong,
    StaffNameMissing,
    StaffUnknown,
)
from netledger.backoffice.logins import folded_login, is_login
from netledger.backoffice.models import Session, Staff
from netledger.backoffice.roles import Action, Role
from netledger.backoffice.second_factor import discard_begun, remove_factor
from netledger.ledger import clock


@transaction.atomic
def add_staff(*, login: str, name: str, role: Role, password: str, by: Staff | None) -> Staff:
    """Let somebody sign in to the pages.

    Args:
        by: who does it, here and below; None for the command line of the server.

    Raises: StaffLoginWrong, StaffLoginTaken, StaffNameMissing, PasswordWeak.
    """
    folded = folded_login(login)
    if not is_login(folded):
        raise StaffLoginWrong(login=login)
    if not name.strip():
        raise StaffNameMissing
    staff = Staff(login=folded, name=name.strip(), role=role, created_at=clock.now())
    _give_password(staff, password)
    with sql.refusing(staff_login_is_one_persons=StaffLoginTaken(login=folded)):
        staff.save(force_insert=True)
    _record(
        by, staff, ["login", "name", "role", "password"], {"login": folded, "name": staff.name, "role": role}
    )
    return staff


@transaction.atomic
def change_staff(*, login: str, name: str | None = None, role: Role | None = None, by: Staff | None) -> Staff:
    """Give another name or role; what is None stays. Raises: StaffUnknown, StaffNameMissing, LastAdministrator."""
    staff = _locked(login)
    if name is not None and not name.strip():
        raise StaffNameMissing
    if role is not None and role != Role.ADMINISTRATOR:
        _refuse_if_last(staff)
    staff.name = staff.name if name is None else name.strip()
    staff.role = staff.role if role is None else role
    staff.save(update_fields=["name", "role"])
    _record(by, staff, ["name", "role"], {"name": staff.name, "role": staff.role})
    return staff


@transaction.atomic
def set_password(*, login: str, password: str, by: Staff | None) -> Staff:
    """Give another password, which ends every session that was opened with the one before.

    Raises: StaffUnknown, PasswordWeak.
    """
    staff = _locked(login)
    _give_password(staff, password)
    staff.save(update_fields=["password"])
    _end_all_of(staff)
    discard_begun(staff)
    _record(by, staff, ["password"])
    return staff


@transaction.atomic
def set_active(*, login: str, is_active: bool, by: Staff | None) -> Staff:
    """Let somebody sign in no longer, which ends his sessions, or again. Raises: StaffUnknown, LastAdministrator."""
    staff = _locked(login)
    if not is_active:
        _refuse_if_last(staff)
        _end_all_of(staff)
    staff.is_active = is_active
    staff.save(update_fields=["is_active"])
    _record(by, staff, ["is_active"], {"is_active": is_active})
    return staff


@transaction.atomic
def reset_factor(*, login: str, by: Staff | None) -> Staff:
    """Have somebody who lost his telephone sign in by password alone, anew everywhere. Raises: StaffUnknown."""
    staff = _locked(login)
    remove_factor(staff)
    _end_all_of(staff)
    _record(by, staff, ["second_factor"])
    return staff


@transaction.atomic
def end_one_session(session_hash: str, *, of: Staff, by: Staff) -> None:
    """End that session, if it is one of that person's."""
    if Session.objects.filter(pk=session_hash, staff=of).delete()[0]:
        _record(by, of, ["sessions"])


@transaction.atomic
def end_sessions(*, login: str, by: Staff | None) -> int:
    """Sign somebody out everywhere; how many sessions that were. Raises: StaffUnknown."""
    staff = _locked(login)
    _record(by, staff, ["sessions"])
    return _end_all_of(staff)


def end_all_sessions() -> int:
    """Sign all staff out, as after a restore; how many sessions that were."""
    return Session.objects.all().delete()[0]


def _locked(login: str) -> Staff:
    """The one of that login; whoever changes staff waits for each other, so that the last administrator stays."""
    administrators = Staff.objects.filter(role=Role.ADMINISTRATOR)
    list(administrators.order_by("id").select_for_update())
    folded = folded_login(login)
    staff = Staff.objects.select_for_update().filter(login=folded).first()
    if staff is None:
        raise StaffUnknown(login=folded)
    return staff


def _refuse_if_last(staff: Staff) -> None:
    others = Staff.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=staff.pk)
    if staff.role == Role.ADMINISTRATOR and staff.is_active and not others.exists():
        raise LastAdministrator(login=staff.login)


def _give_password(staff: Staff, password: str) -> None:
    why = {language: _weaknesses(staff, password, language) for language in ("ru", "en")}
    if any(why.values()):
        raise PasswordWeak(why_ru=why["ru"], why_en=why["en"])
    staff.set_password(password)


def _weaknesses(staff: Staff, password: str, language: str) -> str:
    """What Django's validators have against it, in that language: they word it when they find it."""
    with translation.override(language):
        try:
            validate_password(password, staff)
        except ValidationError as reasons:
            return " ".join(reasons.messages)
    return ""


def _end_all_of(staff: Staff) -> int:
    return Session.objects.filter(staff=staff).delete()[0]


def _record(
    by: Staff | None, staff: Staff, fields: list[str], values: dict[str, object] | None = None
) -> None:
    audit.record(by, Action.KEEP_STAFF, subject=staff, fields=fields, values=values)
