"""`api_1c_sync_abonent` tells that 1C has a subscriber and by which code; a code is one subscriber's."""

import pytest

from given import a_group, a_subscriber
from netledger.subscribers.models import Subscriber
from wire.onec import Onec

pytestmark = pytest.mark.django_db

SYNC = "api_1c_sync_abonent"


def stored(subscriber: Subscriber) -> tuple[str | None, bool, bool]:
    subscriber.refresh_from_db()
    return subscriber.onec_code, subscriber.onec_synced_at is not None, subscriber.made_by_onec


def test_with_the_code_that_it_gave_him(onec: Onec) -> None:
    ivanov = a_subscriber("10245")

    (told,) = onec.told(SYNC, pk=str(ivanov.pk), code1c="000000123  ", sync1c="1")

    assert stored(ivanov) == ("000000123", True, False)
    assert (told["pk"], told["fields"]["code1c"]) == (str(ivanov.pk), "000000123")


def test_again_changes_nothing(onec: Onec) -> None:
    ivanov = a_subscriber()
    first = onec.told(SYNC, pk=ivanov.pk, code1c="000000123", sync1c="1")
    ivanov.refresh_from_db()
    synced_at = ivanov.onec_synced_at

    assert onec.told(SYNC, pk=str(ivanov.pk), code1c="000000123 ", sync1c=1) == first

    ivanov.refresh_from_db()
    assert ivanov.onec_synced_at == synced_at


def test_another_code_of_its_own_replaces_the_one_before(onec: Onec) -> None:
    """1C's codes are 1C's own: it may number its subscribers anew."""
    ivanov = a_subscriber()
    onec.told(SYNC, pk=ivanov.pk, code1c="1")

    onec.told(SYNC, pk=ivanov.pk, code1c="УТ-1")

    assert stored(ivanov) == ("УТ-1", True, False)


def test_a_code_that_another_has_is_refused_naming_both(onec: Onec) -> None:
    ivanov, petrov = a_subscriber("10245"), a_subscriber("10246")
    onec.told(SYNC, pk=ivanov.pk, code1c="000000123")

    error = onec.error(SYNC, pk=petrov.pk, code1c=" 000000123")

    assert error["code"] == "onec_code_taken"
    assert error["error"] == "Код 1С 000000123 уже у договора 10245; договору 10246 он не присвоен"
    assert (stored(ivanov)[0], stored(petrov)) == ("000000123", (None, False, False))


def test_who_is_not_there_is_named(onec: Onec) -> None:
    group = a_group()

    error = onec.error(SYNC, pk=str(group.pk), code1c="000000123")

    assert (error["code"], error["error"]) == ("subscriber_unknown", f"Абонент «{group.pk}» не найден")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"code1c": "1"}, "pk"),
        ({"pk": "1"}, "code1c"),
        ({"pk": "1", "code1c": ""}, "code1c"),
        ({"pk": "1", "code1c": "1", "sync1c": "0"}, "sync1c"),
        ({"pk": "1", "code1c": "1", "sync1c": "да"}, "sync1c"),
    ],
)
def test_what_is_missing_or_wrong_is_refused_by_its_field(
    onec: Onec, fields: dict[str, str], wrong: str
) -> None:
    reply = onec.asks(SYNC, **fields)

    assert (reply.status, reply.json["field"]) == (400, wrong)
