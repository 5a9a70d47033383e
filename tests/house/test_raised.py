"""Each method of the System API declares what it may refuse."""

import pytest

import netledger.system_api.contexts  # noqa: F401 - declares the methods
from house.raised import Place, refusals_of, wrong_declarations
from house.tree import hold
from netledger.system_api.declaration import REGISTRY

NEVER_ANSWERED = frozenset(
    {
        "OnecCodeMalformed",  # the argument's type has read the code already, by the same rule
        "SecretKeyMissing", "SecretKeyWrong",  # a home without its key is no home to serve from
    }
)  # fmt: skip
CANCEL = Place("netledger.payments.services", "cancel_payment")


def _methods(*, without: str = "") -> list[tuple[Place, frozenset[str]]]:
    return [
        (
            Place(method.function.__module__, method.function.__name__),
            frozenset(refusal.__name__ for refusal in method.refusals) - {without}
            | _unanswered(method.function),
        )
        for method in REGISTRY.values()
    ]


def _unanswered(function: object) -> frozenset[str]:
    return refusals_of(Place(function.__module__, function.__name__)) & NEVER_ANSWERED


def test_every_refusal_that_a_method_may_raise_is_declared_and_no_other() -> None:
    hold(wrong_declarations(_methods()))


def test_what_a_function_raises_itself_or_by_whom_it_calls_is_found() -> None:
    assert refusals_of(CANCEL) == {"PaymentUnknown", "PaymentConflict", "CancelledTooLate"}


def test_what_is_caught_is_not_raised() -> None:
    found = refusals_of(Place("netledger.system_api.contexts.fiscal", "_payer_id"))

    assert "AddressAmbiguous" in refusals_of(Place("netledger.system_api.contexts.fiscal", "_find_payer"))
    assert "AddressAmbiguous" not in found


@pytest.mark.parametrize("missing", ["NasUnknown", "PaymentConflict", "SessionEnded"])
def test_a_refusal_that_is_not_declared_is_found(missing: str) -> None:
    assert any(missing in offence.what for offence in wrong_declarations(_methods(without=missing)))


def test_a_declared_refusal_that_nothing_raises_is_found() -> None:
    place, declared = _methods()[0]

    assert len(list(wrong_declarations([(place, declared | {"CreditOver"})]))) == 1
