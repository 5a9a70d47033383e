"""Which language the person at the terminal reads."""

import os

from netledger.errors import Language


def language() -> Language:
    """Russian where the locale of messages is Russian, else English."""
    names = (os.environ.get(variable) for variable in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((name for name in names if name), "")
    return "ru" if locale.lower().startswith("ru") else "en"


def say(ru: str, en: str) -> str:
    """The one of two texts that is in the person's language."""
    return ru if language() == "ru" else en
