"""Makes the demonstration provider: `python -m netledger.cli.demo.create SUBSCRIBERS SEED URL METRICS_URL`.

A process of its own, because the supervisor that waits for it knows no Django; as the owner of the tables, who alone
can load very many rows at once.
"""

import os
import sys

import django
import psycopg

from netledger.cli.demo.facts import Facts, write_facts
from netledger.cli.demo.progress import shown_progress
from netledger.installation.database import conninfo
from netledger.installation.home import home_from_environment
from netledger.installation.settings import read_settings
from netledger.server.children import output_log


def main() -> None:
    """The command."""
    subscribers, seed = int(sys.argv[1]), int(sys.argv[2])
    url, metrics_url = sys.argv[3:5]
    home = home_from_environment()
    _send_troubles_to(output_log(home))
    _clear_leftovers()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netledger.server.settings")
    django.setup()
    from netledger.cli.demo.creation import create_provider  # models need Django set up
    from netledger.ledger.services import set_zone

    settings = read_settings(home.active_config)
    set_zone(settings.app.time_zone)

    def mark(facts: Facts) -> None:
        """Write demo.json before the commit: a home with subscribers and without it is a real provider's."""
        write_facts(home, facts, url=url, metrics_url=metrics_url, settings=settings)

    with shown_progress(subscribers) as tell:
        create_provider(subscribers=subscribers, seed=seed, tell=tell, before_commit=mark)


def _clear_leftovers() -> None:
    """Take away the dead rows of a making that was cut off: they mislead the planner for as long as they lie there."""
    with psycopg.connect(conninfo("owner"), autocommit=True) as connection:
        was_begun = connection.execute("SELECT pg_relation_size('tariffs_plan') > 0").fetchone()
        if was_begun == (True,):
            connection.execute("VACUUM")


def _send_troubles_to(log: str) -> None:
    """What fails is told in the log that the supervisor names; the terminal shows how far we are."""
    descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.dup2(descriptor, sys.stderr.fileno())
    os.close(descriptor)


if __name__ == "__main__":
    main()
