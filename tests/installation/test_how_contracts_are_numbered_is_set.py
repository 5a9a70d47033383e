"""What contract numbers are made of stands in the config; what cannot make one is refused."""

import pytest

from netledger.installation.contract_settings import read_number_pattern
from netledger.installation.errors import SettingRefused
from netledger.installation.reasons import UnfitError
from netledger.installation.settings import Settings, check_value


@pytest.mark.parametrize(
    ("pattern", "first"), [("{number:06d}", "000001"), ("Д-{number}", "Д-1"), ("{number:03d}/ФЛ", "001/ФЛ")]
)
def test_a_text_with_the_number_in_it_once(pattern: str, first: str) -> None:
    assert read_number_pattern(pattern).format(number=1) == first


def test_six_digits_where_nothing_is_set() -> None:
    assert Settings().app.contract_number_pattern == "{number:06d}"
    assert Settings().app.onec_group_id == 0


@pytest.mark.parametrize(
    "wrong",
    [
        "", "ДОГОВОР", "{number}{number}", "{number} ", "№ {number}", "{number", "number}", "{0}", "{}", "{name}",
        "{number:9999999d}", "{number!r}", "{number.__class__}", "{number:x}", "{{number}}", "a\u200b{number}",
        "a" * 40 + "{number}",
    ],
)  # fmt: skip
def test_anything_else_is_refused_by_its_key(wrong: str) -> None:
    with pytest.raises(UnfitError):
        read_number_pattern(wrong)
    with pytest.raises(SettingRefused) as refused:
        check_value("app", "contract_number.pattern", wrong)

    assert "app.contract_number.pattern" in str(refused.value)
    assert "{number:06d}" in str(refused.value)
