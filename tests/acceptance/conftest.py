"""What the acceptance tests share: running demonstration providers."""

from collections.abc import Iterator

import pytest

from demonstration import Demonstration, copy_of_made_home, demonstration
from netledger.installation.home import Home


@pytest.fixture(scope="package")
def demo() -> Iterator[Demonstration]:
    """One for all tests of this worker that leave it as usable as they found it."""
    with demonstration() as running:
        yield running


@pytest.fixture(scope="package")
def restarted_demo() -> Iterator[Demonstration]:
    """One for the tests that change its configuration and restart it; they say what they start from."""
    with demonstration() as running:
        yield running


@pytest.fixture
def stopped_home() -> Iterator[Home]:
    """A stopped home with a demonstration provider, of the test's own."""
    with copy_of_made_home() as home:
        yield home
