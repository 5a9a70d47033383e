"""`api_1c_get_abonents` answers whom 1C has not yet below a group, at any depth, in a stable order."""

import json
import tracemalloc
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from calls import settings
from given import a_group
from netledger.ledger import clock
from netledger.subscribers.bulk import NewContract, add_subscribers
from netledger.subscribers.models import Subscriber
from netledger.system_api.conditions import KnownTags
from netledger.system_api.contexts import onec as methods
from netledger.system_api.declaration import Call
from netledger.system_api.onec_scalars import Pk
from wire.onec import Onec, in_group

pytestmark = pytest.mark.django_db

FIELDS = "account name code1c email company sms contract_number"


def numbers(told: list[dict[str, dict[str, str]]]) -> list[str]:
    return [item["fields"]["contract_number"] for item in told]


def test_with_all_that_1c_reads_of_them(onec: Onec) -> None:
    town = a_group("Город")
    mill = in_group(town.id, "0010245", name="ООО «Мельница»", email="mill@example.org", phone="+7 000 1")
    Subscriber.objects.filter(pk=mill.pk).update(is_company=True)

    (told,) = onec.told("api_1c_get_abonents", parent_id=str(town.id))

    assert list(told) == ["pk", "fields"]
    assert list(told["fields"]) == FIELDS.split()
    assert told == {
        "pk": str(mill.pk),
        "fields": {
            "account": str(mill.account_id),
            "name": "ООО «Мельница»",
            "code1c": "",
            "email": "mill@example.org",
            "company": "1",
            "sms": "+7 000 1",
            "contract_number": "0010245",
        },
    }


def test_at_any_depth_and_nobody_beside_it_by_their_ids(onec: Onec) -> None:
    town, other = a_group("Город"), a_group("Другой город")
    street = a_group("Улица", parent=town)
    house = a_group("Дом", parent=street)
    for number, group in (("3", house), ("1", town), ("9", other), ("2", street)):
        in_group(group.id, number)

    assert numbers(onec.told("api_1c_get_abonents", parent_id=town.id)) == ["3", "1", "2"]
    assert numbers(onec.told("api_1c_get_abonents", parent_id=house.id)) == ["3"]


def test_until_1c_has_them_and_with_sync1c_1_from_then_on(onec: Onec) -> None:
    town = a_group("Город")
    for number in ("1", "2"):
        in_group(town.id, number)
    first = onec.told("api_1c_get_abonents", parent_id=town.id, sync1c="0")[0]
    onec.told("api_1c_sync_abonent", pk=first["pk"], code1c="000000001", sync1c="1")

    left = onec.told("api_1c_get_abonents", parent_id=town.id)
    had = onec.told("api_1c_get_abonents", parent_id=town.id, sync1c="1")

    assert numbers(left) == ["2"]
    assert numbers(had) == ["1"]
    assert had[0]["fields"]["code1c"] == "000000001"


def test_nobody_is_an_empty_list(onec: Onec) -> None:
    assert onec.told("api_1c_get_abonents", parent_id=a_group("Пустой").id) == []


def test_a_group_that_is_not_there_is_named(onec: Onec) -> None:
    somebody = in_group(a_group("Город").id, "1")

    for unknown in (somebody.pk, 2**62):  # a subscriber is no group, though their ids are of one sequence
        error = onec.error("api_1c_get_abonents", parent_id=str(unknown))
        assert (error["code"], error["error"]) == ("group_unknown", f"Группы {unknown} нет")


@pytest.mark.parametrize("wrong", ["", "abc", "-1", "0", "1.5", 1.5, True, None, str(2**63), "٣", [], {}])
def test_what_is_no_id_is_refused_by_its_field(onec: Onec, wrong: object) -> None:
    reply = onec.asks("api_1c_get_abonents", parent_id=wrong)

    assert (reply.status, reply.json["field"]) == (400, "parent_id")
    assert "parent_id" in reply.json["error_text"]


def test_is_logged_as_who_which_and_how_many_never_the_contents(onec: Onec) -> None:
    town = a_group("Город")
    for number in ("1", "2", "3"):
        in_group(town.id, number, name="Тайный Абонент")

    with capture_logs() as logged:
        onec.told("api_1c_get_abonents", parent_id=town.id)

    read, call = logged
    assert (read["event"], read["tag"], read["address"], read["rows"]) == (
        "personal_data_read", "api_1c", "127.0.0.1", 3,
    )  # fmt: skip
    assert read["which"] == f"subscribers below group {town.id}"
    assert (call["event"], call["tag"], call["address"], call["rows"]) == ("call", "api_1c", "127.0.0.1", 3)
    assert call["method"] == "api_1c_manager.api_1c_get_abonents"
    assert call["took_ms"] > 0
    assert "Тайный" not in repr(logged)


def test_a_refused_call_is_logged_with_the_tag_too(onec: Onec) -> None:
    with capture_logs() as logged:
        onec.error("api_1c_get_fin_detail", op_id="12345")

    assert [(line["tag"], line["method"], line["rows"]) for line in logged] == [
        ("api_1c", "api_1c_manager.api_1c_get_fin_detail", None)
    ]


@pytest.mark.faults
class TestTwentyThousand:
    """Many below one group: memory does not grow with them."""

    COUNT = 20_000
    BLOCK_BYTES_MAX = 4 * 1024 * 1024

    @pytest.fixture
    def town_id(self) -> int:
        group = a_group("Большой город")
        now = clock.now()
        add_subscribers(
            [
                NewContract(
                    f"Д{number:07d}",
                    "Иванов Иван Иванович",
                    group.id,
                    "Улица",
                    "1",
                    "1",
                    "",
                    "",
                    now,
                    None,
                    None,
                )
                for number in range(self.COUNT)
            ]
        )
        return group.id

    def test_are_streamed_with_flat_memory(self, town_id: int, tmp_path: Path) -> None:
        call = Call(settings(), "ru", tmp_path, wants_json=True, address="127.0.0.1", known_tags=KnownTags())
        below = methods.BelowGroup(parent_id=Pk(town_id))
        tracemalloc.start()
        try:
            answer = methods.api_1c_get_abonents(below, call)
            _, peak_bytes = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

        with answer.file as file:
            told = json.load(file)
        assert answer.rows == len(told) == self.COUNT
        assert numbers(told) == [f"Д{number:07d}" for number in range(self.COUNT)]
        assert peak_bytes < self.BLOCK_BYTES_MAX
