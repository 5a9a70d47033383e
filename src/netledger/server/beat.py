"""HOME/run/ticker: the ticker writes its process id there each time that all its steps went well."""

import time

from netledger.installation.home import Home

FRESH_S = 60


def beat(home: Home, pid: int) -> None:
    """Say that all steps went well now."""
    (home.run / "ticker").write_text(f"{pid}\n")


def has_beaten(home: Home, pid: int) -> bool:
    """Whether the last beat was that process's."""
    try:
        return (home.run / "ticker").read_text() == f"{pid}\n"
    except FileNotFoundError:
        return False


def beat_age_s(home: Home) -> float | None:
    """How long ago the last beat was; None, if there was none in this run."""
    try:
        return max(0.0, time.time() - (home.run / "ticker").stat().st_mtime)
    except FileNotFoundError:
        return None


def beats(home: Home) -> bool:
    """Whether there was a beat of late."""
    age_s = beat_age_s(home)
    return age_s is not None and age_s <= FRESH_S


def forget_beat(home: Home) -> None:
    """The ticker of an earlier run is gone."""
    (home.run / "ticker").unlink(missing_ok=True)
