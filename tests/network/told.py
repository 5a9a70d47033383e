"""What a NAS tells of sessions, by minutes of one hour, and what is kept of it."""

from datetime import datetime
from typing import Any

from given import utc
from netledger.network.models import Session
from netledger.network.sessions import see_session, start_session, stop_session


def minute(number: int) -> datetime:
    return utc(2026, 11, 10, 12, number)


def start(code: str, at: int, login: str = "Ivanov", **more: Any) -> Session:
    return start_session(login=login, session_code=code, at=minute(at), **more)


def see(code: str, at: int, login: str = "Ivanov", **more: Any) -> Session:
    return see_session(login=login, session_code=code, at=minute(at), **more)


def stop(code: str, at: int, login: str = "Ivanov") -> None:
    stop_session(login=login, session_code=code, at=minute(at))


def kept(login: str = "Ivanov") -> dict[str, tuple[int | None, int, int | None]]:
    """By code: the minutes of start, last sight and stop."""
    return {
        session.session_code: (
            session.started_at.minute if session.started_at else None,
            session.seen_at.minute,
            session.stopped_at.minute if session.stopped_at else None,
        )
        for session in Session.objects.filter(connection__login=login)
    }


def open_codes(login: str = "Ivanov") -> list[str]:
    return [code for code, (_, _, stopped) in kept(login).items() if stopped is None]
