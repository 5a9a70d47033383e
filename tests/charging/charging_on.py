"""Charging on as the rules say it, a day and a transfer at a time: what a forecast is held against."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from hypothesis import strategies as st

from given import a_plan, a_subscriber, moved
from netledger.charging.proration import month_day_part
from netledger.ledger.models import Account, Transfer
from netledger.ledger.queries import balance_of
from netledger.ledger.services import Movement, record_transfer, set_overdraft, system_account_id
from netledger.subscribers.models import Subscriber
from netledger.tariffs.models import Subscription
from netledger.tariffs.queries import version_on
from netledger.tariffs.services import (
    Speeds,
    add_plan_version,
    begin_subscription,
    end_subscription,
    move_charged_through,
)

ONE_DAY = timedelta(days=1)
TODAY = date(2027, 1, 20)
"""February, shorter than its neighbours, is the month after."""

sums = st.decimals(places=2, min_value=0, max_value=1500)
prices = st.decimals(places=2, min_value=600, max_value=3000) | st.sampled_from([Decimal(0), Decimal("0.07")])


class Lasting(NamedTuple):
    """A subscription that a test draws; days are counted from today, prices hold from their days."""

    from_day: int
    days: int | None
    price: Decimal
    new_prices: dict[int, Decimal]


class Drawn(NamedTuple):
    """A subscriber that a test draws: all subscriptions are charged through the same day; the credit ends or not."""

    subscriptions: Sequence[Lasting]
    charged_through_day: int
    balance: Decimal
    lent: Decimal
    lent_until_day: int | None


lasting = st.builds(
    Lasting,
    from_day=st.integers(-50, 50),
    days=st.none() | st.integers(1, 60),
    price=prices,
    new_prices=st.dictionaries(st.integers(-60, 70), prices, max_size=2),
)
drawn = st.builds(
    Drawn,
    subscriptions=st.lists(lasting, min_size=1, max_size=3),
    charged_through_day=st.integers(-40, 0),
    balance=sums,
    lent=st.just(Decimal(0)) | sums,
    lent_until_day=st.none() | st.integers(0, 60),
).filter(lambda one: any(_last_day(own) >= 0 for own in one.subscriptions))


def that_day(number: int) -> date:
    """The date so many days from today."""
    return TODAY + timedelta(days=number)


def made(one: Drawn) -> Subscriber:
    """That subscriber, written through the services."""
    subscriber = a_subscriber()
    if one.balance:
        moved(subscriber, str(one.balance))
    set_overdraft(account_id=subscriber.account_id, overdraft=one.lent)
    for own in one.subscriptions:
        plan = a_plan(str(own.price))
        for number, price in own.new_prices.items():
            add_plan_version(plan_id=plan.pk, from_on=that_day(number), price=price, speeds=Speeds())
        subscription = begin_subscription(
            subscriber_id=subscriber.pk, plan_id=plan.pk, from_on=that_day(own.from_day)
        )
        if own.days is not None:
            end_subscription(subscription_id=subscription.pk, until_on=that_day(_last_day(own)))
        if own.from_day <= one.charged_through_day:
            moved_through(subscription, that_day(min(one.charged_through_day, _last_day(own))))
    return subscriber


class Run:
    """Charges a subscriber's days one after the other, a transfer for each subscription that has the day."""

    def __init__(self, subscriber: Subscriber, one: Drawn) -> None:
        self._account_id = subscriber.account_id
        self._revenue_id = system_account_id(Account.Kind.REVENUE)
        self._subscriptions = list(Subscription.objects.filter(subscriber=subscriber))
        self._price = cache(self._price_in_force)
        self.day = that_day(one.charged_through_day)
        """The last day that is charged."""

    def charge_next_day(self) -> Decimal:
        """Charge one day more; the balance after it."""
        self.day += ONE_DAY
        for subscription in self._subscriptions:
            if subscription.from_on <= self.day <= (subscription.until_on or self.day):
                period_from_on = max(self.day.replace(day=1), subscription.from_on)
                self._charge(subscription, self._price(subscription.plan_id, period_from_on))
        return balance_of(self._account_id)

    def charge_while(self, is_on: Callable[[date, Decimal], bool]) -> date:
        """Charge day by day until `is_on` (the day, the balance after it) is false; the last day before that."""
        left = self.charge_next_day()
        while is_on(self.day, left):
            left = self.charge_next_day()
        return self.day - ONE_DAY

    def _charge(self, subscription: Subscription, price: Decimal) -> None:
        part = month_day_part(price=price, on=self.day)
        if part:
            noon = datetime.combine(self.day, time(12), tzinfo=UTC)
            record_transfer(
                Movement(
                    self._account_id, self._revenue_id, -part, Transfer.Kind.CHARGE, "charge", self.day, noon
                )
            )
        moved_through(subscription, self.day)

    def _price_in_force(self, plan_id: int, day: date) -> Decimal:
        version = version_on(plan_id, day)
        assert version is not None
        return version.price


def lent_on(one: Drawn, day: date) -> Decimal:
    """How far below zero the balance may go on that day."""
    is_over = one.lent_until_day is not None and day > that_day(one.lent_until_day)
    return Decimal(0) if is_over else one.lent


def _last_day(own: Lasting) -> int:
    return 10_000 if own.days is None else own.from_day + own.days - 1


def moved_through(subscription: Subscription, day: date) -> None:
    """Set the last day that is charged."""
    assert move_charged_through(
        subscription_id=subscription.pk, seen_on=subscription.charged_through_on, through_on=day
    )
    subscription.charged_through_on = day
