"""What the network's tests share: a NAS, and lists of it read as a router reads them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from given import a_nas, edition_of, published
from netledger.network.editions import State
from netledger.network.lists import spool_list
from netledger.network.models import Nas

Listed = Callable[..., list[str]]


@pytest.fixture
def nas(db: None) -> Nas:
    return a_nas("10.255.0.1")


@pytest.fixture
def listed(tmp_path: Path) -> Listed:
    """The logins that are in a list of that NAS, in its order, once what is noted is published."""

    def logins(nas: Nas, state: State) -> list[str]:
        return [line.split()[1] for line in lines_of(nas, state, tmp_path)]

    return logins


def lines_of(nas: Nas, state: State, folder: Path) -> list[str]:
    published()
    with spool_list(edition_of(nas, state), folder=folder) as spool:
        text = spool.read().decode()
    assert text == "" or text.endswith("\n")
    return text.splitlines()
