"""HOME/run/state.json: what the supervisor tells of itself to whoever asks, written whole each time."""

import json
from dataclasses import asdict, dataclass
from typing import Literal

from netledger.installation.home import Home
from netledger.installation.whole_file import write_whole

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
    """Tell the state."""
    write_whole(home.run / "state.json", json.dumps(asdict(state), ensure_ascii=False).encode())


def read_state(home: Home) -> State | None:
    """The state that was told last, by whichever supervisor; None, if none ever was."""
    try:
        told = json.loads((home.run / "state.json").read_bytes())
    except FileNotFoundError:
        return None
    attempt = told.pop("attempt")
    return State(**told, attempt=Attempt(**attempt) if attempt else None)


def forget_state(home: Home) -> None:
    """Nothing runs any more."""
    (home.run / "state.json").unlink(missing_ok=True)
