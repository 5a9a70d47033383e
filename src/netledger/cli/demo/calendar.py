"""The demonstration's span of time: its days by number, from 0 on."""

from datetime import date, datetime, time, timedelta
from functools import cache

from netledger.cli.demo.shares import HISTORY_DAYS
from netledger.ledger import clock


class Calendar:
    """Days that end with yesterday, in the provider's time zone; numbers below 0 are days before them."""

    def __init__(self, today: date, days: int = HISTORY_DAYS) -> None:
        self.today = today
        self.days = days
        """How many days were charged."""
        self.yesterday = days
        """The number of the day that may have been paid on and is not charged yet."""
        self._zone = clock.zone()
        self.day = cache(self._day)
        """The date of a day."""
        self.start = cache(self._start)
        """The first instant of a day."""

    def _day(self, number: int) -> date:
        return self.today + timedelta(days=number - self.yesterday - 1)

    def at(self, number: int, second: int) -> datetime:
        """A moment of that day by the clock on the wall, so many seconds after midnight."""
        return datetime.combine(self.day(number), time.min, tzinfo=self._zone) + timedelta(seconds=second)

    def _start(self, number: int) -> datetime:
        return clock.day_start(self.day(number))
