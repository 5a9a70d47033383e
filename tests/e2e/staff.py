"""A member of staff at a browser: finds what a page shows by the words that it is labelled with."""

from django.utils import translation
from playwright.sync_api import Locator, Page, expect


class Member:
    """One at a window, who reads a language."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.language = language

    def word(self, english: str) -> str:
        """How the pages say it in his language."""
        with translation.override(self.language):
            return translation.gettext(english)

    def press(self, english: str) -> None:
        """Press the button, or follow the link, of that name."""
        name = self.word(english)
        places = (self.page.get_by_role(role, name=name, exact=True) for role in ("button", "link"))
        next(place for place in places if place.count()).first.click()

    def reads(self, english: str) -> None:
        """See that the page says so."""
        expect(self.page.locator("main")).to_contain_text(self.word(english), timeout=60_000)

    def field(self, name: str) -> Locator:
        """The field that is labelled so, or has that id."""
        return self.page.locator(f'[id="{name}"]').or_(self.page.get_by_label(self.word(name), exact=True))

    def signs_in(self, account: dict[str, str]) -> None:
        """By login and password, as demo.json has the administrator's; and is led where he wanted to."""
        self.field("login").fill(account["login"])
        self.field("password").fill(account["passwd"])
        self.press("Sign in")
        expect(self.page.locator(".frame-corner .who")).to_be_visible()
