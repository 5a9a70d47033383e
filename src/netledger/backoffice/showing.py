"""Renders a page by the provider's clock, and writes down whom a list showed."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from netledger.backoffice import audit
from netledger.backoffice.doors import StaffRequest
from netledger.backoffice.roles import Action
from netledger.ledger import clock


def show(request: HttpRequest, template: str, told: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The page, its moments in the provider's time zone."""
    with timezone.override(clock.zone()):
        return render(request, f"backoffice/{template}", told, status=status)


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
