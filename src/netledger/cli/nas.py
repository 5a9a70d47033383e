"""`netledger nas add|list|retire`: the routers that ask for the lists."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from netledger.cli.django_setup import set_up_django
from netledger.cli.language import say
from netledger.cli.options import JsonOption
from netledger.cli.tables import print_records, tell

if TYPE_CHECKING:
    from netledger.network.models import Nas

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


class NasRow(msgspec.Struct, frozen=True):
    """A NAS, and since and until when it is in use."""

    address: str
    name: str
    created_at: datetime
    retired_at: datetime | None


class RetiredNas(msgspec.Struct, frozen=True):
    """A NAS that gets no lists any more."""

    address: str
    retired: bool = True


@app.command("add", help=say("Завести NAS", "Add a NAS"))
def add(
    address: Address,
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help=say("имя для людей", "a name for people"))
    ],
    as_json: JsonOption = False,
) -> None:
    """Add a NAS, and say so."""
    set_up_django()
    from netledger.network.services import add_nas

    nas = add_nas(name=name, address=address)
    sentence = say(f"NAS {nas.address} заведён: {nas.name}", f"NAS {nas.address} is added: {nas.name}")
    tell(sentence, _row(nas), as_json=as_json)


@app.command("list", help=say("Перечислить все NAS, снятые тоже", "List all NASes, retired ones too"))
def list_all(as_json: JsonOption = False) -> None:
    """Print address, name, since when, and until when."""
    set_up_django()
    from netledger.network.queries import list_nases

    columns = [
        say("адрес", "address"), say("имя", "name"), say("заведён", "added"), say("снят", "retired"),
    ]  # fmt: skip
    print_records(columns, [_row(nas) for nas in list_nases()], as_json=as_json)


@app.command("retire", help=say("Снять NAS: списки ему больше не даются", "Retire a NAS: it gets no lists"))
def retire(address: Address, as_json: JsonOption = False) -> None:
    """Retire a NAS, and say so."""
    set_up_django()
    from netledger.network.services import retire_nas

    retire_nas(address=address)
    tell(say(f"NAS {address} снят", f"NAS {address} is retired"), RetiredNas(address), as_json=as_json)


def _row(nas: "Nas") -> NasRow:
    return NasRow(nas.address, nas.name, nas.created_at, nas.retired_at)
