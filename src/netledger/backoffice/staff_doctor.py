"""What is wrong with who may sign in: an administrator whose password alone opens everything."""

from collections.abc import Iterator

from netledger.backoffice.models import Staff
from netledger.backoffice.roles import Role
from netledger.backoffice.second_factor import has_factor
from netledger.installation.findings import Finding, Severity
from netledger.installation.settings import Settings


def findings(_settings: Settings) -> Iterator[Finding]:
    """That an administrator who may sign in has no second factor."""
    for staff in Staff.objects.filter(role=Role.ADMINISTRATOR, is_active=True).order_by("login"):
        if not has_factor(staff):
            yield Finding(
                "administrator_without_second_factor",
                Severity.WARNING,
                f"Администратор {staff.login} входит по одному паролю",
                f"The administrator {staff.login} signs in by a password alone",
                "пусть он войдёт и включит второй фактор на своей странице, /admin/own/",
                "have him sign in and switch the second factor on at his own page, /admin/own/",
            )
