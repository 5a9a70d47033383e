"""The ticker reads whose credit is over before it has the account's lock; who got another meanwhile keeps it."""

import pytest
from django.db import transaction

from given import a_customer, lent
from netledger.access.queries import find_decision
from netledger.ledger import clock
from netledger.ledger.models import Account
from netledger.payments import tasks
from tampering import tamper
from together import beside

pytestmark = pytest.mark.usefixtures("committed_db")


def test_while_the_ticker_waits_for_the_account() -> None:
    customer = a_customer("-310.00")
    lent(customer, "500.00", until_on=clock.today())
    tamper("UPDATE payments_credit SET until_on = until_on - 2")

    with beside() as waits, transaction.atomic():
        lent(customer, "400.00")
        tick = waits(lambda: tasks.tick(clock.now()))

    decision = find_decision(customer.id)
    assert tick.result() == 0
    assert Account.objects.get(pk=customer.account_id).overdraft == 400
    assert decision is not None
    assert decision.reason == "open"
