"""A proxy on this machine that nobody named gives all its callers one address: the doctor finds it by what comes."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from netledger.installation.home import Home, create_home
from netledger.installation.setting_values import read_networks
from netledger.server.unnamed_proxy import KEPT_S, forget_unnamed_proxy, hidden_behind, noting_unnamed_proxies

TOLD = "198.51.100.7"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    create_home(home)
    return home


def _call(home: Home, peer: str, *, named: str = "", **headers: str) -> None:
    def nothing(_environ: dict[str, Any], _start: Any) -> list[bytes]:
        return []

    served = noting_unnamed_proxies(nothing, home, read_networks(named))
    served({"REMOTE_ADDR": peer, **headers}, lambda *_: None)


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"])
@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_by_each_header_that_tells_of_a_caller(home: Home, peer: str, header: str) -> None:
    _call(home, peer, **{header: TOLD})

    assert hidden_behind(home) == peer.removeprefix("::ffff:")
    assert TOLD not in (home.run / "unnamed_proxy").read_text()


def test_and_a_named_one_that_does_not_say_who_calls(home: Home) -> None:
    _call(home, "127.0.0.1", named="127.0.0.1", HTTP_X_REAL_IP=TOLD)

    assert hidden_behind(home) == "127.0.0.1"


@pytest.mark.parametrize(
    ("peer", "named", "headers"),
    [
        pytest.param("127.0.0.1", "", {}, id="whoever calls directly"),
        pytest.param("127.0.0.1", "127.0.0.1", {"HTTP_X_FORWARDED_FOR": TOLD}, id="a named one"),
        pytest.param("192.0.2.1", "", {"HTTP_X_FORWARDED_FOR": TOLD}, id="what a caller's own network sends"),
    ],
)
def test_but_not(home: Home, peer: str, named: str, headers: dict[str, str]) -> None:
    _call(home, peer, named=named, **headers)

    assert hidden_behind(home) is None


def test_until_it_is_forgotten_or_long_ago(home: Home) -> None:
    _call(home, "127.0.0.1", HTTP_FORWARDED=TOLD)
    long_ago_s = time.time() - KEPT_S - 1
    os.utime(home.run / "unnamed_proxy", (long_ago_s, long_ago_s))
    assert hidden_behind(home) is None

    _call(home, "127.0.0.1", HTTP_FORWARDED=TOLD)
    assert hidden_behind(home) is not None
    forget_unnamed_proxy(home)
    assert hidden_behind(home) is None
