"""Who changes one half of a connection while another changes the other half leaves it as he made it."""

import pytest
from django.db import transaction

from cli.typed import answered, done
from given import a_connection, a_nas
from given_cluster import Database
from netledger.network.models import Connection
from together import beside


@pytest.fixture
def ivanov(committed_db: Database) -> Connection:
    """At 10.0.0.5 and 192.0.2.1 after NAT on 10.255.0.1, beside another NAS, 10.255.0.2."""
    a_nas("10.255.0.2")
    return a_connection(a_nas("10.255.0.1"), login="ivanov", address="10.0.0.5", snat_address="192.0.2.1")


def test_another_nas_stays_when_the_address_changes(ivanov: Connection) -> None:
    with beside() as waits, transaction.atomic():
        done("connection", "move", "ivanov", "--nas", "10.255.0.2", "--snat", "192.0.2.2")
        waits(lambda: done("connection", "move", "ivanov", "--ip", "10.0.0.6"))

    ivanov.refresh_from_db()
    assert (ivanov.nas.address, ivanov.address, ivanov.snat_address) == (
        "10.255.0.2", "10.0.0.6", "192.0.2.2",
    )  # fmt: skip


def test_the_address_taken_away_is_not_given_back_by_a_move(ivanov: Connection) -> None:
    with beside() as waits, transaction.atomic():
        done("connection", "move", "ivanov", "--no-ip", "--no-snat")
        waits(lambda: done("connection", "move", "ivanov", "--nas", "10.255.0.2"))

    ivanov.refresh_from_db()
    assert (ivanov.nas.address, ivanov.address, ivanov.snat_address) == ("10.255.0.2", None, None)


def test_a_speed_towards_him_stays_when_the_one_from_him_changes(ivanov: Connection) -> None:
    with beside() as waits, transaction.atomic():
        done("connection", "set", "ivanov", "--speed-in", "9000/9000/20000/20000")
        waits(lambda: done("connection", "set", "ivanov", "--speed-out", "8000/8000/20000/20000"))

    shown = answered("connection", "set", "ivanov", "--enable")
    assert (shown["speed_in"], shown["speed_out"]) == ("9000/9000/20000/20000", "8000/8000/20000/20000")
