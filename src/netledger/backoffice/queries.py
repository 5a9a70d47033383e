"""What is asked about staff by more than one."""

from django.utils import timezone

from netledger.backoffice.errors import StaffUnknown
from netledger.backoffice.logins import folded_login
from netledger.backoffice.models import AuditEntry, Session, Staff


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


def list_sessions(staff: Staff) -> list[Session]:
    """Where somebody is signed in, last used first."""
    return list(Session.objects.filter(staff=staff, expire_date__gt=timezone.now()).order_by("-seen_at"))


def list_audit(
    *,
    staff_id: int | None = None,
    action: str = "",
    subject_kind: str = "",
    subject_id: str = "",
    before: int | None = None,
    limit: int,
) -> list[AuditEntry]:
    """Entries, the newest first, with who did it and the values; what is empty or None asks for all."""
    entries = AuditEntry.objects.select_related("staff", "values").order_by("-id")
    asked = {
        "staff_id": staff_id,
        "action": action,
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "id__lt": before,
    }
    return list(entries.filter(**{name: wanted for name, wanted in asked.items() if wanted})[:limit])
