"""What the cabinet shows to a subscriber of himself."""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from netledger.access.queries import find_decision
from netledger.charging.forecast import Forecast, forecast
from netledger.charging.proration import month_day_part, period_first
from netledger.ledger import clock
from netledger.ledger.queries import balance_of
from netledger.network.models import Connection
from netledger.payments.queries import credit_of
from netledger.subscribers.models import Subscriber
from netledger.tariffs.models import Plan, Subscription
from netledger.tariffs.queries import subscriptions_of, version_on


class Fees(NamedTuple):
    """What his plans of today cost, in roubles; None where no rule says it yet."""

    a_month: Decimal
    today: Decimal | None
    next_on: date | None


class Overview(NamedTuple):
    """A subscriber as he sees himself through one of his connections."""

    connection: Connection
    subscriber: Subscriber
    balance: Decimal
    may_pass: bool
    tariff_plan: Plan | None
    """Of several that give access today: one that is not held, then the one that began last; as in the lists."""
    fees: Fees
    forecast: Forecast | None


def overview_of(connection: Connection) -> Overview:
    """All that is shown of a connection's subscriber."""
    subscriber, today = connection.subscriber, clock.today()
    decision = find_decision(subscriber.pk)
    in_force = [one for one in subscriptions_of(subscriber.pk) if _is_in_force(one, today)]
    credit = credit_of(subscriber.pk)
    return Overview(
        connection=connection,
        subscriber=subscriber,
        balance=balance_of(subscriber.account_id),
        may_pass=decision is not None and not decision.negbal and not decision.blocked,
        tariff_plan=_tariff_plan(in_force),
        fees=_fees([one for one in in_force if one.held_at is None], today),
        forecast=forecast(subscriber.pk, lent_until_on=credit.until_on if credit else None),
    )


def _is_in_force(subscription: Subscription, today: date) -> bool:
    return subscription.from_on <= today and (subscription.until_on is None or today <= subscription.until_on)


def _tariff_plan(in_force: list[Subscription]) -> Plan | None:
    giving = [one for one in in_force if one.plan.gives_access]
    giving.sort(key=lambda one: (one.held_at is None, one.from_on, one.pk))
    return giving[-1].plan if giving else None


def _fees(charged: list[Subscription], today: date) -> Fees:
    prices = [_price(one, today) for one in charged]
    a_month = sum(prices, Decimal("0.00"))
    if any(one.plan.charged_by != Plan.ChargedBy.DAY for one in charged):
        return Fees(a_month, None, None)
    tomorrow = today + timedelta(days=1)
    return Fees(
        a_month=a_month,
        today=sum((month_day_part(price=price, on=today) for price in prices), Decimal("0.00")),
        next_on=tomorrow if any(_is_in_force(one, tomorrow) for one in charged) else None,
    )


def _price(subscription: Subscription, today: date) -> Decimal:
    """Of the version that today is charged by."""
    version = version_on(subscription.plan_id, period_first(today, begun_on=subscription.from_on))
    return version.price if version else Decimal("0.00")
