"""The key that staff's pages sign with what they give to browsers: HOME/cfg/pages.key.

Losing it signs everybody out and does no other harm, so it is made anew where it is missing.
"""

import secrets

from netledger.installation.home import Home
from netledger.installation.whole_file import write_whole

KEY_BYTES = 48


def create(home: Home) -> None:
    """Make the key of a new home; one that is there stays. Raises: FileNotWritten."""
    if not home.pages_key.exists():
        write_whole(home.pages_key, secrets.token_urlsafe(KEY_BYTES).encode() + b"\n")


def read(home: Home) -> str:
    """The home's key; where there is none, one that nobody else knows, for this process alone."""
    try:
        return home.pages_key.read_text(encoding="ascii").strip() or secrets.token_urlsafe(KEY_BYTES)
    except OSError:
        return secrets.token_urlsafe(KEY_BYTES)
