"""Browsers of staff, and the settings that the pages find in force."""

from collections.abc import Callable

import pytest

from backoffice.browser import Browser, a_member_of_staff
from netledger.backoffice import doors
from netledger.backoffice.roles import Role
from netledger.backoffice.views import sign_in
from netledger.installation.backoffice_settings import BackofficeSettings
from netledger.installation.settings import Settings

PutInForce = Callable[..., None]


@pytest.fixture
def in_force(monkeypatch: pytest.MonkeyPatch) -> PutInForce:
    """Puts settings of the pages in force, as a restart would; the others are the defaults."""

    def put(**settings: object) -> None:
        taken = Settings(backoffice=BackofficeSettings(**settings))  # type: ignore[arg-type]
        for module in (doors, sign_in):
            monkeypatch.setattr(module, "settings_in_force", lambda: taken)

    put()
    return put


@pytest.fixture
def browser(db: None, in_force: PutInForce) -> Browser:
    """A browser on the same machine, with nobody signed in."""
    return Browser()


@pytest.fixture
def administrator(browser: Browser) -> Browser:
    """A browser in which an administrator is signed in."""
    browser.sign_in(a_member_of_staff(Role.ADMINISTRATOR))
    return browser
