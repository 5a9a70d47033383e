"""Each caller has a measure that all web processes share; what a minute allows may come at once."""

import os
from pathlib import Path

import pytest

from netledger.installation.home import Home
from netledger.installation.settings import NetworkSettings
from netledger.server import rates
from netledger.server.bounds import Bounds
from netledger.server.places import Places
from netledger.server.rates import BURST_S, Rates, forget_rates
from netledger.system_api.errors import CallsTooMany, ListsOfAddressTooMany, ListsTooMany

A_SECOND = 2


class Clock:
    """The machine's clock, which a test moves."""

    now_s = 1000.0

    def monotonic(self) -> float:
        return self.now_s


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(rates, "time", clock)
    return clock


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "run").mkdir()
    return Home(tmp_path)


def _exhaust(of: Rates, address: str = "10.0.0.1", context: str = "collector") -> int:
    """Call until told to wait; how often that was."""
    calls = 0
    while of.wait_s(address, context) == 0:
        calls += 1
    return calls


def test_and_hears_how_long(home: Home, clock: Clock) -> None:
    of = Rates(home, a_second_max=A_SECOND)

    calls = _exhaust(of)

    assert calls == BURST_S * A_SECOND
    assert of.wait_s("10.0.0.1", "collector") == pytest.approx(1 / A_SECOND)


def test_and_may_call_again_at_the_rate_that_is_allowed(home: Home, clock: Clock) -> None:
    of = Rates(home, a_second_max=A_SECOND)
    _exhaust(of)

    clock.now_s += 10

    assert _exhaust(of) == 10 * A_SECOND


def test_and_holds_up_no_other_address_or_context(home: Home, clock: Clock) -> None:
    of = Rates(home, a_second_max=A_SECOND)
    _exhaust(of)

    assert of.wait_s("10.0.0.2", "collector") == of.wait_s("10.0.0.1", "asr_fiscal") == 0


def test_whichever_process_answers(home: Home, clock: Clock) -> None:
    first = Rates(home, a_second_max=A_SECOND)
    _exhaust(first)

    second = Rates(home, a_second_max=A_SECOND)

    assert second.wait_s("10.0.0.1", "collector") > 0


def test_though_thousands_of_others_call(home: Home, clock: Clock) -> None:
    of = Rates(home, a_second_max=A_SECOND)
    for number in range(3000):
        clock.now_s += 1e-6
        of.wait_s(f"10.1.{number // 256}.{number % 256}", "collector")

    _exhaust(of)
    for number in range(1000):
        of.wait_s(f"10.2.{number // 256}.{number % 256}", "collector")

    assert of.wait_s("10.0.0.1", "collector") > 0


def test_but_not_for_what_it_did_before_the_last_start(home: Home, clock: Clock) -> None:
    _exhaust(Rates(home, a_second_max=A_SECOND))

    forget_rates(home)
    clock.now_s = 5.0

    assert Rates(home, a_second_max=A_SECOND).wait_s("10.0.0.1", "collector") == 0


def test_the_server_refuses_it_with_whole_seconds(home: Home, clock: Clock) -> None:
    bounds = Bounds(home, NetworkSettings(calls_a_second_max=1))
    for _ in range(BURST_S):
        bounds.admit("10.0.0.1", "collector")

    with pytest.raises(CallsTooMany) as refused:
        bounds.admit("10.0.0.1", "collector")

    assert refused.value.facts == {"wait_s": "1"}


def test_unless_there_is_no_limit(home: Home) -> None:
    bounds = Bounds(home, NetworkSettings(calls_a_second_max=0))

    for _ in range(100_000):
        bounds.admit("10.0.0.1", "collector")


def test_no_more_lists_are_on_their_way_than_there_are_places(home: Home) -> None:
    bounds = Bounds(home, NetworkSettings(lists_max=2))
    first, _second = bounds.long_answer("10.0.0.1"), bounds.long_answer("10.0.0.2")

    with pytest.raises(ListsTooMany):
        bounds.long_answer("10.0.0.3")
    first.close()
    first.close()

    bounds.long_answer("10.0.0.3")
    with pytest.raises(ListsTooMany):
        bounds.long_answer("10.0.0.1")


def test_one_address_has_half_of_the_places_and_leaves_the_others_to_others(home: Home) -> None:
    bounds = Bounds(home, NetworkSettings(lists_max=5))
    (first, *_others) = [bounds.long_answer("10.0.0.1") for _ in range(3)]

    with pytest.raises(ListsOfAddressTooMany) as refused:
        bounds.long_answer("10.0.0.1")
    bounds.long_answer("10.0.0.2")
    first.close()

    assert refused.value.facts == {"wait_s": "5"}
    bounds.long_answer("10.0.0.1")
    with pytest.raises(ListsOfAddressTooMany):
        bounds.long_answer("10.0.0.1")


def test_where_there_is_one_place_it_is_anybodys(home: Home) -> None:
    bounds = Bounds(home, NetworkSettings(lists_max=1))
    bounds.long_answer("10.0.0.1").close()

    bounds.long_answer("10.0.0.2")


def test_an_address_has_its_share_over_all_processes(home: Home) -> None:
    path = home.run / "lists"
    places = Places(path, count=4)
    assert places.take("10.0.0.1") is not None

    def in_a_child(owner: str) -> bool:
        child = os.fork()
        if child == 0:
            os._exit(0 if Places(path, count=4).take(owner) is not None else 1)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

    assert in_a_child("10.0.0.1"), "it had one only, and what the child took it left as it ended"
    assert places.take("10.0.0.1") is not None
    assert not in_a_child("10.0.0.1")
    assert in_a_child("10.0.0.2")


def test_a_place_is_left_by_the_process_that_is_killed(home: Home) -> None:
    path = home.run / "lists"
    child = os.fork()
    if child == 0:
        taken = Places(path, count=1).take("10.0.0.1")
        os._exit(0 if taken == 0 else 1)
    held_by_a_child = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

    assert held_by_a_child
    assert Places(path, count=1).take("10.0.0.1") == 0


def test_a_place_is_one_process_s_alone(home: Home) -> None:
    path = home.run / "lists"
    places = Places(path, count=1)
    assert places.take("10.0.0.1") == 0

    child = os.fork()
    if child == 0:
        os._exit(0 if Places(path, count=1).take("10.0.0.2") is None else 1)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
