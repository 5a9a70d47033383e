"""What the installation's tests share: homes that are not made yet, and a running one."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from installation.keeper import Keeper, start_once
from netledger.installation.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that is not made yet."""
    return Home(tmp_path / "home")


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that was started once, to be copied: that is quicker than to make another."""
    home = Home(tmp_path_factory.mktemp("original") / "home")
    answer = start_once(home)
    assert answer.startswith("ready "), answer
    return home


@pytest.fixture
def made_home(home: Home, original: Home) -> Home:
    """A home that was started and stopped before."""
    subprocess.run(["cp", "-a", original.path, home.path], check=True)
    return home


@pytest.fixture(scope="module")
def kept_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home whose PostgreSQL runs; the module's tests only look at it."""
    home = Home(tmp_path_factory.mktemp("kept") / "home")
    with Keeper(home) as keeper:
        assert keeper.answer.startswith("ready "), keeper.answer
        yield home
