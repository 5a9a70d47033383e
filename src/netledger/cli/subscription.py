"""`netledger subscription add|list|end|speed`: which subscriber has which plan, and from when to when."""

from datetime import date
from typing import Annotated

import typer

from netledger.cli.django_setup import set_up_django
from netledger.cli.language import say
from netledger.cli.options import (
    Contract,
    FromDay,
    JsonOption,
    PlanName,
    SpeedIn,
    SpeedOut,
    parse_day,
)
from netledger.cli.tables import tell

app = typer.Typer(
    help=say(
        "Подключённые услуги: дать тариф, перечислить, закончить, скорость",
        "Subscriptions: add, list, end, speed",
    ),
    no_args_is_help=True,
)

SubscriptionId = Annotated[
    int,
    typer.Argument(
        metavar="ID", help=say("номер из `subscription list`", "the id that `subscription list` tells")
    ),
]


@app.command("add", help=say("Дать абоненту тариф", "Give a subscriber a plan"))
def add(
    contract: Contract,
    plan_name: PlanName,
    from_on: FromDay = None,
    speed_in: SpeedIn = None,
    speed_out: SpeedOut = None,
    as_json: JsonOption = False,
) -> None:
    """Give a subscriber a plan from a day on, with a speed of his own where one is given."""
    set_up_django()
    from netledger.charging.services import subscribe
    from netledger.cli.lookup import plan_named, speeds_of, subscriber_of
    from netledger.ledger import clock
    from netledger.tariffs.queries import version_on

    subscriber, plan, day = subscriber_of(contract), plan_named(plan_name), from_on or clock.today()
    version = version_on(plan.id, day)
    plans_speed = version.speed if version else None
    personal = speeds_of(speed_in, speed_out, otherwise=plans_speed) if speed_in or speed_out else None
    made = subscribe(subscriber_id=subscriber.id, plan_id=plan.id, from_on=day, personal=personal)
    _tell("Договор {}: тариф «{}» с {}", "Contract {}: plan “{}” from {}", made.pk, as_json=as_json)


@app.command(
    "list", help=say("Что у абонента есть, было и будет", "What a subscriber has, had and will have")
)
def list_all(contract: Contract, as_json: JsonOption = False) -> None:
    """Print his subscriptions by their first day."""
    set_up_django()
    from netledger.cli.cards import subscription_card
    from netledger.cli.lookup import subscriber_of
    from netledger.cli.printed_card import print_subscriptions
    from netledger.tariffs.queries import subscriptions_of

    found = subscriptions_of(subscriber_of(contract).id)
    print_subscriptions([subscription_card(one) for one in found], as_json=as_json)


@app.command("end", help=say("Закончить: последний день включается", "End it; its last day belongs to it"))
def end(
    subscription_id: SubscriptionId,
    until_on: Annotated[
        date | None,
        typer.Option(
            "--through",
            metavar="DATE",
            parser=parse_day,
            help=say("последний день; без него сегодня", "the last day; without it today"),
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Set the last day of a subscription."""
    set_up_django()
    from netledger.charging.services import unsubscribe
    from netledger.cli.lookup import subscription_of
    from netledger.ledger import clock

    subscription = subscription_of(subscription_id)
    unsubscribe(subscription_id=subscription.pk, until_on=until_on or clock.today())
    _tell("Договор {}: тариф «{}» с {} по {}", "Contract {}: plan “{}” from {} through {}", subscription_id,
          as_json=as_json)  # fmt: skip


@app.command("speed", help=say("Личная скорость абонента", "The subscriber's personal speed"))
def speed(
    subscription_id: SubscriptionId,
    speed_in: SpeedIn = None,
    speed_out: SpeedOut = None,
    plan_speed: Annotated[
        bool, typer.Option("--plan-speed", help=say("снова скорость тарифа", "the plan's speed again"))
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Give a subscription a speed of its own, or the plan's again; a direction that is not given stays as it is."""
    set_up_django()
    from netledger.cli.lookup import speeds_of, subscription_of
    from netledger.ledger import clock
    from netledger.tariffs.queries import version_on
    from netledger.tariffs.services import set_personal_speed

    if plan_speed == bool(speed_in or speed_out):
        raise typer.BadParameter(say("либо скорость, либо --plan-speed", "either a speed or --plan-speed"))
    subscription = subscription_of(subscription_id)
    version = version_on(subscription.plan_id, max(clock.today(), subscription.from_on))
    now = subscription.speed or (version.speed if version else None)
    personal = None if plan_speed else speeds_of(speed_in, speed_out, otherwise=now)
    set_personal_speed(subscription_id=subscription_id, personal=personal)
    _tell("Договор {}: скорость на тарифе «{}» изменена", "Contract {}: the speed with plan “{}” is changed",
          subscription_id, as_json=as_json)  # fmt: skip


def _tell(ru: str, en: str, subscription_id: int, *, as_json: bool) -> None:
    from netledger.cli.cards import subscription_card
    from netledger.cli.lookup import subscription_of

    made = subscription_of(subscription_id)
    sentence = say(ru, en).format(
        made.subscriber.contract_number, made.plan.name, made.from_on, made.until_on
    )
    tell(sentence, subscription_card(made), as_json=as_json)
