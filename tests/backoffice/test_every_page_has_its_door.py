"""No page is open by having been forgotten, and no answer lets in what is not ours."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

import netledger
from backoffice.browser import Browser
from netledger.backoffice import doors
from netledger.backoffice.urls import DoorMissing, route, urlpatterns

OPEN_TO_ANYBODY = {"sign_in", "second_factor", "look"}
TEMPLATES = Path(netledger.__file__).parent / "backoffice" / "templates"
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:|hx-on", re.IGNORECASE)


def _views() -> list[tuple[str, Callable[..., Any]]]:
    return [(pattern.name, pattern.callback) for pattern in urlpatterns if isinstance(pattern, URLPattern)]


def test_every_address_leads_through_a_door() -> None:
    assert all(doors.has_door(view) for _, view in _views())
    assert {name for name, view in _views() if doors.action_of(view) is None} == OPEN_TO_ANYBODY


def test_no_door_lets_forged_forms_through() -> None:
    assert not [name for name, view in _views() if getattr(view, "csrf_exempt", False)]


def test_a_view_without_a_door_cannot_be_routed() -> None:
    def forgotten(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    with pytest.raises(DoorMissing):
        route("forgotten/", forgotten, "forgotten")


def test_nothing_of_others_and_nothing_inline_runs_on_a_page(administrator: Browser) -> None:
    answer = administrator.get("/admin/")

    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "img-src": "'self' data:",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_no_template_has_what_that_policy_forbids() -> None:
    offenders = [
        f"{path.relative_to(TEMPLATES)}: {match.group()}"
        for path in TEMPLATES.rglob("*.html")
        for match in INLINE.finditer(path.read_text(encoding="utf-8"))
    ]

    assert not offenders
