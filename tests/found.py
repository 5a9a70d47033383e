"""What a doctor finds, by its codes; each finding is told in both languages, with its cure."""

import re
from collections.abc import Iterable

from netledger.installation.findings import Finding

CYRILLIC = re.compile("[А-Яа-яЁё]")
A_COMMAND_ALONE = re.compile(r"(chmod|chown|netledger|/)\S* .*")


def codes(found: Iterable[Finding]) -> list[str]:
    """The codes of the findings, in their order."""
    return [_checked(one).code for one in found]


def _checked(one: Finding) -> Finding:
    assert CYRILLIC.search(one.sentence("ru")), one
    assert not CYRILLIC.search(one.sentence("en")), one
    assert CYRILLIC.search(one.cure("ru")) or A_COMMAND_ALONE.fullmatch(one.cure("ru")), one
    assert one.cure("en") and not CYRILLIC.search(one.cure("en")), one
    return one
