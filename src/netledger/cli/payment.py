"""`netledger payment take|list|correct|reverse`: the money that staff takes, looks at and puts right."""

import re
from decimal import Decimal
from typing import Annotated

import msgspec
import typer

from netledger.cli.django_setup import set_up_django
from netledger.cli.language import say
from netledger.cli.operations import operation_rows, print_operations
from netledger.cli.options import Contract, JsonOption, OperationId, Sum, Why, author, parse_sum
from netledger.cli.tables import tell
from netledger.ledger.amounts import Amount

LISTED_MAX = 50

_PAYMENT_ID = re.compile(r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,64}")

app = typer.Typer(
    help=say("Деньги: принять, показать, поправить, сторнировать", "Money: take, list, correct, reverse"),
    no_args_is_help=True,
)


def parse_payment_id(text: str) -> str:
    """The operator's own id: 1 to 64 characters, no controls."""
    if _PAYMENT_ID.fullmatch(text) is None:
        raise typer.BadParameter(say("нужны от 1 до 64 знаков", "1 to 64 characters"))
    return text


def _delta(flag: str, ru: str, en: str) -> object:
    return typer.Option(flag, metavar="ROUBLES", parser=parse_sum, help=say(ru, en))


class Operation(msgspec.Struct, frozen=True):
    """An operation, and the subscriber's balance after it, roubles."""

    operation_id: int
    balance: Decimal


@app.command(
    "take", help=say("Принять платёж; повтор с тем же номером ничего не двигает", "Take a payment, once")
)
def take(
    contract: Contract,
    roubles: Sum,
    operator_code: Annotated[
        str, typer.Option("--operator", metavar="CODE", help=say("код оператора", "the operator's code"))
    ],
    payment_id: Annotated[
        str,
        typer.Option(
            "--id",
            metavar="TEXT",
            parser=parse_payment_id,
            help=say("номер платежа у оператора, например чека", "the operator's own id, as of a receipt"),
        ),
    ],
    as_json: JsonOption = False,
) -> None:
    """Credit a subscriber with money that an operator has taken; again, it answers the same and moves nothing."""
    set_up_django()
    from netledger.cli.lookup import subscriber_of
    from netledger.ledger import clock
    from netledger.payments.queries import gateway_operator
    from netledger.payments.services import take_payment

    receipt = take_payment(
        operator_id=gateway_operator(operator_code).pk,
        operator_payment_id=payment_id,
        sent_to=contract,
        subscriber_id=subscriber_of(contract).id,
        amount=roubles,
        taken_at=clock.now(),
    )
    said = {
        "taken": say("Платёж принят", "The payment is taken"),
        "repeat": say("Платёж уже был принят", "The payment was taken before"),
    }[receipt.outcome]
    _tell(said, Operation(receipt.operation_id, receipt.balance_after), as_json=as_json)


@app.command("list", help=say("Последние операции абонента", "The newest operations of a subscriber"))
def list_last(contract: Contract, as_json: JsonOption = False) -> None:
    """Print his newest operations, the newest last, with the ids that `reverse` takes."""
    set_up_django()
    from netledger.cli.lookup import subscriber_of
    from netledger.payments.queries import last_operations

    last = last_operations(subscriber_of(contract).account_id, operations_max=LISTED_MAX)
    print_operations(operation_rows(last), as_json=as_json)


@app.command("correct", help=say("Поправить баланс, с причиной", "Correct a balance, with a reason"))
def correct(
    contract: Contract,
    why: Why,
    raise_by: Annotated[Amount | None, _delta("--raise", "прибавить", "raise it by")] = None,
    lower_by: Annotated[Amount | None, _delta("--lower", "убавить", "lower it by")] = None,
    as_json: JsonOption = False,
) -> None:
    """Raise or lower a balance, in the name of who types."""
    if (raise_by is None) == (lower_by is None):
        raise typer.BadParameter(say("либо --raise, либо --lower", "either --raise or --lower"))
    set_up_django()
    from netledger.cli.lookup import subscriber_of
    from netledger.payments.corrections import correct_balance

    delta = raise_by if raise_by is not None else -(lower_by or Decimal(0))
    recorded = correct_balance(
        subscriber_id=subscriber_of(contract).id, delta=delta, author=author(), why=why
    )
    _tell(say("Баланс исправлен", "The balance is corrected"), Operation(*recorded), as_json=as_json)


@app.command(
    "reverse", help=say("Сторнировать операцию, с причиной", "Take an operation back, with a reason")
)
def reverse(operation_id: OperationId, why: Why, as_json: JsonOption = False) -> None:
    """Take an operation back, once, in the name of who types."""
    set_up_django()
    from netledger.payments.corrections import reverse_operation

    recorded = reverse_operation(operation_id=operation_id, author=author(), why=why)
    said = say(f"Операция {operation_id} сторнирована", f"Operation {operation_id} is taken back")
    _tell(said, Operation(*recorded), as_json=as_json)


def _tell(said: str, operation: Operation, *, as_json: bool) -> None:
    sentence = say(
        f"{said}: операция {operation.operation_id}, баланс {operation.balance:.2f}",
        f"{said}: operation {operation.operation_id}, balance {operation.balance:.2f}",
    )
    tell(sentence, operation, as_json=as_json)
