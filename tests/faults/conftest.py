"""What the fault tests share: a demonstration provider of each test's own."""

from collections.abc import Iterator

import pytest

from demonstration import Demonstration, demonstration


@pytest.fixture
def own_demo() -> Iterator[Demonstration]:
    """One that may be killed."""
    with demonstration() as running:
        yield running
