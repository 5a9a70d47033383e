"""The log: JSON lines in HOME/log/netledger.log, in which no secret can end.

What a request said, and what an exception says of the values it met, stays out; libraries may speak only
where they are known to tell of themselves alone. Several processes append to the one file.
"""

import contextlib
import fcntl
import logging
import os
import time
from collections.abc import Callable
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import BinaryIO, cast

import msgspec
import structlog

from netledger.installation.home import Home

log = structlog.get_logger()

FILE_MAX_BYTES = 64 * 1024 * 1024
"""A log file this long is put aside as `.1`; the one before it goes."""
LOOK_EVERY_S = 5
FRAMES_MAX = 20
SPEAKING = ("gunicorn", "psycopg", "netledger")
"""Loggers whose texts tell of the program only."""
HARMLESS = frozenset({"OperationalError", "PoolTimeout", "PoolClosed", "TooManyRequests"})
"""Exceptions of the database's driver that tell of the connection, never of values."""


class LogFile:
    """A file that several processes append to, a line a write; whichever finds it long puts it aside."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._open()

    def write(self, line: bytes) -> None:
        """Append a line. A full disk takes away the log, and not the service."""
        with contextlib.suppress(OSError):
            if time.monotonic() >= self._look_at:
                self._look()
            os.write(self._descriptor, line)

    def flush(self) -> None:
        """Nothing is kept back."""

    def _open(self) -> None:
        self._descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._look_at = time.monotonic() + LOOK_EVERY_S

    def _look(self) -> None:
        """Put the file aside if it is long; the lock makes one process do it, the others follow."""
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        if self._is_current() and os.fstat(self._descriptor).st_size > FILE_MAX_BYTES:
            self.path.rename(self.path.with_name(self.path.name + ".1"))
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        os.close(self._descriptor)
        self._open()

    def _is_current(self) -> bool:
        try:
            return os.path.samestat(self.path.stat(), os.fstat(self._descriptor))
        except FileNotFoundError:
            return False


class LibraryLog(logging.Handler):
    """Takes what libraries log into ours: their words only if they are known to be harmless."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line about the record."""
        event = record.getMessage() if record.name.startswith(SPEAKING) else "a library logged"
        trouble = record.exc_info[1] if record.exc_info else None
        log.log(record.levelno, event, logger=record.name, **(_told(trouble) if trouble else {}))


def configure(home: Home, program: str) -> None:
    """Let this process write to the log of that home, under the name of its program."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _sign(program),
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.processors.JSONRenderer(serializer=_to_json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.BytesLoggerFactory(cast(BinaryIO, LogFile(home.log / "netledger.log"))),
        cache_logger_on_first_use=True,
    )
    logging.getLogger("django.request").setLevel(logging.ERROR)  # each request has a line of its own
    logging.basicConfig(handlers=[LibraryLog()], level=logging.WARNING, force=True)


def log_trouble(event: str, trouble: BaseException, **facts: object) -> None:
    """Log a fault of ours: which exceptions, and where, without their words."""
    log.error(event, **facts, **_told(trouble))


def _sign(program: str) -> Callable[..., dict[str, object]]:
    """A step that says which program and process wrote the line."""

    def sign(_logger: object, _method: str, entry: dict[str, object]) -> dict[str, object]:
        return {"program": program, "pid": os.getpid()} | entry

    return sign


def _told(trouble: BaseException) -> dict[str, object]:
    chain: list[BaseException] = []
    link: BaseException | None = trouble
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or link.__context__
    told: dict[str, object] = {
        "error": [type(link).__qualname__ for link in chain],
        "frames": _frames(trouble.__traceback__),
    }
    words = [str(link) for link in chain if type(link).__name__ in HARMLESS]
    return told | ({"said": words[-1]} if words else {})


def _frames(traceback: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(traceback)[-FRAMES_MAX:]]


def _to_json(entry: object, **_: object) -> bytes:
    return msgspec.json.encode(entry, enc_hook=str)
