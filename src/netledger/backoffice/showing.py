"""Renders a page by the provider's clock."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from netledger.ledger import clock


def show(request: HttpRequest, template: str, told: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The page, its moments in the provider's time zone."""
    with timezone.override(clock.zone()):
        return render(request, f"backoffice/{template}", told, status=status)
