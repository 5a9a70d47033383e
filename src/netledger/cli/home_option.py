"""The option --home, which stands before a subcommand and, for `demo` and `serve`, after it too."""

import os
from pathlib import Path
from typing import Annotated

import typer

from netledger.cli.language import say
from netledger.installation.home import VARIABLE


def _choose(home: Path | None) -> Path | None:
    """Let everything that asks the environment for the home find this one."""
    if home is not None:
        os.environ[VARIABLE] = str(home.absolute())
    return home


HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="DIR",
        callback=_choose,
        help=say(
            f"Домашняя папка; без него {VARIABLE} или ./netledger-home",
            f"The home folder; without it {VARIABLE} or ./netledger-home",
        ),
    ),
]
"""For a parameter `home: HomeOption = None`; having it is enough, home_from_environment() answers it then."""
