"""Logins of staff: one form for each, however it is typed."""

import re
import unicodedata

LOGIN_MAX = 64
_LOGIN = re.compile(r"[\w.@-]+")


def folded_login(text: str) -> str:
    """The login as it is kept: without case, NFC, no white space around it."""
    return unicodedata.normalize("NFC", text.strip()).casefold()


def is_login(text: str) -> bool:
    """Whether a folded text can be a login: letters, digits and `._@-`, no longer than 64."""
    return len(text) <= LOGIN_MAX and _LOGIN.fullmatch(text) is not None
