"""`netledger credit grant|end`: leave to owe, which is not money, only a lower threshold."""

from datetime import date
from typing import Annotated

import typer

from netledger.cli.django_setup import set_up_django
from netledger.cli.language import say
from netledger.cli.options import Contract, JsonOption, Sum, author, parse_day
from netledger.cli.tables import tell_contract

app = typer.Typer(
    help=say("Кредит: разрешить долг, отменить", "Credit: grant leave to owe, end it"), no_args_is_help=True
)


@app.command("grant", help=say("Разрешить долг; прежний кредит кончается", "Grant it; one before it ends"))
def grant(
    contract: Contract,
    roubles: Sum,
    until_on: Annotated[
        date | None,
        typer.Option(
            "--through",
            metavar="DATE",
            parser=parse_day,
            help=say("последний день; без него бессрочно", "the last day; without it without end"),
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Let a subscriber owe so much."""
    set_up_django()
    from netledger.cli.lookup import subscriber_of
    from netledger.payments.credit import grant_credit

    subscriber = subscriber_of(contract)
    grant_credit(subscriber_id=subscriber.id, amount=roubles, granted_by=author(), until_on=until_on)
    tell_contract(
        "Договор {}: кредит дан", "Contract {}: the credit is granted", subscriber.id, as_json=as_json
    )


@app.command("end", help=say("Отменить кредит", "Take the leave to owe away"))
def end(contract: Contract, as_json: JsonOption = False) -> None:
    """End the credit that is in force."""
    set_up_django()
    from netledger.cli.lookup import subscriber_of
    from netledger.payments.credit import end_credit

    subscriber = subscriber_of(contract)
    end_credit(subscriber_id=subscriber.id)
    tell_contract(
        "Договор {}: кредит окончен", "Contract {}: the credit has ended", subscriber.id, as_json=as_json
    )
