"""However many calls of 1C come at once, a code is one subscriber's and one payment's."""

from typing import Any

from django.db import transaction

from calls import Application, Reply
from given import a_group, a_subscriber, balance
from given_cluster import Database
from netledger.subscribers.models import Subscriber
from netledger.subscribers.onec import confirm_to_onec, create_from_onec
from together import at_once, beside
from wire.onec import Onec, in_group

CREATE = "api_1c_create_abonent"
SYNC = "api_1c_sync_abonent"


def contract_of(told: list[dict[str, Any]]) -> str:
    number = told[0]["fields"]["contract_number"]
    assert isinstance(number, str)
    return number


def test_of_ten_at_once_one_is_made_and_all_are_told_of_it(committed_db: Database, api: Application) -> None:
    a_group()

    def create() -> Reply:
        return Onec(api).asks(CREATE, code1c="000000123", name="Иванов")

    replies = at_once(*[create] * 10)

    assert len({reply.body for reply in replies}) == 1, replies
    assert contract_of(replies[0].json) == "000001"
    assert Subscriber.objects.count() == 1


def test_of_ten_codes_at_once_ten_are_made_with_numbers_in_a_row(
    committed_db: Database, api: Application
) -> None:
    a_group()
    calls = [lambda code=code: Onec(api).told(CREATE, code1c=code, name="Иванов") for code in "АБВГДЕЖЗИК"]

    numbers = [contract_of(told) for told in at_once(*calls)]

    assert sorted(numbers) == [f"{number:06d}" for number in range(1, 11)]


def test_of_several_who_get_one_code_at_once_one_does(committed_db: Database, api: Application) -> None:
    ids = [a_subscriber().pk for _ in range(5)]

    replies = at_once(
        *[lambda pk=pk: Onec(api).asks(SYNC, pk=pk, code1c="000000123", sync1c="1") for pk in ids]
    )

    assert [isinstance(reply.json, list) for reply in replies].count(True) == 1
    refused = [reply.json["code"] for reply in replies if isinstance(reply.json, dict)]
    assert refused == ["onec_code_taken"] * 4
    assert Subscriber.objects.filter(onec_code="000000123").count() == 1


def test_of_ten_who_bring_one_payment_at_once_one_moves_money(
    committed_db: Database, api: Application
) -> None:
    ivanov = confirm_to_onec(subscriber_id=a_subscriber().pk, onec_code="000000123")
    payment = {"abon_code1c": "000000123", "op_date": "2020-01-01", "op_summa": "5,00", "code1c": "55"}

    replies = at_once(*[lambda: Onec(api).asks("api_1c_sync_fin_oper", **payment)] * 10)

    assert len({reply.body for reply in replies}) == 1, replies
    assert replies[0].json[0]["op_summa"] == "5.00"
    assert balance(ivanov) == 5


def test_a_code_that_somebody_gets_in_this_moment_is_his_and_nobody_is_created(
    committed_db: Database, api: Application
) -> None:
    ivanov = a_subscriber("10245", name="Иванов")

    with beside() as waits, transaction.atomic():
        confirm_to_onec(subscriber_id=ivanov.pk, onec_code="000000123")
        creation = waits(lambda: Onec(api).told(CREATE, code1c="000000123", name="Иванов"))

    assert contract_of(creation.result()) == "10245"
    assert Subscriber.objects.count() == 1
    assert contract_of(Onec(api).told(CREATE, code1c="2", name="Петров")) == "000001", "no number is lost"


def test_a_number_that_staff_gives_in_this_moment_is_passed_over(
    committed_db: Database, api: Application
) -> None:
    with beside() as waits, transaction.atomic():
        in_group(a_group().pk, "000001")
        creation = waits(lambda: _created_in(a_group().pk))

    assert creation.result().contract_number == "000002"


def _created_in(group_id: int) -> Subscriber:
    return create_from_onec(onec_code="1", name="Петров", group_id=group_id, number_pattern="{number:06d}")
