"""The guard of the cabinet's door: failures delay the login they were for, and a flood of them delays all.

Never by the caller's address: all subscribers call from the cabinet's one host. Nobody sleeps; who comes too early
is told at once how long to wait. Of an attempt nothing is told before it is counted, so that many at once gain no
more tries, and before it is known to have failed it is no failure, so that many who know the secret come in at once.
Source: cases.md V23; design.md, "The wire of the System API".
"""

from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil
from typing import NamedTuple

import structlog
from django.db import transaction

from netledger import sql
from netledger.cabinet.errors import SignInDelayed
from netledger.cabinet.models import SignInFailure, SignInFlood
from netledger.installation.cabinet_settings import CabinetSettings
from netledger.ledger import clock
from netledger.subscribers.identifiers import identifier_key

FIRST_DELAY_S = 10
"""Of a login whose failures reach the most that are taken; each further failure doubles it."""
DOUBLINGS_MAX = 20
BURST = timedelta(minutes=1)
"""What so long a time allows is taken at once, before all are delayed."""
FORGOTTEN_AFTER = timedelta(days=1)

log = structlog.get_logger("netledger.cabinet")


class _Count(NamedTuple):
    failures: int
    failed_at: datetime
    delayed_until_at: datetime


class _Flood(NamedTuple):
    lasts_until_at: datetime


@transaction.atomic
def count_attempt(login: str, *, has_failed: bool, limits: CabinetSettings) -> None:
    """Count what became of an attempt to sign in by that login; only then may anybody be told of it.

    Those of one login wait for each other here, those that failed under a flood too: each finds all before it counted.
    Success forgives the login what failed before.

    Raises: SignInDelayed: nobody is to be told now whether it failed, and it is not counted.
    """
    login_hash = _hash_of(login)
    known = sql.one("cabinet/lock_failures", _Count, login_hash=login_hash)
    now = clock.now()
    if known.delayed_until_at > now:
        raise _delayed("login", known.delayed_until_at - now)
    each = _each(limits)
    flood = SignInFlood.objects.filter(lasts_until_at__gt=now + BURST - each).first()
    if flood is not None:
        raise _delayed("flood", flood.lasts_until_at + each - BURST - now)
    failures = 0
    if has_failed:
        failures = known.failures + 1 if known.failed_at > now - FORGOTTEN_AFTER else 1
        if sql.maybe("cabinet/count_failure", _Flood, each=each, burst=BURST) is None:
            raise _delayed("flood", each)
    SignInFailure.objects.filter(pk=login_hash).update(
        failures=failures,
        failed_at=now if has_failed else known.failed_at,
        delayed_until_at=now + _delay_after(failures, limits),
    )


def _each(limits: CabinetSettings) -> timedelta:
    """How long one failure lasts among all; rounded down, so that a burst holds all that a minute allows."""
    return timedelta(microseconds=BURST // timedelta(microseconds=1) // limits.sign_in_failures_a_minute)


def _delay_after(failures: int, limits: CabinetSettings) -> timedelta:
    """For how long nobody may try after so many failures in a row."""
    doublings = failures - limits.sign_in_failures_max
    if doublings < 0:
        return timedelta()
    delay_s = FIRST_DELAY_S * 2 ** min(doublings, DOUBLINGS_MAX)
    return timedelta(seconds=min(delay_s, limits.sign_in_delay_max_s))


def _delayed(cause: str, wait: timedelta) -> SignInDelayed:
    wait_s = ceil(wait.total_seconds())
    log.warning("sign-in delayed", cause=cause, wait_s=wait_s)
    return SignInDelayed(wait_s=wait_s)


def _hash_of(login: str) -> str:
    return sha256(identifier_key(login).encode()).hexdigest()
