"""`netledger session start|seen|stop`: what a NAS tells of a subscriber's time online, told by hand or by a script."""

from typing import Annotated

import typer

from netledger.cli.django_setup import set_up_django
from netledger.cli.language import say
from netledger.cli.moments import At, moment_of
from netledger.cli.options import Login

app = typer.Typer(
    help=say("Сессии абонентов: начать, жива, закончить", "Subscribers' sessions: start, seen, stop"),
    no_args_is_help=True,
)

Code = Annotated[
    str, typer.Argument(metavar="CODE", help=say("код сессии на NAS", "the session's code on the NAS"))
]


@app.command("seen", help=say("Сессия жива", "A session lives"))
@app.command("start", help=say("Сессия началась", "A session began"))
def start(
    login: Login,
    code: Code,
    ip: Annotated[
        str | None,
        typer.Option("--ip", metavar="A", help=say("выданный IPv4-адрес", "the IPv4 address given")),
    ] = None,
    mac: Annotated[
        str | None, typer.Option("--mac", metavar="M", help=say("MAC устройства", "the device's MAC"))
    ] = None,
    at: At = None,
) -> None:
    """Start a session, or say of a known one that it lives: either says that it was there."""
    set_up_django()
    from netledger.ledger import clock
    from netledger.network.sessions import start_session

    session = start_session(
        login=login, session_code=code, address=ip, mac=mac, at=moment_of(at) or clock.now()
    )
    if session.stopped_at is None:
        typer.echo(say(f"Сессия {code} открыта", f"Session {code} is open"))
    else:
        typer.echo(
            say(f"Сессия {code} записана, она уже в прошлом", f"Session {code} is written down, it is over")
        )


@app.command("stop", help=say("Сессия закончилась", "A session is over"))
def stop(login: Login, code: Code, at: At = None) -> None:
    """Stop a session; of one that is not known, write down that it is over."""
    set_up_django()
    from netledger.ledger import clock
    from netledger.network.sessions import stop_session

    stop_session(login=login, session_code=code, at=moment_of(at) or clock.now())
    typer.echo(say(f"Сессия {code} завершена", f"Session {code} is stopped"))
