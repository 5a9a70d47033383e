"""`netledger payment`, `credit` and `block` do to one subscriber what staff decides, in the name of who types."""

from datetime import timedelta

import pytest

from cli.typed import answered, done, misused, refused, rows
from given import a_customer, an_operator, balance, published
from netledger.access.queries import block_of, find_decision
from netledger.cli.options import author
from netledger.ledger import clock
from netledger.payments.models import Remark
from netledger.payments.queries import credit_of
from netledger.subscribers.models import Subscriber

pytestmark = pytest.mark.django_db


def reason_of(subscriber: Subscriber) -> str:
    published()
    decision = find_decision(subscriber.id)
    assert decision is not None
    return decision.reason


def test_a_payment_opens_access_and_is_taken_once() -> None:
    an_operator("cash")
    debtor = a_customer("-30.00", contract_number="10245")
    payment = ("payment", "take", "10245", "100.50", "--operator", "cash", "--id", "чек 17")

    first = answered(*payment)
    said = done(*payment)

    assert first == {"operation_id": first["operation_id"], "balance": "70.50"}
    assert said == f"The payment was taken before: operation {first['operation_id']}, balance 70.50\n"
    assert (balance(debtor), reason_of(debtor)) == (-30 + 100.5, "open")
    assert refused(*payment[:3], "100.51", *payment[4:]).startswith("Payment чек 17 ")


def test_an_operator_that_is_not_there_takes_nothing() -> None:
    debtor = a_customer("-30.00", contract_number="10245")

    said = refused("payment", "take", "10245", "1", "--operator", "cahs", "--id", "1")

    assert said == "There is no payment operator cahs"
    assert balance(debtor) == -30


def test_of_1cs_exchange_nobody_else_takes_a_payment() -> None:
    debtor = a_customer("-30.00", contract_number="10245")

    said = refused("payment", "take", "10245", "1", "--operator", "1c", "--id", "УТП-000001")

    assert said.startswith("Payment operator 1c is the exchange with 1C")
    assert balance(debtor) == -30


@pytest.mark.parametrize("sum_", ["0", "-5", "1,5", "1.005", "100000000"])
def test_what_is_no_sum_is_wrong_usage(sum_: str) -> None:
    misused("payment", "take", "10245", "--operator", "cash", "--id", "1", "--", sum_)


@pytest.mark.parametrize("payment_id", ["", "я" * 65, "1\n2"])
def test_what_is_no_payment_id_is_wrong_usage(payment_id: str) -> None:
    assert "--id" in misused("payment", "take", "1", "5", "--operator", "cash", "--id", payment_id)


def test_a_correction_raises_or_lowers_with_who_and_why() -> None:
    customer = a_customer("10.00", contract_number="10245")

    raised = answered("payment", "correct", "10245", "--raise", "5.50", "--why", "компенсация")
    done("payment", "correct", "10245", "--lower", "20", "--why", "ошибка")

    assert (raised["balance"], balance(customer)) == ("15.50", 10 + 5.5 - 20)
    remark = Remark.objects.get(pk=raised["operation_id"])
    assert (remark.author, remark.why) == (author(), "компенсация")


@pytest.mark.parametrize("words", [(), ("--raise", "1", "--lower", "1"), ("--raise", "0")])
def test_a_correction_goes_one_way(words: tuple[str, ...]) -> None:
    misused("payment", "correct", "10245", "--why", "ошибка", *words)


def test_an_operation_is_taken_back_once_and_with_a_reason() -> None:
    an_operator("cash")
    customer = a_customer(contract_number="10245")
    operation = answered("payment", "take", "10245", "50", "--operator", "cash", "--id", "1")["operation_id"]

    assert refused("payment", "reverse", str(operation), "--why", " ") == "An author and a reason are needed"
    taken_back = answered("payment", "reverse", str(operation), "--why", "не тот договор")
    again = refused("payment", "reverse", str(operation), "--why", "не тот договор")

    assert (taken_back["balance"], balance(customer)) == ("0.00", 0)
    assert again.endswith(f"reversed already, by operation {taken_back['operation_id']}")


def test_operations_are_listed_with_what_took_them_back() -> None:
    an_operator("cash")
    a_customer("-30.00", contract_number="10245")
    payment = answered("payment", "take", "10245", "50", "--operator", "cash", "--id", "чек 1")[
        "operation_id"
    ]
    back = answered("payment", "reverse", str(payment), "--why", "не тот договор")["operation_id"]

    listed = [(row[0], *row[2:]) for row in rows("payment", "list", "10245")]

    assert listed[1:] == [
        (str(payment), "payment", "50.00", "20.00", "cash", "чек 1", str(back)),
        (str(back), "reversal", "-50.00", "-30.00", "", "", ""),
    ]
    assert listed[0][1:4] == ("opening", "-30.00", "-30.00")
    assert answered("payment", "list", "10245")[1]["sum"] == "50.00"


def test_a_credit_opens_access_until_it_ends() -> None:
    debtor = a_customer("-30.00", contract_number="10245")
    until = (clock.today() + timedelta(days=3)).isoformat()

    card = answered("credit", "grant", "10245", "30", "--through", until)
    opened = reason_of(debtor)
    done("credit", "end", "10245")

    assert card["credit"] == {"amount": "30.00", "until_on": until, "granted_by": author()}
    assert (opened, reason_of(debtor)) == ("open", "overdrawn")
    assert credit_of(debtor.id) is None
    assert refused("credit", "end", "10245") == "Contract 10245 has no credit in force"


def test_a_credit_of_a_day_that_is_over_is_refused() -> None:
    a_customer(contract_number="10245")

    said = refused("credit", "grant", "10245", "30", "--through", "2020-01-01")

    assert said == "The last day of the credit is over already"


def test_a_block_closes_access_until_it_is_lifted() -> None:
    customer = a_customer("10.00", contract_number="10245")

    done("block", "place", "10245", "--why", "рассылает спам")
    closed = reason_of(customer)
    block = block_of(customer.id)
    done("block", "lift", "10245")

    assert (closed, reason_of(customer)) == ("blocked", "open")
    assert block is not None and (block.placed_by, block.why) == (author(), "рассылает спам")
    assert refused("block", "lift", "10245") == "Contract 10245 is not blocked by the administrator"
