"""What the demonstration provider sells, who takes money for it and which routers it has."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from netledger.charging.proration import month_day_part
from netledger.cli.demo.calendar import Calendar
from netledger.cli.demo.shares import NAS_COUNT
from netledger.ledger.models import Account
from netledger.ledger.services import system_account_id
from netledger.network.models import Nas
from netledger.network.services import add_nas
from netledger.payments.models import Operator
from netledger.payments.services import add_operator
from netledger.tariffs.buckets import burst_bytes
from netledger.tariffs.models import Plan
from netledger.tariffs.services import Speeds, add_plan, add_plan_version, find_or_add_speed

SOLD_FROM_ON = date(2020, 1, 1)


class Offer(NamedTuple):
    """A plan as it is sold: roubles a month, kbit/s to and from the subscriber, and how many of a hundred have it."""

    name: str
    price: Decimal
    in_kbps: int
    out_kbps: int
    share: int
    new_price: Decimal | None = None
    """Since the first of this month."""


OFFERS = (
    Offer("Домашний 50", Decimal(450), 50_000, 50_000, 25),
    Offer("Домашний 100", Decimal(590), 100_000, 100_000, 30, new_price=Decimal(620)),
    Offer("Домашний 300", Decimal(750), 300_000, 300_000, 20),
    Offer("Домашний 500", Decimal(890), 500_000, 250_000, 12),
    Offer("Гигабит", Decimal(1290), 1_000_000, 500_000, 8),
    Offer("Бизнес 200", Decimal("2490.50"), 200_000, 200_000, 5),
)
OPERATORS = {
    "osmp": ("ОСМП, терминалы", 30),
    "SBERBANK_ACQ": ("Сбербанк, эквайринг", 30),
    "sbp": ("Система быстрых платежей", 20),
    "cash": ("Касса", 10),
    "yoomoney": ("ЮMoney", 5),
    "pochta": ("Почта России", 5),
}
"""Code, name, and how many of a hundred payments it takes."""


@dataclass(frozen=True)
class Tariff:
    """A plan, its share, and what it costs on each day of the span and through it, in roubles."""

    plan: Plan
    price: Decimal
    share: int
    parts: tuple[Decimal, ...]
    through: tuple[Decimal, ...]
    """The sum of the first 0, 1, 2 … days."""

    def cost(self, first: int, end: int) -> Decimal:
        """What the days from `first` up to, not including, `end` cost."""
        return self.through[end] - self.through[first]


@dataclass(frozen=True)
class Provider:
    """What everything else refers to."""

    calendar: Calendar
    tariffs: tuple[Tariff, ...]
    operators: tuple[Operator, ...]
    nases: tuple[Nas, ...]
    revenue_id: int
    opening_id: int
    personal_speed_id: int


def found_provider(calendar: Calendar) -> Provider:
    """Write plans, operators and NASes."""
    return Provider(
        calendar=calendar,
        tariffs=tuple(_tariff(offer, calendar) for offer in OFFERS),
        operators=tuple(add_operator(code=code, name=name) for code, (name, _share) in OPERATORS.items()),
        nases=tuple(
            # Addresses of RFC 5737, which are nobody's.
            add_nas(name=f"nas-{number}", address=f"192.0.2.{number}")
            for number in range(1, NAS_COUNT + 1)
        ),
        revenue_id=system_account_id(Account.Kind.REVENUE),
        opening_id=system_account_id(Account.Kind.OPENING),
        personal_speed_id=find_or_add_speed(speeds_of(in_kbps=200_000, out_kbps=200_000)).pk,
    )


def speeds_of(*, in_kbps: int, out_kbps: int) -> Speeds:
    """Half of the most is guaranteed; the token buckets are as large as HTB needs."""
    return Speeds(
        rate_in_kbps=in_kbps // 2,
        ceil_in_kbps=in_kbps,
        burst_in_bytes=burst_bytes(in_kbps // 2),
        cburst_in_bytes=burst_bytes(in_kbps),
        rate_out_kbps=out_kbps // 2,
        ceil_out_kbps=out_kbps,
        burst_out_bytes=burst_bytes(out_kbps // 2),
        cburst_out_bytes=burst_bytes(out_kbps),
    )


def _tariff(offer: Offer, calendar: Calendar) -> Tariff:
    """Write a plan; a charge uses the version in force on the first day of its month."""
    speeds = speeds_of(in_kbps=offer.in_kbps, out_kbps=offer.out_kbps)
    plan = add_plan(name=offer.name, price=offer.price, speeds=speeds, from_on=SOLD_FROM_ON)
    renewed_on = calendar.today.replace(day=1)
    if offer.new_price is not None:
        add_plan_version(plan_id=plan.pk, from_on=renewed_on, price=offer.new_price, speeds=speeds)
    parts = []
    for number in range(calendar.days):
        day = calendar.day(number)
        is_renewed = offer.new_price is not None and day >= renewed_on
        price = offer.new_price if is_renewed and offer.new_price is not None else offer.price
        parts.append(month_day_part(price=price, on=day))
    return Tariff(
        plan=plan,
        price=offer.price,
        share=offer.share,
        parts=tuple(parts),
        through=tuple(accumulate(parts, initial=Decimal(0))),
    )
