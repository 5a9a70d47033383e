"""`netledger block place|lift`: the administrator closes a subscriber's access, and opens it again."""

import typer

from netledger.cli.django_setup import set_up_django
from netledger.cli.language import say
from netledger.cli.options import Contract, JsonOption, Why, author
from netledger.cli.tables import tell_contract

app = typer.Typer(
    help=say("Блокировка администратором: поставить, снять", "The administrator's block: place, lift"),
    no_args_is_help=True,
)


@app.command("place", help=say("Закрыть доступ, пока не снимут", "Close the access until it is lifted"))
def place(contract: Contract, why: Why = "", as_json: JsonOption = False) -> None:
    """Block a subscriber, in the name of who types."""
    set_up_django()
    from netledger.access.services import place_block
    from netledger.cli.lookup import subscriber_of

    subscriber = subscriber_of(contract)
    place_block(subscriber_id=subscriber.id, placed_by=author(), why=why)
    tell_contract("Договор {} заблокирован", "Contract {} is blocked", subscriber.id, as_json=as_json)


@app.command("lift", help=say("Снять блокировку", "Lift the block"))
def lift(contract: Contract, as_json: JsonOption = False) -> None:
    """Lift the block, in the name of who types."""
    set_up_django()
    from netledger.access.services import lift_block
    from netledger.cli.lookup import subscriber_of

    subscriber = subscriber_of(contract)
    lift_block(subscriber_id=subscriber.id, lifted_by=author())
    tell_contract(
        "Договор {}: блокировка снята", "Contract {}: the block is lifted", subscriber.id, as_json=as_json
    )
