"""Where signed-in staff is remembered: Django's store in the database, which keeps keys as hashes alone.

Whoever reads the table (or a copy of it) gets no key that a browser could send. Beside Django's own content a row
tells whose session it is and from where, so that it can be listed and ended.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.utils import timezone

from netledger.backoffice.models import Session

ADDRESS = "address"
BROWSER = "browser"
OPENED_AT = "opened_at"
SEEN_AT = "seen_at"
BROWSER_MAX = 200
SEEN_EVERY = timedelta(minutes=1)


class SessionStore(InDatabase):
    """Django's sessions, kept by the hashes of their keys."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table."""
        return Session

    def exists(self, session_key: str) -> bool:
        """Whether there is a session of that key."""
        return super().exists(hash_of(session_key))

    def create_model_instance(self, content: dict[str, Any]) -> Session:
        """The row of this session as it is now."""
        assert self.session_key is not None, "it is saved after it has a key"
        return Session(
            session_key=hash_of(self.session_key),
            session_data=self.encode(content),
            expire_date=self.get_expiry_date(),
            staff_id=content.get(SESSION_KEY),
            address=content.get(ADDRESS),
            browser=content.get(BROWSER, ""),
            opened_at=_moment(content.get(OPENED_AT)),
            seen_at=_moment(content.get(SEEN_AT)),
        )

    def delete(self, session_key: str | None = None) -> None:
        """End the session of that key, or this one."""
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(pk=hash_of(key)).delete()

    def _get_session_from_db(self) -> Session | None:
        key = self.session_key
        found = (
            Session.objects.filter(pk=hash_of(key), expire_date__gt=timezone.now()).first() if key else None
        )
        if found is None:
            self._session_key = None
        return found


def begin(session: Any, *, address: str, browser: str, idle: timedelta) -> None:
    """Write into the session of who has just signed in where from, and how long it lasts unused."""
    now = timezone.now()
    session[ADDRESS] = address
    session[BROWSER] = browser[:BROWSER_MAX]
    session[OPENED_AT] = now.isoformat()
    session[SEEN_AT] = now.isoformat()
    session.set_expiry(int(idle.total_seconds()))


def still_lasts(session: Any, *, idle: timedelta, longest: timedelta) -> bool:
    """Whether a session may go on; its use is written down once a minute, and so prolongs it."""
    now = timezone.now()
    opened_at, seen_at = _moment(session.get(OPENED_AT)), _moment(session.get(SEEN_AT))
    if opened_at is None or seen_at is None or now > opened_at + longest or now > seen_at + idle:
        return False
    if now > seen_at + SEEN_EVERY:
        session[SEEN_AT] = now.isoformat()
    return True


def hash_of(session_key: str) -> str:
    """What a session is kept by."""
    return sha256(session_key.encode()).hexdigest()


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
