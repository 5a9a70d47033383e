"""A change that commits late is not hidden by one that came between; case V17. And no two that meet deadlock."""

from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from random import Random

import pytest
from django.db import connection, transaction

from given import a_connection, a_customer, a_nas, edition_of
from given_cluster import Database
from netledger import sql
from netledger.access.models import Decision
from netledger.access.queries import block_of
from netledger.access.services import lift_block, note, place_block
from netledger.network.lists import spool_list
from netledger.network.models import Connection, ListVersion, Nas
from netledger.network.services import set_enabled, set_mac
from netledger.subscribers.queries import lock_subscriber
from together import at_once, beside

WORKERS, FLIPS = 6, 120
ROUNDS = 30


@pytest.fixture
def nas(committed_db: Database) -> Nas:
    return a_nas("10.255.0.1")


def block(made: Connection) -> None:
    place_block(subscriber_id=made.subscriber_id, placed_by="staff")


class Reader:
    """A router that reads the list of the blocked only where its tag says that there is another one."""

    def __init__(self, nas: Nas, folder: Path) -> None:
        self.nas = nas
        self.folder = folder
        self.tag = ""
        self.lines: list[str] = []

    def ask(self) -> list[str]:
        with sql.snapshot():
            edition = edition_of(self.nas, "blocked")
            tag = edition.tag("text")
            if tag != self.tag:
                with spool_list(edition, folder=self.folder) as spool:
                    self.lines = [line.split()[1] for line in spool.read().decode().splitlines()]
                self.tag = tag
        return self.lines


def test_that_commits_after_the_list_was_read(nas: Nas, tmp_path: Path) -> None:
    early = a_connection(nas, a_customer(), address="10.0.0.1", login="early")
    late = a_connection(nas, a_customer(), address="10.0.0.2", login="late")
    reader = Reader(nas, tmp_path)

    with transaction.atomic():
        block(late)
        at_once(lambda: block(early))
        (meanwhile,) = at_once(reader.ask)
        meanwhile = list(meanwhile)

    assert (meanwhile, reader.ask()) == (["early"], ["early", "late"])


def test_that_commits_while_the_list_is_read(nas: Nas, tmp_path: Path) -> None:
    one = a_connection(nas, a_customer(), address="10.0.0.1", login="one")

    with sql.snapshot():
        edition = edition_of(nas, "blocked")
        at_once(lambda: block(one))
        with spool_list(edition, folder=tmp_path) as spool:
            lines = spool.read()
        tag_of_the_snapshot = edition_of(nas, "blocked").tag("text")

    assert lines == b""
    assert tag_of_the_snapshot == edition.tag("text") != edition_of(nas, "blocked").tag("text")


def test_among_many(nas: Nas, tmp_path: Path) -> None:
    """What a reader has in the end is the list, however many have flipped whom."""
    other = a_nas("10.255.0.2")
    made = [
        a_connection(one, a_customer(), address=f"10.0.0.{number}", login=f"u{number}")
        for number, one in zip(range(1, 13), cycle([nas, other]), strict=False)
    ]
    reader = Reader(nas, tmp_path)

    def flip(seed: int) -> Callable[[], None]:
        def run() -> None:
            random = Random(seed)
            for _ in range(FLIPS // WORKERS):
                with transaction.atomic():
                    for one in sorted(random.sample(made, 2), key=lambda one: one.pk):
                        toggle(one)

        return run

    def read() -> None:
        for _ in range(FLIPS):
            reader.ask()

    flips = [flip(seed) for seed in range(WORKERS)]
    answers = at_once(*flips, read)
    blocked = Decision.objects.filter(blocked=True).values_list("subscriber_id", flat=True)
    right = [one.login for one in made if one.nas_id == nas.pk and one.subscriber_id in set(blocked)]

    assert answers == [None] * (WORKERS + 1)
    assert reader.ask() == right


def toggle(made: Connection) -> None:
    """Block or unblock, under the lock of the account, so that no two think the same."""
    subscriber_id = lock_subscriber(made.subscriber_id).pk
    if block_of(subscriber_id):
        lift_block(subscriber_id=subscriber_id, lifted_by="staff")
    else:
        block(made)


def test_of_nases_in_opposite_orders(nas: Nas) -> None:
    """NASes are locked at commit in the order of their ids, whichever was noted first."""
    other = a_nas("10.255.0.2")
    mine, yours = [
        [a_connection(one, a_customer(), address=f"10.0.0.{last}") for one in (nas, other)] for last in (1, 2)
    ]

    def switch(made: list[Connection]) -> None:
        for number in range(ROUNDS):
            with transaction.atomic():
                for one in made:
                    set_enabled(connection_id=one.pk, enabled=bool(number % 2))

    answers = at_once(lambda: switch(mine), lambda: switch(yours[::-1]))

    assert answers == [None, None]
    assert ListVersion.objects.get(nas=other).logged == ListVersion.objects.get(nas=nas).logged > ROUNDS


def test_of_nases_after_accounts(nas: Nas) -> None:
    """Who notes a NAS first and is decided about later holds no NAS while it waits for an account."""
    one = a_connection(nas, a_customer(), address="10.0.0.1")

    def note_unlocked() -> None:
        with transaction.atomic():
            Connection.objects.filter(pk=one.pk).update(enabled=False)
            note([one.subscriber_id])

    with beside() as waits, transaction.atomic():
        block(one)
        waiting = waits(note_unlocked)
        other = a_connection(nas, a_customer(), address="10.0.0.2")
        set_mac(connection_id=other.pk, mac="02:00:00:00:00:01")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # which takes the NAS, and would wait for ever
    assert waiting.result(20) is None
