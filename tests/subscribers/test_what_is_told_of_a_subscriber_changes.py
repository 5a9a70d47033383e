"""What is told of a subscriber is told anew in what is given, and the rest stays as it is."""

import pytest

from given import a_group, a_subscriber
from netledger.subscribers.errors import GroupUnknown, TaxNumberMalformed, TextTooLong
from netledger.subscribers.models import Subscriber
from netledger.subscribers.particulars import set_subscriber

pytestmark = pytest.mark.django_db

COMPANY = {"is_company": True, "inn": "7707083893", "kpp": "773601001", "legal_address": "Москва"}


def test_in_what_is_given_and_nothing_else() -> None:
    subscriber, other = a_subscriber("1", name="Иванов"), a_subscriber("2", name="Иванов")
    group = a_group()

    set_subscriber(subscriber_id=subscriber.id, group_id=group.id, phone=" 112 ", street="")
    set_subscriber(subscriber_id=subscriber.id, name="Петров")

    told = Subscriber.objects.get(pk=subscriber.id)
    assert (told.name, told.phone, told.group, told.contract_number) == ("Петров", "112", group, "1")
    assert Subscriber.objects.get(pk=other.id).name == "Иванов"


def test_a_person_becomes_a_company_and_a_person_again() -> None:
    subscriber = a_subscriber()

    company = set_subscriber(subscriber_id=subscriber.id, **COMPANY)  # type: ignore[arg-type]
    person = set_subscriber(subscriber_id=subscriber.id, is_company=False, inn="", kpp="")

    assert {field: getattr(company, field) for field in COMPANY} == COMPANY
    assert (person.is_company, person.inn, person.kpp, person.legal_address) == (False, "", "", "Москва")


@pytest.mark.parametrize("inn", ["770708389", "77070838931", "770708389A", "７７０７０８３８９３"])
def test_a_tax_number_of_another_shape_is_refused_and_nothing_changes(inn: str) -> None:
    subscriber = a_subscriber(name="Иванов")

    with pytest.raises(TaxNumberMalformed) as refused:
        set_subscriber(subscriber_id=subscriber.id, name="Петров", inn=inn)

    assert refused.value.facts() == {"field": "inn", "text": inn}
    assert Subscriber.objects.get(pk=subscriber.id).name == "Иванов"


def test_a_text_that_is_too_long_is_refused_by_its_name() -> None:
    with pytest.raises(TextTooLong) as refused:
        set_subscriber(subscriber_id=a_subscriber().id, actual_address="я" * 251)

    assert refused.value.facts()["field"] == "actual_address"


def test_a_group_that_is_not_there_is_refused() -> None:
    with pytest.raises(GroupUnknown):
        set_subscriber(subscriber_id=a_subscriber().id, group_id=0)
