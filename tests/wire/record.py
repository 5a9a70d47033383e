"""Replays the requests of examples.toml and writes their answers anew: `PYTHONPATH=tests python -m wire.record`."""

import os
import tempfile
from pathlib import Path

import django
from msgspec.structs import replace

from given_cluster import GivenCluster, cloned_database, django_on
from netledger.installation.home import VARIABLE
from netledger.system_api.examples import all_examples, write_examples


def record() -> None:
    """Write the file anew over a cluster of its own."""
    from wire.replay import answer_to

    with cloned_database("netledger_examples") as database, django_on(database):
        folder = Path(tempfile.gettempdir())
        write_examples(
            [replace(example, answer=answer_to(example, database, folder)) for example in all_examples()]
        )


if __name__ == "__main__":
    given = GivenCluster()
    try:
        os.environ |= {VARIABLE: str(given.home.path), "DJANGO_SETTINGS_MODULE": "netledger.server.settings"}
        django.setup()
        given.start()
        record()
    finally:
        given.stop()
