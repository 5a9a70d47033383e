"""HOME/run/ticker: the ticker writes there, each time that all its steps went well, its process id and when.

When is told by the machine's time since its start: a clock that is set back makes no dead ticker young.
"""

import contextlib
import os
import time

from netledger.installation.home import Home
from netledger.installation.whole_file import write_over

FRESH_S = 60
BEAT_BYTES = 64


def beat(home: Home, pid: int) -> None:
    """Say that all steps went well now, also on a full disk; where that cannot be said, they go on."""
    written, text = home.run / "ticker.new", f"{pid} {time.monotonic():.3f}\n".rjust(BEAT_BYTES)
    try:
        with open(written, "w", opener=_owners_alone) as file:
            file.write(text)
        written.rename(home.run / "ticker")  # so that nobody reads half of it
    except OSError:
        with contextlib.suppress(OSError):
            write_over(home.run / "ticker", text.encode())


def has_beaten(home: Home, pid: int) -> bool:
    """Whether the last beat was that process's."""
    last = _last_beat(home)
    return last is not None and last[0] == pid


def beat_age_s(home: Home) -> float | None:
    """How long ago the last beat was; None, if there was none in this run."""
    last = _last_beat(home)
    return last and time.monotonic() - last[1]


def _owners_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _last_beat(home: Home) -> tuple[int, float] | None:
    """Its process id and time."""
    try:
        pid, at_s = (home.run / "ticker").read_text().split()
    except FileNotFoundError:
        return None
    return int(pid), float(at_s)


def beats(home: Home) -> bool:
    """Whether there was a beat of late."""
    age_s = beat_age_s(home)
    return age_s is not None and age_s <= FRESH_S


def forget_beat(home: Home) -> None:
    """The ticker of an earlier run is gone."""
    (home.run / "ticker").unlink(missing_ok=True)
