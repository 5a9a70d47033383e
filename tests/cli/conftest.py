"""What the command's tests share: one demonstration that was started on a fresh home."""

from collections.abc import Iterator

import pytest

from cli.demonstration import Demonstration, demonstration


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """A running demonstration of the usual size, for tests that leave it as they found it or nearly so."""
    with demonstration(tmp_path_factory.mktemp("demo") / "home") as running:
        yield running
