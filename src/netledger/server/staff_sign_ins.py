"""Counts for the metrics how staff's signing in fails and is delayed."""

from netledger.backoffice import identity
from netledger.server import metrics


def count() -> None:
    """From now on each is counted in this process; once, however often this is called."""
    identity.failed.connect(_failed)
    identity.delayed.connect(_delayed)


def _failed(**_: object) -> None:
    metrics.staff_sign_in_failures.inc()


def _delayed(**_: object) -> None:
    metrics.staff_sign_in_delays.inc()
