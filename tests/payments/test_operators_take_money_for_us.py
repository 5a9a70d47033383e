"""An operator is added once under its code, and retired, never removed: a typing error opens no second name space."""

import pytest

from given import an_operator, the_clock_says, utc
from netledger.ledger.models import Account
from netledger.payments.errors import (
    OperatorCodeMalformed,
    OperatorExists,
    OperatorOfExchange,
    OperatorRetired,
    OperatorUnknown,
)
from netledger.payments.models import OPERATOR_OF_ONEC
from netledger.payments.queries import find_operator, gateway_operator, list_operators
from netledger.payments.services import add_operator, retire_operator

pytestmark = pytest.mark.django_db


def test_with_a_clearing_account_of_its_own() -> None:
    one, other = an_operator(), an_operator()

    assert one.account_id != other.account_id
    assert (one.account.kind, one.account.balance) == (Account.Kind.OPERATOR, None)
    assert (one.cancel_within_days, one.retired_at) == (30, None)


def test_a_code_is_there_once_and_compared_as_text() -> None:
    osmp, accounts = add_operator(code="osmp", name="ОСМП"), Account.objects.count()

    with pytest.raises(OperatorExists) as refused:
        add_operator(code="osmp", name="Другой")

    assert refused.value.operator_code == "osmp"
    assert Account.objects.count() == accounts
    assert find_operator("osmp") == osmp
    assert (find_operator("OSMP"), find_operator("osmp "), find_operator("")) == (None, None, None)


@pytest.mark.parametrize("code", ["", "a b", " a", "a\n", "a\u200b", "a\0", "a" * 65])
def test_a_code_that_could_be_mistaken_is_refused(code: str) -> None:
    with pytest.raises(OperatorCodeMalformed) as refused:
        add_operator(code=code, name="")

    assert refused.value.facts() == {"operator_code": code[:64], "length_max": 64}


def test_retired_once_it_stays_to_be_found() -> None:
    the_clock_says(utc(2026, 11, 10, 12))
    operator = an_operator()

    retire_operator(code=operator.code)

    found = find_operator(operator.code)
    assert found is not None
    assert found.retired_at == utc(2026, 11, 10, 12)
    with pytest.raises(OperatorRetired):
        retire_operator(code=operator.code)
    with pytest.raises(OperatorUnknown) as refused:
        retire_operator(code="osnp")
    assert refused.value.operator_code == "osnp"
    with pytest.raises(OperatorExists):
        add_operator(code=operator.code, name="снова")


def test_that_of_1cs_exchange_is_neither_retired_nor_anybody_elses() -> None:
    with pytest.raises(OperatorOfExchange) as refused:
        retire_operator(code=OPERATOR_OF_ONEC)
    with pytest.raises(OperatorOfExchange):
        gateway_operator(OPERATOR_OF_ONEC)

    assert "only 1C brings its payments, and it is never retired" in refused.value.sentence("en")
    assert "платежи от него приносит только 1С, и снять его нельзя" in refused.value.sentence("ru")
    onecs = find_operator(OPERATOR_OF_ONEC)
    assert onecs is not None and onecs.retired_at is None


def test_they_are_listed_by_code() -> None:
    for code in ("cash", "SBERBANK_ACQ", "osmp"):
        add_operator(code=code, name="")

    assert [operator.code for operator in list_operators()] == ["1c", "SBERBANK_ACQ", "cash", "osmp"]
