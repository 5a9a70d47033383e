"""Writes down whom a list showed."""

from collections.abc import Iterable, Sequence

from netledger.backoffice import audit
from netledger.backoffice.doors import StaffRequest
from netledger.backoffice.roles import Action


def write_shown(request: StaffRequest, fields: Iterable[str], subscriber_ids: Sequence[int]) -> None:
    """Write into the audit which subscribers a list showed, and what of them; of an empty one nothing."""
    if subscriber_ids:
        audit.record(
            request.user,
            Action.SEE_SUBSCRIBERS,
            fields=fields,
            values={"subscribers": sorted(set(subscriber_ids))},
            address=request.META["REMOTE_ADDR"],
        )
