"""The audit: what staff did and was shown, written in the transaction of the act itself."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction

from netledger.backoffice.models import AuditEntry, AuditValues, Staff
from netledger.ledger import clock


@transaction.atomic
def record(
    staff: Staff | None,
    action: str,
    *,
    subject: models.Model | None = None,
    fields: Iterable[str] = (),
    values: Mapping[str, Any] | None = None,
    address: str | None = None,
) -> AuditEntry:
    """Write down what a member of staff did or was shown.

    Args:
        staff: None for the command line of the server.
        action: an Action of the roles, or what happened at the door (`signed_in`).
        subject: the thing it was about, if it was one.
        fields: the names of what was changed or shown; never their values.
        values: what must be kept of the values; it may be personal, and can be blanked.
        address: where the member of staff called from.
    """
    entry = AuditEntry.objects.create(
        staff=staff,
        action=str(action),
        subject_kind=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        fields=list(fields),
        address=address or None,
        recorded_at=clock.now(),
    )
    if values:
        AuditValues.objects.create(entry=entry, content=dict(values))
    return entry
