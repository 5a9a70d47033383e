"""How long a subscriber's money lasts, and how much more he needs: what charging on, day by day, will show.

Only plans charged by the day are reckoned with; a month's price in one sum and held subscriptions have rules of
their own. A credit is counted while it holds, though it is not money: what is recommended needs none.
Source: design.md, "Charging".
"""

from bisect import bisect_right
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from netledger import sql
from netledger.charging.proration import month_end, month_run, period_first
from netledger.tariffs.models import Plan

LOOKED_AT_DAYS = 400
"""A forecast looks so many days ahead and back, and no further."""
ONE_DAY = timedelta(days=1)


class Forecast(NamedTuple):
    """What a subscriber's money is enough for; sums in roubles."""

    enough_to_on: date
    """The last day whose charge leaves him open: of a debtor, the last one that he has the money for."""
    minimal: Decimal
    """What he must pay for the account to be open now; 0.00 where it is."""
    recommended: Decimal
    """What he must pay to have no debt when the next month ends."""


class PricedSubscription(NamedTuple):
    """A row of `priced_subscriptions`: the subscriber's money, one subscription, and one price of its plan."""

    today: date
    balance: Decimal
    overdraft: Decimal
    subscription_id: int
    charged_by: str
    held: bool
    from_on: date
    until_on: date | None
    charged_through_on: date | None
    price_from_on: date
    price: Decimal


class _Charged:
    """One subscription charged by the day, with the prices of its plan from the earliest on."""

    def __init__(self, rows: list[PricedSubscription]) -> None:
        first = rows[0]
        self.from_on = first.from_on
        self.last_on = first.until_on or date.max
        self.through_on = min(first.charged_through_on or first.from_on - ONE_DAY, self.last_on)
        self.is_reckoned = (
            first.charged_by == Plan.ChargedBy.DAY and not first.held and first.price_from_on <= self.from_on
        )
        self._prices = [(row.price_from_on, row.price) for row in rows]

    def yet_to_charge(self, day: date) -> Decimal:
        """What is charged from now on until that day has been; below zero, what was charged for days after it."""
        if day >= self.through_on:
            return self._cost(self.through_on + ONE_DAY, min(day, self.last_on))
        return -self._cost(max(day + ONE_DAY, self.from_on), self.through_on)

    def _cost(self, first: date, last: date) -> Decimal:
        cost = Decimal(0)
        while first <= last:
            month_last = min(month_end(first), last)
            cost += month_run(price=self._price_in_month_of(first), first=first, last=month_last)
            first = month_last + ONE_DAY
        return cost

    def _price_in_month_of(self, day: date) -> Decimal:
        first = period_first(day, begun_on=self.from_on)
        return [price for from_on, price in self._prices if from_on <= first][-1]


def forecast(subscriber_id: int, *, lent_until_on: date | None = None) -> Forecast | None:
    """What the subscriber's money is enough for; None where no rule computes it.

    That is: a closed contract, no subscription from today on, or one among them that is held, charged by the
    month or without a price on its first day.

    Args:
        lent_until_on: the last day of his credit; None, if it has no end.
    """
    rows = sql.rows_prepared("charging/priced_subscriptions", PricedSubscription, subscriber_id=subscriber_id)
    charged = [_Charged(list(own)) for _, own in groupby(rows, lambda row: row.subscription_id)]
    lasting = [one for one in charged if one.last_on >= rows[0].today]
    if not lasting or not all(one.is_reckoned for one in lasting):
        return None
    today, balance, overdraft = rows[0].today, rows[0].balance, rows[0].overdraft
    reckoned = [one for one in charged if one.is_reckoned]

    def needed(day: date) -> Decimal:
        """The least balance now with which that day is charged and he is open."""
        lent = overdraft if lent_until_on is None or day <= lent_until_on else Decimal(0)
        return sum((one.yet_to_charge(day) for one in reckoned), -lent)

    next_month_end = month_end(month_end(today) + ONE_DAY)
    cost = sum((one.yet_to_charge(next_month_end) for one in reckoned), Decimal(0))
    return Forecast(
        enough_to_on=_last_day(needed, balance, today=today, begun_on=min(one.from_on for one in reckoned)),
        minimal=max(-balance - overdraft, Decimal("0.00")),
        recommended=max(cost - balance, Decimal("0.00")),
    )


def _last_day(needed: Callable[[date], Decimal], balance: Decimal, *, today: date, begun_on: date) -> date:
    """The last day that needs no more than the balance, among those looked at; what is needed never falls."""
    before = max(min(begun_on, today) - ONE_DAY, today - timedelta(days=LOOKED_AT_DAYS)).toordinal()
    last = today.toordinal() + LOOKED_AT_DAYS
    enough = bisect_right(
        range(before + 1, last + 1), balance, key=lambda ordinal: needed(date.fromordinal(ordinal))
    )
    return date.fromordinal(before + enough)
