"""The settings of contracts that netledger makes itself: their numbers, and where those that 1C brings belong."""

import re
from typing import Annotated

from msgspec import Meta

from netledger.installation.declarations import said
from netledger.installation.reasons import UnfitError
from netledger.installation.setting_values import read_whole_number

NUMBER_PATTERN = "{number:06d}"
PATTERN = re.compile(r"[^{}\s]*\{number(:0[1-9]d)?\}[^{}\s]*")
PATTERN_LENGTH_MAX = 40


def read_number_pattern(text: str) -> str:
    """What contract numbers are made of: a text without spaces, and `{number}` or `{number:06d}` in it once."""
    if not PATTERN.fullmatch(text) or not text.isprintable() or len(text) > PATTERN_LENGTH_MAX:
        raise _unfit_pattern()
    return text


def _unfit_pattern() -> UnfitError:
    return UnfitError(
        "нужен текст без пробелов с одним {number}, например {number:06d} или Д-{number}",
        "a text without spaces that has {number} once is needed, as {number:06d} or D-{number}",
    )


ContractNumberPattern = Annotated[
    str,
    Meta(
        extra=said(
            "contract_number.pattern",
            "Из чего делаются номера новых договоров: {number:06d} даёт 000001, 000002; занятые пропускаются",
            "What numbers of new contracts are made of: {number:06d} gives 000001, 000002; taken ones are passed over",
            read_number_pattern,
        ),
    ),
]
OnecGroup = Annotated[
    int,
    Meta(
        ge=0,
        extra=said(
            "onec.group_id",
            "Группа, в которую попадают абоненты, созданные из 1С; 0: первая из верхних",
            "The group where subscribers whom 1C creates belong; 0: the first at the top",
            read_whole_number,
        ),
    ),
]
