"""The audit: what staff did and was shown, written in the transaction of the act itself."""

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from typing import Any

from django.db import models, transaction

from netledger.backoffice.models import AuditEntry, AuditValues, Staff
from netledger.backoffice.roles import Action
from netledger.ledger import clock

calling_from: ContextVar[str | None] = ContextVar("calling_from", default=None)
"""Where the member of staff calls from whose request is answered now; the doors say it."""

RECORDED = frozenset(
    {
        *("signed_in", "sign_in_failed", "signed_out", "restarted"),
        *set(Action) - {Action.SEE_PAYMENTS, Action.SEE_NETWORK, Action.SEE_PLANS, Action.SEE_AUDIT},
    }
)
"""What is written down: all that is done, and of what is seen subscribers and secrets; a list of payments shows
subscribers too."""


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
        action: one of RECORDED.
        subject: the thing it was about, if it was one.
        fields: the names of what was changed or shown; never their values.
        values: what must be kept of the values; it may be personal, and can be blanked.
        address: where the member of staff called from, if not from where the present request comes.
    """
    assert action in RECORDED, f"{action}: nobody could ask the audit for it"
    entry = AuditEntry.objects.create(
        staff=staff,
        action=str(action),
        subject_kind=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        fields=list(fields),
        address=address or calling_from.get(),
        recorded_at=clock.now(),
    )
    if values:
        AuditValues.objects.create(entry=entry, content=dict(values))
    return entry
