"""What every page shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from netledger.backoffice.menu import MENU
from netledger.backoffice.models import Staff
from netledger.backoffice.roles import Action, may

THEME_COOKIE = "theme"
THEMES = ("auto", "light", "dark")
PREFIX = "/admin/"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Menu, theme and languages, for the templates of staff's pages."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    staff = request.user if isinstance(request.user, Staff) else None
    return {
        "menu": _menu_of(staff, request.path) if staff else [],
        "theme": theme if theme in THEMES else "auto",
        "languages": settings.LANGUAGES,
        "search_address": _search_of(staff) if staff else "",
        "staff": staff,
        "sees_network": staff is not None and may(staff.role, Action.SEE_NETWORK),
    }


def _menu_of(staff: Staff, path: str) -> list[dict[str, Any]]:
    lines = []
    for entry in MENU:
        if may(staff.role, entry.action):
            address = reverse(f"backoffice:{entry.route}")
            is_here = path == address or (address != PREFIX and path.startswith(address))
            icon = f"backoffice/icons/{entry.icon}.svg"
            line = {"title": entry.title, "address": address, "icon": icon, "is_here": is_here}
            lines.append({**line, "group": entry.group})
    return lines


def _search_of(staff: Staff) -> str:
    """Where the search box sends what is looked for; empty: there is no box."""
    try:
        return reverse("backoffice:search") if may(staff.role, Action.SEE_SUBSCRIBERS) else ""
    except NoReverseMatch:
        return ""
