"""The one search for everything: contract, login, name, phone, address, 1C code, IPv4, MAC or the id of a payment.

Each of these is looked for in its own room, in a bounded part of an index; here they become one answer.
"""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import psycopg.errors
from django.db import OperationalError, transaction

from netledger import sql
from netledger.network.queries import list_reached_at
from netledger.payments.queries import find_operations
from netledger.subscribers.models import Subscriber
from netledger.subscribers.search import matches

TEXT_LENGTH_MAX = 250


class Found(NamedTuple):
    """A subscriber whom a text may mean, by what, and the operation that it names, if it names one."""

    subscriber: Subscriber
    by: str
    operation_id: int | None


class Findings(NamedTuple):
    """What a text may mean, the surest first."""

    found: list[Found]
    gave_up: bool
    """Something took too long and was left out: a longer text finds it."""


class _Hit(NamedTuple):
    subscriber_id: int
    by: str
    operation_id: int | None


def search(text: str, *, found_max: int, sees_network: bool) -> Findings:
    """Up to so many subscribers whom a text may mean by each thing, closed contracts too, each once.

    Args:
        sees_network: whether an IPv4 or MAC address may lead to whoever has it.
    """
    normal = text.replace("\0", "").strip()[:TEXT_LENGTH_MAX]
    hits: dict[int, _Hit] = {}
    gave_up = False
    try:
        with transaction.atomic():
            sql.run("backoffice/bound_search")
            for hit in _hits(normal, found_max, sees_network):
                hits.setdefault(hit.subscriber_id, hit)
            sql.run("backoffice/unbound_search")
    except OperationalError as error:
        if not isinstance(error.__cause__, psycopg.errors.QueryCanceled):
            raise
        gave_up = True
    by_id = Subscriber.objects.select_related("account").in_bulk(hits)
    return Findings([Found(by_id[hit.subscriber_id], *hit[1:]) for hit in hits.values()], gave_up)


def _hits(text: str, found_max: int, sees_network: bool) -> Iterator[_Hit]:
    """One whose very contract number or login it is comes first; then what one text names exactly; then all else."""
    if not text:
        return
    by_subscriber = (_Hit(*match, None) for match in matches(text, found_max=found_max))
    yield from islice(by_subscriber, 1)
    if sees_network:
        yield from (_Hit(*reached, None) for reached in list_reached_at(text, found_max=found_max))
    yield from (
        _Hit(found.subscriber_id, found.by, found.operation_id)
        for found in find_operations(text, found_max=found_max)
    )
    yield from by_subscriber
