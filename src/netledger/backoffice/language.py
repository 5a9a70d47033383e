"""In which language a page is answered."""

from django.utils.translation import get_language

from netledger.errors import Language


def page_language() -> Language:
    """The one that was chosen for this request: by its cookie, else by what the browser prefers, else Russian."""
    return "en" if get_language() == "en" else "ru"
