"""Browsers of staff, and the settings that the pages find in force."""

from collections.abc import Callable

import pytest
from pytest_django import Settings as DjangoSettings

from backoffice.browser import Browser, a_member_of_staff
from netledger.backoffice import in_force as in_force_module
from netledger.backoffice.roles import Role
from netledger.installation.backoffice_settings import BackofficeSettings
from netledger.installation.settings import Settings

PutInForce = Callable[..., None]


@pytest.fixture(autouse=True)
def quick_hashes(settings: DjangoSettings) -> None:
    """Passwords are hashed for security, not for tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def in_force(monkeypatch: pytest.MonkeyPatch) -> PutInForce:
    """Puts settings of the pages in force, as a restart would; the others are the defaults."""

    def put(**settings: object) -> None:
        taken = Settings(backoffice=BackofficeSettings(**settings))  # type: ignore[arg-type]
        monkeypatch.setattr(in_force_module, "settings_in_force", lambda: taken)

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
