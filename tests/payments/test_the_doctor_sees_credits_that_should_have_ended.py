"""A credit whose last day is over, and which still holds a minute later, is found until it has ended."""

from datetime import date

import pytest

from found import codes
from given import a_customer, lent, the_clock_says, utc
from netledger.installation.settings import Settings
from netledger.ledger import clock
from netledger.payments import tasks
from netledger.payments.doctor import findings

pytestmark = pytest.mark.django_db


def test_until_the_ticker_has_ended_it() -> None:
    the_clock_says(utc(2026, 11, 10, 12))
    lent(a_customer(), "100.00", until_on=date(2026, 11, 10))
    the_clock_says(utc(2026, 11, 11, 0, 0, 59))
    assert codes(findings(Settings())) == [], "the ticker has a minute"
    the_clock_says(utc(2026, 11, 11, 0, 1))

    assert codes(findings(Settings())) == ["credits_overdue"]

    tasks.tick(clock.now())
    assert codes(findings(Settings())) == []
