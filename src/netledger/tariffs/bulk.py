"""Subscriptions by the thousand, by COPY: for the demonstration and for imports."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import transaction

from netledger import sql


class NewSubscription(NamedTuple):
    """That a subscriber has a plan, from its first to its last day (None: goes on)."""

    subscriber_id: int
    plan_id: int
    from_on: date
    until_on: date | None
    speed_id: int | None
    """The subscriber's personal speed."""
    charged_through_on: date | None
    """The last day that has been charged; None: none has been."""


@transaction.atomic
def begin_subscriptions(subscriptions: Iterable[NewSubscription]) -> None:
    """Write subscriptions; whoever does has access decided anew (`access.services.note`).

    Raises: IntegrityError: a plan overlaps itself, or something that a row names is not there.
    """
    sql.copy_in("tariffs/copy_subscriptions", subscriptions)
