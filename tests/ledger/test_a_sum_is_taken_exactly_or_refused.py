"""A sum is taken to the kopeck as it is written, or it is refused; nothing is ever rounded. Cases: V08."""

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from netledger.ledger.amounts import AMOUNT_MAX, Amount, is_exact, parse_amount, to_kopecks

TEXTS = st.one_of(
    st.from_regex(r"[0-9]{1,10}(\.[0-9]{0,4})?", fullmatch=True),
    st.from_regex(r"[+-]?[0-9 ,._]{1,12}(e[0-9])?\n?", fullmatch=True),
    st.text(max_size=12),
    st.decimals(places=2, min_value=0, max_value=AMOUNT_MAX * 2).map(str),
)


def _kopecks_of(text: str) -> int | None:
    """By the words of the rule: ASCII digits, at most two places after a point, above zero, up to the largest."""
    whole, point, places = text.partition(".")
    ascii_digits = set("0123456789")
    well_formed = bool(whole) and set(whole) <= ascii_digits and set(places) <= ascii_digits
    if not well_formed or (point and not 1 <= len(places) <= 2):
        return None
    kopecks = int(whole) * 100 + int(places.ljust(2, "0"))
    return kopecks if 0 < kopecks <= 99_999_999 * 100 + 99 else None


@given(text=TEXTS)
@example("99999999.99")
@example("100000000.00")
@example("0000000000100.50")
@example("0.01")
@example("0.00")
@example("１00")
@example("1٠")
@example("100.")
@example(".50")
@example("100\n")
def test_a_text_is_a_sum_when_the_rule_says_so(text: str) -> None:
    try:
        taken = parse_amount(text)
    except ValueError:
        assert _kopecks_of(text) is None
    else:
        assert taken * 100 == _kopecks_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "1,50", "1 000.00", "1,000.00", "1e3", "NaN", "Infinity", "27964.000000000004", "-100", "0.00", "100.005",
        "", "+1", "1_0", "0x10", "sNaN", "1.2.3", "１", "100 ", "\t100",
    ],
)  # fmt: skip
def test_what_is_no_sum_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(text))):
        parse_amount(text)


@pytest.mark.parametrize(("text", "roubles"), [("100", "100.00"), ("100.5", "100.50"), ("100.10", "100.10")])
def test_what_is_a_sum_is_taken_as_it_is(text: str, roubles: str) -> None:
    taken = parse_amount(text)

    assert isinstance(taken, Amount)
    assert f"{taken:.2f}" == roubles


@pytest.mark.parametrize("text", ["0.01", "-0.01", "99999999.99", "-99999999.99", "0", "1E+2"])
def test_a_number_that_fits_is_exact(text: str) -> None:
    assert is_exact(Decimal(text))


@pytest.mark.parametrize(
    "text",
    ["0.001", "100000000.00", "-100000000.00", "NaN", "sNaN", "Infinity", "-Infinity", "1.000000000000001"],
)
def test_a_number_that_does_not_fit_is_not_exact(text: str) -> None:
    assert not is_exact(Decimal(text))


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("0.005", "0.01"), ("-0.005", "-0.01"), ("0.004999", "0.00"), ("2.675", "2.68"), ("-2.675", "-2.68")],
)
def test_half_a_kopeck_is_rounded_away_from_zero(value: str, rounded: str) -> None:
    assert to_kopecks(Decimal(value)) == Decimal(rounded)
