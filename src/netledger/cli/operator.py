"""`netledger operator add|list|retire`: who takes money for us."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from netledger.cli.django_setup import set_up_django
from netledger.cli.language import say
from netledger.cli.options import JsonOption
from netledger.cli.tables import print_records, tell

if TYPE_CHECKING:
    from netledger.payments.models import Operator

CANCEL_WITHIN_DAYS_MAX = 3650

app = typer.Typer(
    help=say("Платёжные операторы: завести, перечислить, снять", "Payment operators: add, list, retire"),
    no_args_is_help=True,
)

Code = Annotated[
    str,
    typer.Argument(
        metavar="CODE", help=say("код, как его присылает шлюз", "the code, as the gateway sends it")
    ),
]


class OperatorRow(msgspec.Struct, frozen=True):
    """An operator, and since when it takes no new payments."""

    code: str
    name: str
    cancel_within_days: int
    retired_at: datetime | None


class RetiredOperator(msgspec.Struct, frozen=True):
    """An operator that takes no new payments."""

    code: str
    retired: bool = True


@app.command("add", help=say("Завести оператора", "Add an operator"))
def add(
    code: Code,
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help=say("имя для людей", "a name for people"))
    ],
    cancel_within_days: Annotated[
        int,
        typer.Option(
            "--cancel-within-days",
            metavar="N",
            min=0,
            max=CANCEL_WITHIN_DAYS_MAX,
            help=say("сколько дней он может отменять платёж", "for how many days it may cancel a payment"),
        ),
    ] = 30,
    as_json: JsonOption = False,
) -> None:
    """Add an operator, and say so."""
    set_up_django()
    from netledger.payments.services import add_operator

    operator = add_operator(code=code, name=name, cancel_within_days=cancel_within_days)
    sentence = say(
        f"Оператор {operator.code} заведён: {operator.name}",
        f"Operator {operator.code} is added: {operator.name}",
    )
    tell(sentence, _row(operator), as_json=as_json)


@app.command("list", help=say("Перечислить операторов, снятых тоже", "List operators, retired ones too"))
def list_all(as_json: JsonOption = False) -> None:
    """Print code, name, days to cancel within, and when it was retired."""
    set_up_django()
    from netledger.payments.queries import list_operators

    columns = [
        say("код", "code"), say("имя", "name"), say("отмена, дней", "cancels, days"), say("снят", "retired"),
    ]  # fmt: skip
    print_records(columns, [_row(operator) for operator in list_operators()], as_json=as_json)


@app.command(
    "retire", help=say("Не принимать от него новых платежей", "Take no new payments of that operator")
)
def retire(code: Code, as_json: JsonOption = False) -> None:
    """Retire an operator, and say so."""
    set_up_django()
    from netledger.payments.services import retire_operator

    retire_operator(code=code)
    sentence = say(f"Оператор {code} снят", f"Operator {code} is retired")
    tell(sentence, RetiredOperator(code), as_json=as_json)


def _row(operator: "Operator") -> OperatorRow:
    return OperatorRow(operator.code, operator.name, operator.cancel_within_days, operator.retired_at)
