"""The audit, for administrators: who did what and was shown what."""

from django.http import HttpResponse
from django.shortcuts import render

from netledger.backoffice.audit import RECORDED
from netledger.backoffice.doors import StaffRequest, page
from netledger.backoffice.queries import list_audit, list_staff
from netledger.backoffice.roles import Action
from netledger.backoffice.titles import TITLES, kind_of, title_of

LINES = 50
ID_DIGITS_MAX = 18


@page(Action.SEE_AUDIT)
def audit_log(request: StaffRequest) -> HttpResponse:
    """The newest entries, or those before one; of one member of staff, action or subject, as the address says."""
    asked = {name: request.GET.get(name, "") for name in ("staff", "action", "subject")}
    kind, _, subject_id = asked["subject"].partition("/")
    found = list_audit(
        staff_id=_number(asked["staff"]),
        action=asked["action"],
        subject_kind=kind,
        subject_id=subject_id,
        before=_number(request.GET.get("before", "")),
        limit=LINES + 1,
    )
    query = request.GET.copy()
    query["before"] = str(found[LINES - 1].pk) if len(found) > LINES else ""
    told = {
        "entries": [(entry, title_of(entry.action), kind_of(entry.subject_kind)) for entry in found[:LINES]],
        "older": query.urlencode() if len(found) > LINES else "",
        "asked": asked,
        "everybody": [(str(staff.pk), staff.login) for staff in list_staff()],
        "titles": [(str(action), title) for action, title in TITLES.items() if action in RECORDED],
    }
    return render(request, "backoffice/audit_log.html", told)


def _number(text: str) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) <= ID_DIGITS_MAX
    return int(text) if is_number else None
