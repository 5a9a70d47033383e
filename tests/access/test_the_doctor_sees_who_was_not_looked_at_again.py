"""A decision that time should have changed a minute ago, and nobody looked again, is found until somebody does."""

from datetime import date

import pytest

from found import codes
from given import a_customer, published, the_clock_says, utc
from netledger.access import tasks
from netledger.access.doctor import findings
from netledger.charging.services import unsubscribe
from netledger.installation.settings import Settings
from netledger.ledger import clock

pytestmark = pytest.mark.django_db


def test_until_the_ticker_has_looked() -> None:
    the_clock_says(utc(2026, 11, 10, 12))
    customer = a_customer()
    unsubscribe(subscription_id=customer.subscriptions.get().id, until_on=date(2026, 11, 10))
    published()
    the_clock_says(utc(2026, 11, 11, 0, 1))
    assert codes(findings(Settings())) == [], "the ticker has a minute"
    the_clock_says(utc(2026, 11, 11, 0, 1, 1))

    assert codes(findings(Settings())) == ["access_overdue"]

    tasks.tick(clock.now())
    published()
    assert codes(findings(Settings())) == []
