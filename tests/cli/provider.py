"""Makes small demonstration providers in databases of their own, in this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from uuid import uuid4

from pytest_django.plugin import DjangoDbBlocker

from given_cluster import cloned_database, django_on
from netledger.cli.demo.creation import create_provider
from netledger.cli.demo.facts import Facts
from netledger.ledger.services import set_zone

ZONE = "Europe/Moscow"


class Made(NamedTuple):
    """What was told while a provider was made."""

    facts: Facts
    counts: list[int]


def make(*, subscribers: int, seed: int = 1) -> Made:
    """Make a provider in the database that Django is on."""
    shown: list[Facts] = []
    counts: list[int] = []
    create_provider(subscribers=subscribers, seed=seed, tell=counts.append, before_commit=shown.append)
    (facts,) = shown
    return Made(facts, counts)


@contextmanager
def made_provider(blocker: DjangoDbBlocker, *, subscribers: int, seed: int = 1) -> Iterator[Made]:
    """A provider in a database of its own, which Django is on meanwhile."""
    with (
        cloned_database(f"netledger_{uuid4().hex}") as database,
        blocker.unblock(),
        django_on(database),
    ):
        set_zone(ZONE)
        yield make(subscribers=subscribers, seed=seed)
