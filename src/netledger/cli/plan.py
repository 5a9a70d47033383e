"""`netledger plan add|list|price|retire`: what is sold, at which price and speed from when."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from netledger.cli.django_setup import set_up_django
from netledger.cli.language import say
from netledger.cli.options import (
    FromDay,
    JsonOption,
    PlanName,
    Roubles,
    SpeedIn,
    SpeedOut,
    parse_day,
    parse_roubles,
)
from netledger.cli.tables import print_records, tell

if TYPE_CHECKING:
    from netledger.tariffs.models import PlanVersion

app = typer.Typer(
    help=say("Тарифы: завести, перечислить, цена, снять", "Plans: add, list, price, retire"),
    no_args_is_help=True,
)


PriceOption = Annotated[
    Decimal,
    typer.Option(
        "--price", metavar="ROUBLES", parser=parse_roubles, help=say("цена в месяц", "the price a month")
    ),
]
ByMonth = Annotated[
    bool,
    typer.Option(
        "--by-month",
        help=say("списывать за месяц сразу; иначе по дням", "charged a month in one sum; else by the day"),
    ),
]
NoAccess = Annotated[
    bool, typer.Option("--no-access", help=say("услуга не открывает сеть", "it does not open the network"))
]


class PlanRow(msgspec.Struct, frozen=True):
    """A plan with one of its prices: roubles a month from a day on; speeds as they are typed."""

    name: str
    price: Decimal
    from_on: date
    charged_by: str
    gives_access: bool
    speed_in: str
    speed_out: str
    retired: bool


class RetiredPlan(msgspec.Struct, frozen=True):
    """A plan that is sold no more."""

    name: str
    retired: bool = True


@app.command("add", help=say("Завести тариф", "Add a plan"))
def add(
    name: PlanName,
    price: PriceOption,
    from_on: FromDay = None,
    speed_in: SpeedIn = None,
    speed_out: SpeedOut = None,
    by_month: ByMonth = False,
    no_access: NoAccess = False,
    as_json: JsonOption = False,
) -> None:
    """Add a plan with its first price, and say so."""
    set_up_django()
    from netledger.cli.lookup import speeds_of
    from netledger.ledger import clock
    from netledger.tariffs.models import Plan
    from netledger.tariffs.services import add_plan

    plan = add_plan(
        name=name,
        price=price,
        speeds=speeds_of(speed_in, speed_out),
        from_on=from_on or clock.today(),
        charged_by=Plan.ChargedBy.MONTH if by_month else Plan.ChargedBy.DAY,
        gives_access=not no_access,
    )
    _tell(_row(plan.versions.get()), as_json=as_json)


@app.command("list", help=say("Перечислить тарифы и их цены", "List plans and their prices"))
def list_all(as_json: JsonOption = False) -> None:
    """Print of each plan the price in force, and those to come."""
    set_up_django()
    from netledger.ledger import clock
    from netledger.tariffs.queries import prices_since

    columns = [
        say("тариф", "plan"), say("цена в месяц", "price a month"), say("с", "from"),
        say("списание", "charged by"), say("доступ", "access"), say("скорость к абоненту", "speed in"),
        say("от абонента", "speed out"), say("снят", "retired"),
    ]  # fmt: skip
    print_records(columns, [_row(version) for version in prices_since(clock.today())], as_json=as_json)


@app.command("price", help=say("Новая цена с указанного дня", "Another price from a day on"))
def price(
    name: PlanName,
    roubles: Roubles,
    from_on: Annotated[
        date,
        typer.Option("--from", metavar="DATE", parser=parse_day, help=say("с какого дня", "from which day")),
    ],
    speed_in: SpeedIn = None,
    speed_out: SpeedOut = None,
    as_json: JsonOption = False,
) -> None:
    """Add a version of a plan; a speed that is not given stays as it is on the day before."""
    set_up_django()
    from netledger.cli.lookup import plan_named, speeds_of
    from netledger.tariffs.queries import version_on
    from netledger.tariffs.services import add_plan_version

    plan = plan_named(name)
    before = version_on(plan.id, from_on)
    speeds = speeds_of(speed_in, speed_out, otherwise=before.speed if before else None)
    version = add_plan_version(plan_id=plan.id, from_on=from_on, price=roubles, speeds=speeds)
    _tell(_row(version), as_json=as_json)


@app.command(
    "retire",
    help=say("Больше не продавать; у кого есть, тот остаётся", "Sell it no more; who has it keeps it"),
)
def retire(name: PlanName, as_json: JsonOption = False) -> None:
    """Retire a plan, and say so."""
    set_up_django()
    from netledger.cli.lookup import plan_named
    from netledger.tariffs.services import retire_plan

    plan = plan_named(name)
    retire_plan(plan_id=plan.id)
    sentence = say(f"Тариф «{plan.name}» снят с продажи", f"Plan “{plan.name}” is sold no more")
    tell(sentence, RetiredPlan(plan.name), as_json=as_json)


def _row(version: "PlanVersion") -> PlanRow:
    from netledger.cli.lookup import shown_lanes

    plan, (speed_in, speed_out) = version.plan, shown_lanes(version.speed)
    return PlanRow(
        name=plan.name,
        price=version.price,
        from_on=version.from_on,
        charged_by=str(plan.charged_by),
        gives_access=plan.gives_access,
        speed_in=speed_in,
        speed_out=speed_out,
        retired=plan.retired_at is not None,
    )


def _tell(row: PlanRow, *, as_json: bool) -> None:
    sentence = say(
        f"Тариф «{row.name}»: {row.price:.2f} в месяц с {row.from_on}",
        f"Plan “{row.name}”: {row.price:.2f} a month from {row.from_on}",
    )
    tell(sentence, row, as_json=as_json)
