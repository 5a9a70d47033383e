"""A contract is written whole or not at all, within its limits, and closing it keeps all that it was."""

import unicodedata

import pytest

from given import a_customer, a_group, a_subscriber, balance, charged, paid, the_clock_says, utc
from netledger.ledger.models import Account
from netledger.subscribers.errors import ContractClosed, IdentifierTaken, TextTooLong
from netledger.subscribers.models import Subscriber
from netledger.subscribers.queries import find_by_identifier, find_subscriber
from netledger.subscribers.services import add_subscriber, close_subscriber

pytestmark = pytest.mark.django_db

TEXTS = ("name", "street", "house", "flat", "phone", "email")


def _add(**texts: str) -> Subscriber:
    return add_subscriber(**({"contract_number": "C-1", "name": "Иванов", "group_id": a_group().id} | texts))


def test_with_an_account_at_zero() -> None:
    the_clock_says(utc(2026, 11, 10, 12))

    subscriber = _add(name="Иванов", street="Садовая", house="1", flat="2", phone="+7 900", email="a@b")

    stored = Subscriber.objects.get(pk=subscriber.id)
    assert [getattr(stored, field) for field in TEXTS] == ["Иванов", "Садовая", "1", "2", "+7 900", "a@b"]
    assert (stored.created_at, stored.activated_at, stored.closed_at) == (utc(2026, 11, 10, 12), None, None)
    assert (stored.account.kind, balance(stored)) == (Account.Kind.SUBSCRIBER, 0)


@pytest.mark.parametrize("field", TEXTS)
@pytest.mark.parametrize("text", ["я" * 251, "a\nb", "a\0", "\x1b[0m", "\ud800"])
def test_a_text_that_is_too_long_or_holds_a_control_is_refused_by_its_name(field: str, text: str) -> None:
    with pytest.raises(TextTooLong) as refused:
        _add(**{field: text})

    assert refused.value.facts() == {"field": field, "length_max": 250}


def test_hostile_and_composed_text_is_kept_as_it_is() -> None:
    name = """<img src=x onerror=1> =HYPERLINK("http://x") О'Нил "Ж" \\ %s {0}"""

    assert _add(name=name).name == name
    assert _add(contract_number="C-2", name="я" * 250).name == "я" * 250
    assert _add(contract_number="C-3", name=unicodedata.normalize("NFD", "  Йод ")).name == "Йод"


def test_a_number_that_is_taken_leaves_nothing_behind() -> None:
    a_subscriber("10245")
    before = (Subscriber.objects.count(), Account.objects.count())
    group = a_group()

    with pytest.raises(IdentifierTaken):
        add_subscriber(contract_number="10245", name="Иванов", group_id=group.id)

    assert (Subscriber.objects.count(), Account.objects.count()) == before


def test_closed_it_keeps_its_number_its_money_and_its_past() -> None:
    customer = a_customer()
    paid(customer, "150.00")
    charged(customer, "30.00")
    the_clock_says(utc(2026, 11, 10, 12))

    close_subscriber(subscriber_id=customer.id)

    closed = find_subscriber(customer.id)
    assert closed is not None
    assert closed.closed_at == utc(2026, 11, 10, 12)
    assert find_by_identifier(customer.contract_number) == closed
    assert balance(closed) == 150 - 30
    assert closed.account.transfers.count() == 2
    assert closed.subscriptions.count() == 1


def test_it_is_closed_once() -> None:
    subscriber = a_subscriber("10245")
    close_subscriber(subscriber_id=subscriber.id)

    with pytest.raises(ContractClosed) as refused:
        close_subscriber(subscriber_id=subscriber.id)

    assert refused.value.contract_number == "10245"
