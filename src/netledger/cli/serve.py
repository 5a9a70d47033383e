"""`netledger serve`: everything up, in the foreground, until SIGTERM or Ctrl-C."""

import contextlib
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from netledger.cli.home_option import HomeOption
from netledger.cli.language import say
from netledger.installation.home import home_from_environment

if TYPE_CHECKING:
    from netledger.server.supervisor import Supervisor

LISTEN_AT_FIRST = "0.0.0.0:8082"

ListenOption = Annotated[
    str,
    typer.Option(
        "--listen",
        metavar="ADDRESS:PORT",
        help=say(
            "Где слушать; без него network['api.listen'] из настроек",
            "Where to listen; without it network['api.listen'] of the configuration",
        ),
    ),
]


def serve(home: HomeOption = None, listen: ListenOption = "") -> None:
    """Start what belongs to the home, and stay."""
    from netledger.server.supervisor import Supervisor  # what a service is asked for does not wait for it

    Supervisor(
        home_from_environment(), listen=listen, listen_at_first=LISTEN_AT_FIRST, when_ready=_tell
    ).run()


def _tell(supervisor: "Supervisor") -> None:
    """Say where it listens and where its configuration is."""
    url, config = supervisor.url, supervisor.home.config
    with contextlib.suppress(OSError):  # nobody needs to go on reading
        sys.stdout.write(
            say(
                f"netledger отвечает на {url} (слушает {supervisor.state.address})\nНастройки: {config}\n",
                f"netledger answers at {url} (listening at {supervisor.state.address})\nConfiguration: {config}\n",
            )
        )
        sys.stdout.flush()
