"""The command speaks Russian where the locale of messages is Russian, and English anywhere else."""

import pytest

from netledger.cli.language import language, say


@pytest.mark.parametrize(
    ("variables", "spoken"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ru_RU.KOI8-R"}, "ru"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({}, "en"),
        ({"LC_MESSAGES": "ru_RU.UTF-8", "LANG": "C"}, "ru"),
        ({"LC_MESSAGES": "C", "LANG": "ru_RU.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LC_MESSAGES": "ru_RU.UTF-8", "LANG": "ru_RU.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "ru_RU.UTF-8"}, "ru"),
    ],
)
def test_as_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], spoken: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, locale in variables.items():
        monkeypatch.setenv(name, locale)

    assert language() == spoken
    assert say("да", "yes") == {"ru": "да", "en": "yes"}[spoken]
