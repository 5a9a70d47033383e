"""The guard of the cabinet's door: failures delay the login they were for, and a flood of them delays all.

Never by the caller's address: all subscribers call from the cabinet's one host. Nobody sleeps; who comes too early
is told at once how long to wait. An attempt counts as failed until it succeeds, so that many at once gain nothing.
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


def begin_attempt(login: str, limits: CabinetSettings) -> None:
    """Count an attempt to sign in by that login as failed, until `forgive` is told that it was not.

    Raises: SignInDelayed: it is not to be tried now.
    """
    flood = SignInFlood.objects.first()
    now = clock.now()
    room_at = flood.lasts_until_at + BURST / limits.sign_in_failures_a_minute - BURST if flood else now
    if room_at > now:
        raise _delayed("flood", room_at - now)
    _count(_hash_of(login), limits)


def forgive(login: str) -> None:
    """The attempt has succeeded: nothing is held against that login."""
    SignInFailure.objects.filter(pk=_hash_of(login)).update(failures=0, delayed_until_at=clock.now())


def count_failure(limits: CabinetSettings) -> None:
    """The attempt has failed: count it among all."""
    sql.run("cabinet/count_failure", each_s=BURST.total_seconds() / limits.sign_in_failures_a_minute)


@transaction.atomic
def _count(login_hash: str, limits: CabinetSettings) -> None:
    known = sql.one("cabinet/lock_failures", _Count, login_hash=login_hash)
    now = clock.now()
    if known.delayed_until_at > now:
        raise _delayed("login", known.delayed_until_at - now)
    failures = known.failures + 1 if known.failed_at > now - FORGOTTEN_AFTER else 1
    SignInFailure.objects.filter(pk=login_hash).update(
        failures=failures, failed_at=now, delayed_until_at=now + _delay_after(failures, limits)
    )


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
