"""What the fault tests share: a demonstration provider of each test's own."""

from collections.abc import Iterator

import pytest

from demonstration import Demonstration, demonstration
from server.backed_up import BackedUp, back_up_between_payments
from server.running import running


@pytest.fixture
def own_demo() -> Iterator[Demonstration]:
    """One that may be killed."""
    with demonstration() as running:
        yield running


@pytest.fixture(scope="module")
def backed_up(tmp_path_factory: pytest.TempPathFactory) -> BackedUp:
    """A stopped home that was backed up, with three payments since; its tests work on copies."""
    with running(tmp_path_factory.mktemp("backed-up") / "home") as service:
        return back_up_between_payments(service)
