"""The running service, as far as the pages need it: they ask for a restart and hear what became of it.

What can do that stands above this room (`server/`); Django's settings name it.
"""

from typing import NamedTuple, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string


class Attempt(NamedTuple):
    """What became of a restart."""

    failed_ru: str
    """Why the new settings were not taken; empty: they were."""
    failed_en: str


class Service(Protocol):
    """The service that these pages are served by."""

    def ask_for_restart(self) -> float:
        """Have it take the settings as the file has them; the moment, to ask `restarted_since` with.

        Raises: a Refusal: the file is wrong, or nothing is there that could restart.
        """

    def restarted_since(self, asked_s: float) -> Attempt | None:
        """What became of the restart that was asked for then; None, while it is under way."""


def running_service() -> Service:
    """The one that Django's settings name."""
    return cast("Service", import_string(settings.RUNNING_SERVICE)())
