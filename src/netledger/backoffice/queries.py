"""What is asked about staff by more than one."""

from netledger.backoffice.errors import StaffUnknown
from netledger.backoffice.logins import folded_login
from netledger.backoffice.models import Staff


def find_staff(login: str) -> Staff:
    """The member of staff of that login. Raises: StaffUnknown."""
    folded = folded_login(login)
    staff = Staff.objects.filter(login=folded).first()
    if staff is None:
        raise StaffUnknown(login=folded)
    return staff


def list_staff() -> list[Staff]:
    """Everybody who works or worked here, by login."""
    return list(Staff.objects.order_by("login"))


def is_anybody_here() -> bool:
    """Whether anybody could sign in."""
    return Staff.objects.filter(is_active=True).exists()
