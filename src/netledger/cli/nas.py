"""`netledger nas add|list|retire`: the routers that ask for the lists."""

from typing import Annotated

import typer

from netledger.cli.django_setup import set_up_django
from netledger.cli.language import say
from netledger.cli.tables import print_rows, shown_time

app = typer.Typer(
    help=say("Серверы доступа (NAS): завести, перечислить, снять", "Access servers (NAS): add, list, retire"),
    no_args_is_help=True,
)

Address = Annotated[
    str,
    typer.Argument(
        metavar="ADDRESS", help=say("IPv4-адрес, с которым приходит NAS", "the IPv4 address of the NAS")
    ),
]


@app.command("add", help=say("Завести NAS", "Add a NAS"))
def add(
    address: Address,
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help=say("имя для людей", "a name for people"))
    ],
) -> None:
    """Add a NAS, and say so."""
    set_up_django()
    from netledger.network.services import add_nas

    nas = add_nas(name=name, address=address)
    typer.echo(say(f"NAS {nas.address} заведён: {nas.name}", f"NAS {nas.address} is added: {nas.name}"))


@app.command("list", help=say("Перечислить все NAS, снятые тоже", "List all NASes, retired ones too"))
def list_all() -> None:
    """Print address, name, since when, and until when."""
    set_up_django()
    from netledger.network.queries import list_nases

    columns = [
        say("адрес", "address"), say("имя", "name"), say("заведён", "added"), say("снят", "retired"),
    ]  # fmt: skip
    print_rows(
        columns,
        [
            (nas.address, nas.name, shown_time(nas.created_at), shown_time(nas.retired_at))
            for nas in list_nases()
        ],
    )


@app.command("retire", help=say("Снять NAS: списки ему больше не даются", "Retire a NAS: it gets no lists"))
def retire(address: Address) -> None:
    """Retire a NAS, and say so."""
    set_up_django()
    from netledger.network.services import retire_nas

    retire_nas(address=address)
    typer.echo(say(f"NAS {address} снят", f"NAS {address} is retired"))
