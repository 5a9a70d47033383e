"""1C reads a subscriber's tax numbers and addresses, connections, and the account over the current month."""

from decimal import Decimal

import pytest

from given import a_connection, a_nas, a_subscriber, charged, moved, paid, the_clock_says, utc
from netledger.ledger.clock import now
from netledger.network.sessions import start_session
from netledger.payments.corrections import correct_balance, reverse_operation
from netledger.subscribers.models import Subscriber
from wire.onec import Onec

pytestmark = pytest.mark.django_db


def test_tax_numbers_and_addresses_by_1cs_numbers_for_them(onec: Onec) -> None:
    mill = a_subscriber(name="ООО «Мельница»")
    Subscriber.objects.filter(pk=mill.pk).update(
        is_company=True,
        inn="7701234567",
        kpp="770101001",
        legal_address="Москва, Тверская, 1",
        actual_address="Тула, Мира, 2",
    )

    told = onec.told("api_1c_get_abonent_attr", abonent_id=str(mill.pk))

    assert [item["fields"] for item in told] == [
        {"attribute": 4, "attribute_value": "7701234567"},
        {"attribute": 5, "attribute_value": "770101001"},
        {"attribute": 25, "attribute_value": "Москва, Тверская, 1"},
        {"attribute": 26, "attribute_value": "Тула, Мира, 2"},
    ]


def test_of_a_natural_person_nothing_that_is_not_known(onec: Onec) -> None:
    assert onec.told("api_1c_get_abonent_attr", abonent_id=a_subscriber().pk) == []


def test_the_connections_that_have_not_ended_with_their_addresses_now(onec: Onec) -> None:
    ivanov, nas = a_subscriber(), a_nas()
    static = a_connection(nas, ivanov, login="ivanov", address="10.0.0.5")
    online = a_connection(nas, ivanov, login="ivanov2", by_session=True)
    offline = a_connection(nas, ivanov, login="ivanov3", by_session=True)
    a_connection(nas, login="petrov", address="10.0.0.6")
    start_session(login="ivanov2", session_code="S1", at=now(), address="10.0.0.77")

    told = onec.told("api_1c_get_abonent_users", abonent_id=str(ivanov.pk))

    assert told == [
        {"pk": str(static.pk), "fields": {"login": "ivanov", "ip": "10.0.0.5"}},
        {"pk": str(online.pk), "fields": {"login": "ivanov2", "ip": "10.0.0.77"}},
        {"pk": str(offline.pk), "fields": {"login": "ivanov3", "ip": ""}},
    ]


def account(onec: Onec, subscriber: Subscriber) -> tuple[Decimal, Decimal, Decimal]:
    (told,) = onec.told("api_1c_get_account", abonent_id=str(subscriber.pk))
    assert told["pk"] == str(subscriber.account_id)
    fields = told["fields"]
    return Decimal(fields["ostatok"]), Decimal(fields["debit"]), Decimal(fields["credit"])


def test_the_account_over_this_month_what_it_began_with_received_and_was_charged(onec: Onec) -> None:
    the_clock_says(utc(2026, 10, 20, 12))
    ivanov = a_subscriber()
    moved(ivanov, "-30.00")
    paid(ivanov, "500.00")
    the_clock_says(utc(2026, 11, 10, 12))
    paid(ivanov, "100.50")
    charged(ivanov, "310.00")

    assert account(onec, ivanov) == (Decimal(-30 + 500), Decimal("100.50"), Decimal("310.00"))


def test_what_was_taken_back_counts_on_its_own_side(onec: Onec) -> None:
    the_clock_says(utc(2026, 11, 10, 12))
    ivanov = a_subscriber()
    kept, mistaken = paid(ivanov, "100.00"), paid(ivanov, "55.00")
    charge = charged(ivanov, "10.00")
    charged(ivanov, "7.00")
    for operation_id in (mistaken.operation_id, charge.transfer_id):
        reverse_operation(operation_id=operation_id, author="staff", why="ошибка")
    correct_balance(subscriber_id=ivanov.pk, delta=Decimal("2.00"), author="staff", why="уступка")
    moved(ivanov, "40.00")

    ostatok, debit, credit = account(onec, ivanov)

    assert (debit, credit) == (kept.amount + Decimal(2), Decimal(7))
    assert ostatok == 40, "an opening balance is what the month began with"


def test_an_account_without_operations_is_three_zeros(onec: Onec) -> None:
    (told,) = onec.told("api_1c_get_account", abonent_id=a_subscriber().pk)

    assert told["fields"] == {"ostatok": "0.00", "debit": "0.00", "credit": "0.00"}


@pytest.mark.parametrize(
    "method", ["api_1c_get_abonent_attr", "api_1c_get_abonent_users", "api_1c_get_account"]
)
def test_who_is_not_there_is_named(onec: Onec, method: str) -> None:
    assert onec.error(method, abonent_id="12345")["error"] == "Абонент «12345» не найден"
