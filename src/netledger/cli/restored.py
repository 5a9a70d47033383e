"""What is asked of the database before a restore, and what is done to the restored one before it is used."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import psycopg

from netledger.cli.django_setup import set_up_django
from netledger.errors import Refusal
from netledger.installation.backup.errors import RestoreFailed
from netledger.installation.backup.sequences import sequences_of
from netledger.installation.database import connection_parameters
from netledger.installation.home import Home
from netledger.installation.postgres import Cluster
from netledger.installation.postgres_creation import last_line
from netledger.installation.roles import DATABASE

if TYPE_CHECKING:
    from netledger.payments.queries import Answered

MARGIN = timedelta(days=1)
"""Longer than any transaction: what was recorded before the moment and committed after it is left behind too."""


class Present(NamedTuple):
    """What the database of before the restore told."""

    sequences: dict[str, int]
    answered: list["Answered"]
    """What operators were answered, from a day before the moment on."""
    transfers_after: int


def look_at_present(home: Home, moment: datetime) -> Present | None:
    """Start the present cluster, ask it and stop it; None where there is none, or it can tell nothing any more."""
    if not home.cluster.exists():
        return None
    cluster = Cluster(home)
    try:
        cluster.start()
        with psycopg.connect(cluster.superuser_conninfo(DATABASE)) as superuser:
            sequences = sequences_of(superuser)
        reach_django()
        from django.db import Error

        from netledger.ledger.queries import count_recorded_since
        from netledger.payments.queries import answered_since

        try:
            return Present(sequences, answered_since(moment - MARGIN), count_recorded_since(moment))
        except Error:
            return None
    except (Refusal, psycopg.Error):
        return None
    finally:
        leave_django()
        cluster.stop()


def bring_up_to_date(home: Home) -> None:
    """Apply the migrations that the restored database is without.

    Raises: RestoreFailed.
    """
    migrated = subprocess.run(
        [sys.executable, "-P", "-m", "netledger.server.migrate"],
        env={**os.environ, "NETLEDGER_ROLE": "owner"},
        capture_output=True,
        text=True,
        check=False,
    )
    if migrated.returncode != 0:
        raise RestoreFailed(why=last_line(migrated.stderr))


def answered_from(moment: datetime) -> list["Answered"]:
    """What operators were answered, by the restored books, from a day before the moment on."""
    from netledger.payments.queries import answered_since

    return answered_since(moment - MARGIN)


def forget_what_others_hold() -> None:
    """Sign everybody out, let no router take a list of before the restore for unchanged, and be ready to record."""
    from netledger.backoffice import services as backoffice
    from netledger.cabinet import services as cabinet
    from netledger.ledger.services import keep_partitions_ahead
    from netledger.network.feed import renew_identity

    renew_identity()
    cabinet.end_all_sessions()
    backoffice.end_all_sessions()
    keep_partitions_ahead()


def reach_django() -> None:
    """Let Django be on the cluster that runs now: its socket may have another name than the last one's."""
    from django.apps import apps

    if apps.ready:
        from django.db import connection

        connection.settings_dict.update(connection_parameters("server"))
    set_up_django()


def leave_django() -> None:
    """Close Django's connection, if there is any."""
    from django.apps import apps

    if apps.ready:
        from django.db import connection

        connection.close()
