"""CANCEL takes a payment back, once and for good; what is sent beside the id must match it."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from given import a_subscriber, an_operator, balance, later
from given_cluster import Database
from netledger.ledger.models import Reversal, Transfer
from netledger.subscribers.models import Subscriber
from wire.conftest import Act

ID = {"pay_operator": "osmp", "pay_id_str": "777"}


@pytest.fixture
def subscriber(db: None) -> Subscriber:
    an_operator("osmp")
    return a_subscriber("10245")


def test_names_its_own_operation_and_the_one_it_reverses(pay: Act, act: Act, subscriber: Subscriber) -> None:
    paid = pay("10245", "500.00", "777").json

    cancelled = act("CANCEL", **ID).json

    reversal = Reversal.objects.get()
    assert cancelled["pk"] == cancelled["op_id"] == str(reversal.reversing_id)
    assert cancelled["reversed_op_id"] == paid["pk"] == str(reversal.reversed_id)
    assert (cancelled["act"], cancelled["sum_in"], cancelled["balance"]) == ("CANCEL", "500.00", "0.00")
    assert set(cancelled) == set(paid) | {"reversed_op_id"}
    assert balance(subscriber) == 500 - 500


def test_again_is_answered_as_the_first_time(pay: Act, act: Act, subscriber: Subscriber) -> None:
    pay("10245", "500.00", "777")
    first = act("CANCEL", **ID)
    pay("10245", "5.00", "778")

    assert act("cancel", **ID).body == first.body
    assert balance(subscriber) == 5


def test_twenty_times_at_once_reverses_once(committed_db: Database, pay: Act, act: Act) -> None:
    an_operator("osmp")
    subscriber = a_subscriber("10245")
    pay("10245", "500.00", "777")

    with ThreadPoolExecutor(20) as threads:
        replies = list(threads.map(lambda _: act("CANCEL", **ID), range(20)))

    assert {(reply.status, reply.body) for reply in replies} == {(200, replies[0].body)}
    assert balance(subscriber) == 500 - 500
    assert Transfer.objects.filter(kind="reversal").count() == 1


def test_is_final_pay_of_the_same_id_moves_nothing(pay: Act, act: Act, subscriber: Subscriber) -> None:
    pay("10245", "500.00", "777")
    act("CANCEL", **ID)

    reply = pay("10245", "500.00", "777")

    assert (reply.status, reply.json["code"]) == (200, "cancelled")
    assert balance(subscriber) == 0


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"sum_in": "500.01"}, "payment_conflict"),
        ({"contract_number": "10246"}, "payment_conflict"),
        ({"contract_number": "nobody"}, "payment_conflict"),
        ({"pay_id_str": "778"}, "payment_unknown"),
        ({"pay_operator": "cash"}, "payment_unknown"),
        ({"pay_operator": "none"}, "operator_unknown"),
    ],
)
def test_of_what_does_not_match_is_refused(
    pay: Act, act: Act, subscriber: Subscriber, more: dict[str, str], code: str
) -> None:
    an_operator("cash")
    a_subscriber("10246")
    pay("10245", "500.00", "777")

    reply = act("CANCEL", **ID | more)

    assert (reply.status, reply.json["code"]) == (200, code)
    assert balance(subscriber) == 500


def test_of_what_matches_is_done(pay: Act, act: Act, subscriber: Subscriber) -> None:
    pay("10245", "500.00", "777")

    act("CANCEL", **ID, sum_in="500", contract_number="10245")

    assert balance(subscriber) == 0


def test_is_refused_after_the_operators_days(pay: Act, act: Act, subscriber: Subscriber) -> None:
    pay("10245", "500.00", "777")
    later(days=31)

    reply = act("CANCEL", **ID)

    assert (reply.json["code"], balance(subscriber)) == ("cancel_too_late", 500)
