"""`netledger connection add|set|set-password|move|end`: what subscribers go online with."""

from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from netledger.cli.django_setup import set_up_django
from netledger.cli.language import say
from netledger.cli.options import (
    Contract,
    JsonOption,
    Login,
    SpeedIn,
    SpeedOut,
    changed_to,
    contradiction,
    require_some,
)
from netledger.cli.passwords import FromStdin, chosen_password, told
from netledger.cli.tables import tell
from netledger.network.unchanged import UNCHANGED

if TYPE_CHECKING:
    from netledger.network.models import Connection

app = typer.Typer(
    help=say(
        "Учётные записи: завести, изменить, пароль, перенести, закрыть",
        "Connections: add, set, set-password, move, end",
    ),
    no_args_is_help=True,
)

NasAddress = Annotated[
    str, typer.Option("--nas", metavar="ADDRESS", help=say("адрес NAS", "the address of the NAS"))
]
Ip = Annotated[
    str | None,
    typer.Option("--ip", metavar="A", help=say("постоянный IPv4-адрес", "the static IPv4 address")),
]
Snat = Annotated[
    str | None, typer.Option("--snat", metavar="A", help=say("адрес после NAT", "the address after NAT"))
]
Mac = Annotated[
    str | None, typer.Option("--mac", metavar="M", help=say("MAC устройства", "the device's MAC"))
]


class Password(msgspec.Struct, frozen=True):
    """A connection's login, and its password if it was made up."""

    login: str
    password: str | None


@app.command("add", help=say("Завести учётную запись", "Add a connection"))
def add(
    contract: Contract,
    login: Login,
    nas: NasAddress,
    ip: Ip = None,
    snat: Snat = None,
    mac: Mac = None,
    by_session: Annotated[
        bool,
        typer.Option(
            "--by-session",
            help=say("в сети, пока жива сессия; иначе всегда", "logged while a session lives; else always"),
        ),
    ] = False,
    speed_in: SpeedIn = None,
    speed_out: SpeedOut = None,
    from_stdin: FromStdin = False,
    as_json: JsonOption = False,
) -> None:
    """Add a connection, and print its password once if it was made up."""
    set_up_django()
    from netledger.cli.lookup import nas_at, speeds_of, subscriber_of
    from netledger.network.services import add_connection

    chosen = chosen_password(from_stdin=from_stdin)
    connection = add_connection(
        subscriber_id=subscriber_of(contract).id,
        login=login,
        secret=chosen.password,
        nas_id=nas_at(nas).id,
        address=ip,
        mac=mac,
        snat_address=snat,
        by_session=by_session,
        speeds=speeds_of(speed_in, speed_out) if speed_in or speed_out else None,
    )
    sentence = say(f"Учётная запись {login} заведена", f"Connection {login} is added")
    tell(told(sentence, chosen), Password(connection.login, chosen.printed), as_json=as_json)


@app.command(
    "set", help=say("Изменить MAC, скорость, включить, выключить", "Change MAC, speed, enable, disable")
)
def set_one(
    login: Login,
    mac: Mac = None,
    no_mac: Annotated[bool, typer.Option("--no-mac", help=say("убрать MAC", "without a MAC"))] = False,
    enabled: Annotated[
        bool | None,
        typer.Option("--enable/--disable", help=say("включить или выключить", "switch it on or off")),
    ] = None,
    speed_in: SpeedIn = None,
    speed_out: SpeedOut = None,
    plan_speed: Annotated[
        bool,
        typer.Option("--plan-speed", help=say("скорость тарифа, не своя", "the plan's speed, not its own")),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Change what is given, and leave the rest as it is."""
    require_some(mac, no_mac or None, enabled, speed_in, speed_out, plan_speed or None)
    mac_then = changed_to("mac", mac, without=no_mac)
    if plan_speed and (speed_in or speed_out):
        raise contradiction("--speed-in, --speed-out", "--plan-speed")
    set_up_django()
    from django.db import transaction

    from netledger.cli.lookup import connection_of, limits_of
    from netledger.network.services import remove_speed, set_enabled, set_mac, set_speed

    connection = connection_of(login)
    with transaction.atomic():
        if mac_then is not UNCHANGED:
            set_mac(connection_id=connection.pk, mac=mac_then)
        if enabled is not None:
            set_enabled(connection_id=connection.pk, enabled=enabled)
        if plan_speed:
            remove_speed(connection_id=connection.pk)
        if speed_in or speed_out:
            set_speed(connection_id=connection.pk, towards=limits_of(speed_in), away=limits_of(speed_out))
    _tell("Учётная запись {} изменена", "Connection {} is changed", connection, as_json=as_json)


@app.command("set-password", help=say("Дать другой пароль", "Give it another password"))
def set_password(login: Login, from_stdin: FromStdin = False, as_json: JsonOption = False) -> None:
    """Change a connection's password, and print it once if it was made up."""
    set_up_django()
    from netledger.cli.lookup import connection_of
    from netledger.network.services import set_secret

    connection, chosen = connection_of(login), chosen_password(from_stdin=from_stdin)
    set_secret(connection_id=connection.pk, secret=chosen.password)
    sentence = say(f"Пароль {connection.login} изменён", f"The password of {connection.login} is changed")
    tell(told(sentence, chosen), Password(connection.login, chosen.printed), as_json=as_json)


@app.command("move", help=say("На другой NAS или другой адрес", "To another NAS or another address"))
def move(
    login: Login,
    nas: Annotated[
        str | None, typer.Option("--nas", metavar="ADDRESS", help=say("адрес NAS", "the address of the NAS"))
    ] = None,
    ip: Ip = None,
    no_ip: Annotated[
        bool, typer.Option("--no-ip", help=say("без постоянного адреса", "without a static address"))
    ] = False,
    snat: Snat = None,
    no_snat: Annotated[
        bool, typer.Option("--no-snat", help=say("без адреса после NAT", "without an address after NAT"))
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Move a connection; what is not given stays as it is."""
    require_some(nas, ip, no_ip or None, snat, no_snat or None)
    address = changed_to("ip", ip, without=no_ip)
    snat_address = changed_to("snat", snat, without=no_snat)
    set_up_django()
    from netledger.cli.lookup import connection_of, nas_at
    from netledger.network.services import move_connection

    connection = connection_of(login)
    move_connection(
        connection_id=connection.pk,
        nas_id=UNCHANGED if nas is None else nas_at(nas).id,
        address=address,
        snat_address=snat_address,
    )
    _tell("Учётная запись {} перенесена", "Connection {} is moved", connection, as_json=as_json)


@app.command("end", help=say("Закрыть учётную запись насовсем", "End a connection for good"))
def end(login: Login, as_json: JsonOption = False) -> None:
    """End a connection; its address is free, its login is not given anew."""
    set_up_django()
    from netledger.cli.lookup import connection_of
    from netledger.network.services import end_connection

    connection = connection_of(login)
    end_connection(connection_id=connection.pk)
    _tell("Учётная запись {} закрыта", "Connection {} has ended", connection, as_json=as_json)


def _tell(ru: str, en: str, connection: "Connection", *, as_json: bool) -> None:
    from netledger.cli.cards import connection_card

    tell(say(ru, en).format(connection.login), connection_card(connection.pk), as_json=as_json)
