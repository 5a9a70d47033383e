"""A member of staff at a browser: finds what a page shows by the words that it is labelled with."""

from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from demonstration import Demonstration


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

    def signs_in(self, demo: Demonstration) -> None:
        """As the administrator whom demo.json names."""
        self.field("login").fill(demo.facts["staff"]["login"])
        self.field("password").fill(demo.facts["staff"]["passwd"])
        self.press("Sign in")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.word("Home"))
