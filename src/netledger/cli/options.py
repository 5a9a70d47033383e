"""Arguments and options that several subcommands take, and how what was typed is read."""

import re
from datetime import date
from decimal import Decimal
from getpass import getuser
from typing import Annotated, NamedTuple

import typer

from netledger.cli.language import say
from netledger.ledger.amounts import Amount, parse_amount
from netledger.network.unchanged import UNCHANGED, Unchanged

_ROUBLES = re.compile(r"[0-9]{1,8}(\.[0-9]{1,2})?")
_LANE = re.compile(r"[0-9]{1,10}(/[0-9]{1,10}){0,3}")


class Lane(NamedTuple):
    """What was typed of the speed in one direction: kbit/s and bytes; None where the rule says how much."""

    rate_kbps: int
    ceil_kbps: int
    burst_bytes: int | None
    cburst_bytes: int | None


def parse_roubles(text: str) -> Decimal:
    """A sum of roubles with at most two places after a point; nothing is rounded."""
    if _ROUBLES.fullmatch(text) is None:
        raise typer.BadParameter(say(f"не сумма: «{text}»", f"not a sum: “{text}”"))
    return Decimal(text).quantize(Decimal("0.01"))


def parse_sum(text: str) -> Amount:
    """A sum above zero, as a payment has it."""
    try:
        return parse_amount(text)
    except ValueError:
        raise typer.BadParameter(say(f"не сумма: «{text}»", f"not a sum: “{text}”")) from None


def parse_day(text: str) -> date:
    """A date as 2026-11-25."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(say(f"не дата: «{text}»", f"not a date: “{text}”")) from None


def parse_lane(text: str) -> Lane:
    """RATE, RATE/CEIL, RATE/CEIL/BURST or RATE/CEIL/BURST/CBURST; what is guaranteed is also the most, if alone."""
    if _LANE.fullmatch(text) is None:
        raise typer.BadParameter(say(f"не скорость: «{text}»", f"not a speed: “{text}”"))
    rate, ceil, burst, cburst, *_ = [*map(int, text.split("/")), None, None, None]
    assert rate is not None
    return Lane(rate, rate if ceil is None else ceil, burst, cburst)


def require_some(*given: object) -> None:
    """Refuse a change that changes nothing as wrong usage: its options were forgotten."""
    if all(one is None for one in given):
        raise typer.BadParameter(say("не сказано, что изменить", "it is not said what to change"))


def changed_to(option: str, text: str | None, *, without: bool) -> str | Unchanged | None:
    """What `--option TEXT` or `--no-option` asks for: that text, or None, or that it stay; not both at once."""
    if without and text is not None:
        raise contradiction(f"--{option}", f"--no-{option}")
    return UNCHANGED if text is None and not without else text


def contradiction(one: str, other: str) -> typer.BadParameter:
    """The wrong usage of two options that cannot both be meant."""
    return typer.BadParameter(say(f"либо {one}, либо {other}", f"either {one} or {other}"))


def author() -> str:
    """Who types, as the system knows him."""
    try:
        return getuser()
    except (KeyError, OSError):
        return "netledger"


JsonOption = Annotated[
    bool, typer.Option("--json", help=say("ответ одним документом JSON", "answer with one JSON document"))
]
Contract = Annotated[
    str,
    typer.Argument(
        metavar="CONTRACT", help=say("номер договора или логин", "the contract number or a login")
    ),
]
Login = Annotated[
    str, typer.Argument(metavar="LOGIN", help=say("логин учётной записи", "the connection's login"))
]
PlanName = Annotated[str, typer.Argument(metavar="PLAN", help=say("имя тарифа", "the plan's name"))]
Roubles = Annotated[
    Decimal, typer.Argument(metavar="ROUBLES", parser=parse_roubles, help=say("сумма", "the sum"))
]
FromDay = Annotated[
    date | None,
    typer.Option(
        "--from",
        metavar="DATE",
        parser=parse_day,
        help=say("первый день; без него сегодня", "the first day; without it today"),
    ),
]
Sum = Annotated[
    Amount,
    typer.Argument(metavar="ROUBLES", parser=parse_sum, help=say("сумма больше нуля", "a sum above zero")),
]
OperationId = Annotated[
    int, typer.Argument(metavar="OPERATION", help=say("номер операции", "the operation's id"))
]
Why = Annotated[
    str, typer.Option("--why", metavar="TEXT", help=say("причина, для людей", "the reason, for people"))
]
SpeedIn = Annotated[
    Lane | None,
    typer.Option(
        "--speed-in",
        metavar="KBPS",
        parser=parse_lane,
        help=say(
            "к абоненту, кбит/с: RATE или RATE/CEIL/BURST/CBURST (байты)",
            "to the subscriber, kbit/s: RATE, or RATE/CEIL/BURST/CBURST (bytes)",
        ),
    ),
]
SpeedOut = Annotated[
    Lane | None,
    typer.Option(
        "--speed-out",
        metavar="KBPS",
        parser=parse_lane,
        help=say("от абонента, так же", "from the subscriber, likewise"),
    ),
]
