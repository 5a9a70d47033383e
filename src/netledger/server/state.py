"""HOME/run/state.json: what the supervisor tells of itself to whoever asks, written whole each time."""

import contextlib
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from netledger.installation.errors import FileNotWritten
from netledger.installation.home import Home
from netledger.installation.whole_file import write_over, write_whole

STATE_BYTES = 4096
"""What the file is filled up to with spaces: so what comes after finds room in it also on a full disk."""
READ_TRIES = 20
READ_PAUSE_S = 0.01

Phase = Literal["starting", "ready", "stopping"]


@dataclass(frozen=True)
class Attempt:
    """One try to take the configuration in force: at the start, and at each restart."""

    begun_s: float
    """By the machine's monotonic clock, which all processes share."""
    failed_ru: str = ""
    failed_en: str = ""


@dataclass(frozen=True)
class State:
    """The running service."""

    pid: int
    address: str
    since: str
    """When it was started, ISO 8601."""
    phase: Phase
    generation: int
    """How many times the web processes were started anew."""
    attempt: Attempt | None = None
    """The last one that ended."""
    metrics_hidden: str = ""
    """Where the metrics were to be shown and are not: the address is taken or unusable."""


def write_state(home: Home, state: State) -> None:
    """Tell the state, also on a full disk. Raises: FileNotWritten."""
    path, text = home.run / "state.json", json.dumps(asdict(state), ensure_ascii=False).encode()
    content = text.ljust(STATE_BYTES)
    try:
        write_whole(path, content)
    except FileNotWritten as no_room:
        try:
            write_over(path, content)
        except OSError:
            raise no_room from None


def read_state(home: Home) -> State | None:
    """The state that was told last, by whichever supervisor; None, if none ever was."""
    try:
        told = _read_whole(home.run / "state.json")
    except FileNotFoundError:
        return None
    attempt = told.pop("attempt")
    return State(**told, attempt=Attempt(**attempt) if attempt else None)


def forget_state(home: Home) -> None:
    """Nothing runs any more."""
    (home.run / "state.json").unlink(missing_ok=True)


def _read_whole(path: Path) -> dict[str, Any]:
    """What the file tells; half of it is there only for the moment in which it is written over."""
    for _ in range(READ_TRIES):
        with contextlib.suppress(json.JSONDecodeError):
            told: dict[str, Any] = json.loads(path.read_bytes())
            return told
        time.sleep(READ_PAUSE_S)
    return dict(json.loads(path.read_bytes()))
