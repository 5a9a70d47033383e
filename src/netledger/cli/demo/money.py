"""What a demonstration subscriber paid, and when, so that he stands as he is to stand."""

from decimal import Decimal
from math import ceil
from random import Random
from typing import NamedTuple

from netledger.cli.demo.offers import OPERATORS, Tariff
from netledger.cli.demo.shares import DAYS_AHEAD, DAYS_IN_DEBT, IN_DEBT, Standing
from netledger.ledger.amounts import to_kopecks

ROUND_TO = 50
"""People pay round sums, in roubles."""
PAY_EVERY_DAYS = 30
FROM_S, UNTIL_S = 6 * 3600, 22 * 3600
"""When people pay, in seconds of the day."""
STAYED_DAYS_MIN = 5
"""So long at least stays who closes his contract."""
OPERATOR_SHARES = tuple(share for _name, share in OPERATORS.values())


class Paid(NamedTuple):
    """One payment: the day's number, the second of the day, roubles, and which operator took it, from 0 on."""

    day: int
    second: int
    amount: Decimal
    operator: int


class Purse(NamedTuple):
    """The money of one subscriber: charged from day `first` up to, not including, day `end`."""

    first: int
    end: int
    opening: Decimal
    """The balance that he brought along, a debt with a minus."""
    paid: tuple[Paid, ...]
    balance: Decimal
    """What is left after the last charge, a debt with a minus."""
    empty_on: int
    """The day whose charge is the first that is not paid for."""


def purse_of(
    random: Random, *, standing: Standing, tariff: Tariff, first: int, end: int, is_newcomer: bool
) -> Purse:
    """Draw for how many days he has paid, and spread what that costs over an opening balance and round sums."""
    yesterday = end
    if standing is Standing.CLOSED:
        end = empty_on = random.randint(first + STAYED_DAYS_MIN, end)
        balance = Decimal(0)
    elif standing in IN_DEBT:
        empty_on = end - random.randint(DAYS_IN_DEBT[0], min(DAYS_IN_DEBT[1], end - first - 1))
        balance = -tariff.cost(empty_on, end)
    else:
        ahead = random.randint(*DAYS_AHEAD)
        empty_on, balance = end + ahead, to_kopecks(tariff.price * ahead / PAY_EVERY_DAYS)
    begin = first if is_newcomer else first + random.randrange(PAY_EVERY_DAYS)
    days = range(begin, min(empty_on, yesterday + 1), PAY_EVERY_DAYS)
    total = tariff.cost(first, end) + balance
    opening, amounts = _spread(total, tariff, payments=len(days), is_newcomer=is_newcomer)
    paid = tuple(_paid(random, *payment) for payment in zip(days, amounts, strict=False))
    return Purse(first, end, opening, paid, balance, empty_on)


def _spread(
    total: Decimal, tariff: Tariff, *, payments: int, is_newcomer: bool
) -> tuple[Decimal, list[Decimal]]:
    """The opening balance and the payments that make the total; a newcomer's first payment takes what is not round."""
    usual = Decimal(ceil(tariff.price / ROUND_TO) * ROUND_TO)
    if not is_newcomer:
        return total - usual * payments, [usual] * payments
    while payments > 1 and total <= usual * (payments - 1):
        payments -= 1
    return Decimal(0), [total - usual * (payments - 1)] + [usual] * (payments - 1)


def _paid(random: Random, day: int, amount: Decimal) -> Paid:
    (operator,) = random.choices(range(len(OPERATOR_SHARES)), OPERATOR_SHARES)
    return Paid(day, random.randrange(FROM_S, UNTIL_S), amount, operator)
