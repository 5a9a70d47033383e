"""`api_1c_create_abonent` creates a subscriber once for each code of 1C; the code again is the same subscriber."""

import json
import unicodedata
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from calls import PSW, environ_of, query_of, send
from calls import settings as api_settings
from given import a_group, a_subscriber
from netledger.installation.settings import AppSettings, Settings
from netledger.subscribers.models import Subscriber
from netledger.system_api import views
from wire.onec import Onec

pytestmark = pytest.mark.django_db

CREATE = "api_1c_create_abonent"


def with_app(monkeypatch: pytest.MonkeyPatch, **app: Any) -> Onec:
    """1C at a System API with those settings of the section app."""
    monkeypatch.setattr(views, "close_old_connections", lambda: None)
    network = api_settings().network
    return Onec(views.make_application(Settings(app=AppSettings(**app), network=network)))


def contract_of(told: list[dict[str, Any]]) -> str:
    number = told[0]["fields"]["contract_number"]
    assert isinstance(number, str)
    return number


def test_with_the_next_number_in_the_first_group_and_the_mark_that_it_came_from_1c(onec: Onec) -> None:
    group = a_group("Все")
    a_group("Город", parent=group)

    told = onec.told(CREATE, code1c="000000123", name="Иванов Иван")

    created = Subscriber.objects.get()
    assert told == [
        {
            "pk": str(created.pk),
            "fields": {
                "account": str(created.account_id),
                "name": "Иванов Иван",
                "code1c": "000000123",
                "email": "",
                "company": "0",
                "sms": "",
                "contract_number": "000001",
            },
        }
    ]
    assert (created.group_id, created.made_by_onec) == (group.id, True)
    assert created.onec_synced_at is not None, "1C has whom it brought"
    assert onec.told("api_1c_get_abonents", parent_id=group.id) == []


def test_the_padded_code_is_the_same_subscriber_and_the_cyrillic_one_another(onec: Onec) -> None:
    a_group()
    first = onec.told(CREATE, code1c="000000123   ", name="Иванов")

    assert onec.told(CREATE, code1c="000000123", name="Иванов") == first
    assert onec.told(CREATE, code1c="\xa0000000123", name="Иванов   ") == first
    others = [onec.told(CREATE, code1c=code, name="Иванов") for code in ("УТ-000123", "123", "уТ-000123")]

    assert [contract_of(told) for told in (first, *others)] == ["000001", "000002", "000003", "000004"]
    assert [told[0]["fields"]["code1c"] for told in others] == ["УТ-000123", "123", "уТ-000123"]


def test_another_name_for_a_known_code_is_an_error_that_shows_both(onec: Onec) -> None:
    a_group()
    onec.told(CREATE, code1c="000000123", name="Иванов")

    error = onec.error(CREATE, code1c="000000123 ", name="Петров")

    assert error["code"] == "onec_name_differs"
    assert error["error"] == "Код 1С 000000123 уже у абонента «Иванов», а прислано имя «Петров»"
    assert Subscriber.objects.count() == 1


def test_numbers_that_are_taken_are_passed_over(onec: Onec) -> None:
    for number in ("000001", "000002", "000004"):
        a_subscriber(number)

    numbers = [contract_of(onec.told(CREATE, code1c=code, name="Иванов")) for code in ("А", "Б", "В")]

    assert numbers == ["000003", "000005", "000006"]


def test_a_long_run_of_taken_numbers_is_passed_over_in_few_steps(
    onec: Onec, django_assert_max_num_queries: Any
) -> None:
    group = a_group()
    for number in range(1, 151):
        a_subscriber(f"{number:06d}") if number in (1, 2) else in_bulk(group.id, number)

    with django_assert_max_num_queries(40):
        told = onec.told(CREATE, code1c="А", name="Иванов")

    assert contract_of(told) == "000151"


def in_bulk(group_id: int, number: int) -> None:
    """Take a number without the cost of a whole contract."""
    subscriber = Subscriber.objects.first()
    assert subscriber is not None
    subscriber.identifiers.create(key=f"{number:06d}", is_contract=False, is_login=True)


def test_the_pattern_and_the_group_come_from_the_config(monkeypatch: pytest.MonkeyPatch) -> None:
    a_group("Первая")
    second = a_group("Вторая")
    onec = with_app(monkeypatch, contract_number_pattern="Д-{number}", onec_group_id=second.id)

    numbers = [contract_of(onec.told(CREATE, code1c=code, name="Иванов")) for code in ("1", "2")]

    assert numbers == ["Д-1", "Д-2"]
    assert {created.group_id for created in Subscriber.objects.all()} == {second.id}


def test_without_a_group_to_put_him_in_the_error_names_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    for configured in (0, 12345):
        error = with_app(monkeypatch, onec_group_id=configured).error(CREATE, code1c="1", name="Иванов")

        assert error["code"] == "onec_group_missing"
        assert "app['onec.group_id']" in error["error"] and str(configured) in error["error"]


@pytest.mark.parametrize("wrong", ["", "  \xa0", "х" * 251, "Иванов\nИван", "\ud800", None, False, 1.5, []])
def test_what_is_no_name_is_refused_by_its_field(onec: Onec, wrong: object) -> None:
    arg1 = json.dumps({"code1c": "1", "name": wrong})
    reply = send(onec.api, environ_of(query_of("api_1c", f"api_1c_manager.{CREATE}", arg1)))

    assert reply.status == 400
    assert reply.json["field"] == ("arg1" if wrong == "\ud800" else "name"), (
        "half a character is no JSON text"
    )


@pytest.mark.parametrize("wrong", ["", "   ", "х" * 65, "a\tb", "a\nb", None, True, 1.5, [], {}])
def test_what_is_no_code_is_refused_by_its_field(onec: Onec, wrong: object) -> None:
    reply = onec.asks(CREATE, code1c=wrong, name="Иванов")

    assert (reply.status, reply.json["field"]) == (400, "code1c")
    assert not Subscriber.objects.exists()


def test_windows_1251_is_read_as_the_text_that_it_is(onec: Onec) -> None:
    a_group()
    arg1 = json.dumps({"code1c": "УТ-000123", "name": "Ёлкина №\xa05"}, ensure_ascii=False)
    query = query_of("api_1c", f"api_1c_manager.{CREATE}", {}).replace(
        b"arg1={}", b"arg1=" + quote(arg1.encode("windows-1251")).encode()
    )

    reply = send(onec.api, environ_of(query))

    assert (reply.json[0]["fields"]["code1c"], reply.json[0]["fields"]["name"]) == (
        "УТ-000123",
        "Ёлкина №\xa05",
    )


ANY_TEXT = st.text(max_size=70)
"""Also with NUL, which no text of PostgreSQL can have."""


@given(code=ANY_TEXT, name=ANY_TEXT)
@hypothesis_settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_code_and_name_is_kept_byte_for_byte_or_refused_by_its_field(
    onec: Onec, code: str, name: str
) -> None:
    if not Subscriber.objects.exists():
        a_subscriber("есть")
    codes = set(Subscriber.objects.values_list("onec_code", flat=True))
    is_taken = unicodedata.normalize("NFC", code).strip() in codes
    arg1 = quote(json.dumps({"code1c": code, "name": name}, ensure_ascii=False).encode())
    query = f"model=Abonents&method1=api_1c_manager.{CREATE}&arg1={arg1}&context=api_1c&psw={PSW['api_1c']}"

    reply = send(onec.api, environ_of(query.encode()))

    if isinstance(reply.json, dict):
        assert reply.json["field"] in ("code1c", "name") or (
            reply.json["code"] == "onec_name_differs" and is_taken
        )
        return
    ((pk, fields),) = [(item["pk"], item["fields"]) for item in reply.json]
    stored = Subscriber.objects.get(pk=pk)
    assert fields["code1c"] == stored.onec_code == unicodedata.normalize("NFC", code).strip()
    assert fields["name"] == stored.name
    if not is_taken:
        assert stored.name == unicodedata.normalize("NFC", name)
