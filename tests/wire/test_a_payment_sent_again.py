"""A gateway that heard no answer sends its payment again: one credit, one answer. Another payment is no repeat."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from given import a_customer, a_subscriber, an_operator, balance
from given_cluster import Database
from netledger.access.queries import find_decision
from netledger.ledger.models import Transfer
from wire.conftest import Act


@pytest.mark.django_db
def test_is_answered_as_the_first_time_and_moves_nothing(pay: Act) -> None:
    an_operator("osmp")
    debtor = a_customer("-30.00", contract_number="10245")
    first = pay("10245", "100.00", "777")
    pay("10245", "5.00", "778")

    again = pay("10245", "100", "777")

    assert again.body == first.body
    assert balance(debtor) == -30 + 100 + 5


def test_fifty_times_at_once_is_credited_once(committed_db: Database, pay: Act) -> None:
    an_operator("osmp")
    debtor = a_customer("-30.00", contract_number="10245")

    with ThreadPoolExecutor(50) as threads:
        replies = list(threads.map(lambda _: pay("10245", "100.00", "777"), range(50)))

    assert {(reply.status, reply.body) for reply in replies} == {(200, replies[0].body)}
    assert balance(debtor) == -30 + 100
    assert Transfer.objects.filter(kind="payment").count() == 1
    assert not find_decision(debtor.pk).negbal


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "sum_in"), [("10245", "100.01"), ("10246", "100.00")])
def test_with_another_sum_or_contract_is_a_conflict(pay: Act, who: str, sum_in: str) -> None:
    an_operator("osmp")
    first, other = a_subscriber("10245"), a_subscriber("10246")
    pay("10245", "100.00", "777")

    reply = pay(who, sum_in, "777")

    assert (reply.status, reply.json["code"]) == (200, "payment_conflict")
    assert (balance(first), balance(other)) == (100, 0)


@pytest.mark.django_db
def test_by_another_operator_is_another_payment(pay: Act) -> None:
    an_operator("osmp")
    an_operator("cash")
    subscriber = a_subscriber("10245")

    first = pay("10245", "100.00", "777", "osmp")
    other = pay("10245", "100.00", "777", "cash")

    assert first.json["pk"] != other.json["pk"]
    assert balance(subscriber) == 100 + 100


@pytest.mark.django_db
@pytest.mark.parametrize("other", ["0777", "777 ", "７７７"])
def test_under_an_id_of_another_spelling_is_another_payment(pay: Act, other: str) -> None:
    an_operator("osmp")
    subscriber = a_subscriber("10245")

    pay("10245", "100.00", "777")
    pay("10245", "100.00", other)

    assert balance(subscriber) == 100 + 100
