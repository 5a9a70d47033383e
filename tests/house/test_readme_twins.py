"""What people read at the door, and its Russian twin, tell the same: the README, SECURITY.md, docs/operating/."""

from pathlib import Path

import pytest

from house import entrance
from house.tree import DOCS, named

TWINNED = sorted(
    path
    for path in (
        entrance.README,
        entrance.README.with_name("SECURITY.md"),
        *(DOCS / "operating").glob("*.md"),
    )
    if not path.name.endswith(".ru.md")
)
ENGLISH = "# Title\n\nText.\n\n```sh\n# not a heading\nmake demo\n```\n\n```\na way\n```\n\n## Use\n"
RUSSIAN = "# Название\n\nТекст.\n\n```sh\n# not a heading\nmake demo\n```\n\n```\nпуть\n```\n\n## Как пользоваться\n"


@pytest.mark.parametrize("path", TWINNED, ids=named)
def test_both_have_the_same_headings_and_the_same_code(path: Path) -> None:
    twin = path.with_suffix(".ru.md")
    assert twin.exists(), f"{named(twin)} is missing"

    apart = list(entrance.twins_apart(path.read_text(), twin.read_text()))

    if apart:
        pytest.fail(f"{path.name} and {twin.name} differ\n" + "\n".join(apart), pytrace=False)


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
