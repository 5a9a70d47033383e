"""The addresses of staff's pages, below `/admin/`."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from netledger.backoffice.doors import has_door
from netledger.backoffice.views import home, look, sign_in


class DoorMissing(Exception):
    """A view would be open to everybody: a fault of ours."""


def route(address: str, view: Callable[..., Any], name: str) -> URLPattern:
    """An address of a page. Raises: DoorMissing: the view was not declared with a door."""
    if not has_door(view):
        raise DoorMissing(f"{view.__module__}.{view.__name__}")
    return path(address, view, name=name)


app_name = "backoffice"
urlpatterns = [
    route("", home.home, "home"),
    route("sign-in/", sign_in.sign_in, "sign_in"),
    route("sign-out/", sign_in.sign_out, "sign_out"),
    route("look/", look.choose_look, "look"),
]
