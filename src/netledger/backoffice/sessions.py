"""Where signed-in staff is remembered: Django's store in the database, which keeps keys as hashes alone.

Whoever reads the table (or a copy of it) gets no key that a browser could send. Beside Django's own content a row
tells whose session it is and from where, so that it can be listed and ended; and when it was used, which is written
there alone: a page costs the same statements whenever it is opened, and two at once lose nothing of each other's.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.utils import timezone

from netledger.backoffice import in_force
from netledger.backoffice.models import Session

ADDRESS = "address"
BROWSER = "browser"
OPENED_AT = "opened_at"
BROWSER_MAX = 200
SEEN_EVERY = timedelta(minutes=1)


class SessionStore(InDatabase):
    """Django's sessions, kept by the hashes of their keys."""

    row: Session | None = None
    """What this one was read from."""

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
        opened_at, now = _moment(content.get(OPENED_AT)), timezone.now()
        return Session(
            session_key=hash_of(self.session_key),
            session_data=self.encode(content),
            expire_date=now + _idle(),
            staff_id=content.get(SESSION_KEY),
            address=content.get(ADDRESS),
            browser=content.get(BROWSER, ""),
            opened_at=opened_at,
            seen_at=None if opened_at is None else now,
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
        self.row = found
        return found


def begin(session: Any, *, address: str, browser: str) -> None:
    """Write into the session of who has just signed in where from, and how long its browser keeps it at most."""
    session[ADDRESS] = address
    session[BROWSER] = browser[:BROWSER_MAX]
    session[OPENED_AT] = timezone.now().isoformat()
    session.set_expiry(in_force.settings_in_force().backoffice.session_longest_s)


def still_lasts(session: Any) -> bool:
    """Whether a session may go on; its use is written down once a minute, and so prolongs it."""
    now, idle = timezone.now(), _idle()
    longest = timedelta(seconds=in_force.settings_in_force().backoffice.session_longest_s)
    opened_at = _moment(session.get(OPENED_AT))
    seen_at = session.row.seen_at if session.row else opened_at
    if opened_at is None or seen_at is None or now > opened_at + longest or now > seen_at + idle:
        return False
    used = Session.objects.filter(pk=hash_of(session.session_key), seen_at__lt=now - SEEN_EVERY)
    used.update(seen_at=now, expire_date=now + idle)
    return True


def _idle() -> timedelta:
    """How long a session lasts unused."""
    return timedelta(seconds=in_force.settings_in_force().backoffice.session_idle_s)


def hash_of(session_key: str) -> str:
    """What a session is kept by."""
    return sha256(session_key.encode()).hexdigest()


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
