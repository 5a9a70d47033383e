"""The README and its Russian twin tell the same."""

import pytest

from house import entrance

ENGLISH = "# Title\n\nText.\n\n```sh\n# not a heading\nmake demo\n```\n\n```\na way\n```\n\n## Use\n"
RUSSIAN = "# Название\n\nТекст.\n\n```sh\n# not a heading\nmake demo\n```\n\n```\nпуть\n```\n\n## Как пользоваться\n"


def test_both_have_the_same_headings_and_the_same_code() -> None:
    assert entrance.README_RU.exists(), "README.ru.md, the Russian twin of README.md, is missing"

    apart = list(entrance.twins_apart(entrance.README.read_text(), entrance.README_RU.read_text()))

    if apart:
        pytest.fail("README.md and README.ru.md differ\n" + "\n".join(apart), pytrace=False)


def test_neither_is_empty() -> None:
    for path in (entrance.README, entrance.README_RU):
        outline = entrance.outline_of(path.read_text())

        assert len(outline.heading_levels) >= 5, path.name
        assert len(outline.code_blocks) >= 3, path.name


def test_twins_without_fault_pass() -> None:
    assert not list(entrance.twins_apart(ENGLISH, RUSSIAN))


@pytest.mark.parametrize(
    "twin",
    [
        RUSSIAN + "\n## Лишнее\n",
        RUSSIAN.replace("## Как", "### Как"),
        RUSSIAN.replace("make demo", "make test"),
        RUSSIAN.replace("```sh", "```python"),
        RUSSIAN.replace("```\nпуть\n```\n\n", ""),
        RUSSIAN + "\n```sh\nmake demo\n```\n",
        "# Название\n\n## Как пользоваться\n",
    ],
)
def test_each_difference_is_found(twin: str) -> None:
    assert list(entrance.twins_apart(ENGLISH, twin))
