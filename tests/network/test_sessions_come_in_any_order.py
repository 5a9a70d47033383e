"""A NAS tells of sessions twice, late and in any order, and dies in between: a connection has one open session."""

from itertools import permutations

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from given import a_connection, a_nas, a_subscriber, later, the_clock_says
from netledger.network.errors import (
    AddressMalformed,
    ConnectionEnded,
    ConnectionUnknown,
    MacMalformed,
    SessionAddressChanged,
    SessionCodeMalformed,
)
from netledger.network.models import Connection, Nas, Session
from netledger.network.services import end_connection
from network.told import kept, minute, open_codes, see, start, stop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_hour_is_over(db: None) -> None:
    the_clock_says(minute(59))


@pytest.fixture
def ivanov(nas: Nas) -> Connection:
    return a_connection(nas, login="Ivanov", by_session=True)


@pytest.mark.usefixtures("ivanov")
class TestOfOneConnection:
    """Given one connection by session."""

    def test_a_session_is_open_from_its_start_to_its_stop(self) -> None:
        start("s1", 1)
        see("s1", 5)
        while_open = kept()
        stop("s1", 9)

        assert while_open == {"s1": (1, 5, None)}
        assert kept() == {"s1": (1, 5, 9)}

    def test_after_the_nas_died_a_new_one_is_open_whatever_else_arrives(self) -> None:
        start("s1", 1)
        start("s2", 5)
        open_after = [open_codes()]

        for event in (lambda: stop("s1", 6), lambda: start("s2", 5), lambda: stop("unknown", 7)):
            event()
            open_after.append(open_codes())
        stop("s2", 9)

        assert open_after == [["s2"]] * 4
        assert open_codes() == []

    def test_events_sent_twice_change_nothing(self) -> None:
        for _ in range(2):
            start("s1", 1)
        for _ in range(2):
            see("s1", 5)
        while_open = kept()
        for _ in range(2):
            stop("s1", 9)

        assert while_open == {"s1": (1, 5, None)}
        assert kept() == {"s1": (1, 5, 9)}

    def test_an_old_sight_does_not_make_it_seen_earlier(self) -> None:
        start("s1", 1)
        see("s1", 5)
        see("s1", 3)

        assert kept() == {"s1": (1, 5, None)}

    def test_a_sight_of_an_unknown_one_opens_it_and_its_late_start_says_when_it_began(self) -> None:
        see("s1", 5)
        opened = kept()
        start("s1", 1)

        assert opened == {"s1": (5, 5, None)}
        assert kept() == {"s1": (1, 5, None)}

    def test_a_start_that_comes_after_its_stop_opens_nothing(self) -> None:
        stop("s1", 9)
        stopped = kept()
        start("s1", 1)

        assert stopped == {"s1": (None, 9, 9)}
        assert kept() == {"s1": (1, 9, 9)}

    def test_a_start_told_without_its_time_after_its_stop_opens_nothing_either(self) -> None:
        stop("s1", 9)
        start("s1", 11)

        assert kept() == {"s1": (9, 9, 9)}

    def test_a_late_start_of_a_stopped_one_does_not_close_the_open_one(self) -> None:
        start("s2", 5)
        stop("s1", 9)
        start("s1", 8)

        assert open_codes() == ["s2"]

    def test_a_late_start_older_than_the_open_one_is_only_written_down(self) -> None:
        start("s2", 5)
        start("s1", 1)

        assert kept() == {"s2": (5, 5, None), "s1": (1, 1, 5)}

    def test_a_late_start_older_than_one_that_is_over_opens_nothing(self) -> None:
        start("s2", 5)
        stop("s2", 9)
        start("s1", 1)

        assert open_codes() == []

    def test_what_is_superseded_may_have_stopped_before_its_successor_began(self) -> None:
        start("s1", 1)
        start("s2", 5)
        superseded = kept()["s1"]
        stop("s1", 3)
        stop("s1", 7)

        assert superseded == (1, 1, 5)
        assert kept()["s1"] == (1, 1, 3)

    def test_what_is_superseded_does_not_open_again(self) -> None:
        start("s1", 1)
        start("s2", 5)
        see("s1", 6)
        start("s1", 7)

        assert kept() == {"s1": (1, 1, 5), "s2": (5, 5, None)}

    def test_nothing_stops_before_it_began(self) -> None:
        start("s1", 5)
        stop("s1", 3)

        assert kept() == {"s1": (5, 5, 5)}

    def test_a_clock_that_runs_ahead_makes_no_session_immortal(self) -> None:
        the_clock_says(minute(10))
        start("s1", 50)

        assert kept() == {"s1": (10, 10, None)}

    def test_codes_are_compared_as_text(self) -> None:
        start("00A1", 1)
        start("00a1", 2)
        stop("A1", 3)

        assert open_codes() == ["00a1"]

    def test_a_login_is_found_in_any_case(self) -> None:
        start("s1", 1, login="iVANOV")

        assert open_codes() == ["s1"]

    def test_its_address_and_mac_may_come_later_and_stay(self) -> None:
        start("s1", 1)
        see("s1", 2, address="10.0.0.5", mac="001A.2B3C.4D5E")
        see("s1", 3)

        session = Session.objects.get()
        assert (session.address, session.mac) == ("10.0.0.5", "00:1a:2b:3c:4d:5e")

    def test_another_address_is_another_session(self) -> None:
        start("s1", 1, address="10.0.0.5")

        with pytest.raises(SessionAddressChanged) as refused:
            see("s1", 2, address="10.0.0.6")

        assert (refused.value.known_address, refused.value.address) == ("10.0.0.5", "10.0.0.6")
        assert Session.objects.get().address == "10.0.0.5"

    @pytest.mark.parametrize("code", ["", "a b", "a\n", "x" * 251])
    def test_a_code_has_a_shape(self, code: str) -> None:
        for tell in (start, see, stop):
            with pytest.raises(SessionCodeMalformed):
                tell(code, 1)

    def test_a_malformed_address_or_mac_opens_nothing(self) -> None:
        with pytest.raises(AddressMalformed):
            start("s1", 1, address="10.0.0")
        with pytest.raises(MacMalformed):
            start("s1", 1, mac="нет")

        assert not Session.objects.exists()


def test_an_unknown_login_is_refused(nas: Nas) -> None:
    subscriber = a_subscriber("10245")
    a_connection(nas, subscriber, login="u1")

    for tell in (start, see, stop):
        with pytest.raises(ConnectionUnknown):
            tell("s1", 1, login="nobody")
        with pytest.raises(ConnectionUnknown):
            tell("s1", 1, login="10245")  # a contract number is no login


def test_of_an_ended_connection_nothing_opens_and_a_stop_is_harmless(ivanov: Connection) -> None:
    start("s1", 1)
    end_connection(connection_id=ivanov.pk)

    with pytest.raises(ConnectionEnded):
        see("s1", 2)
    stop("s1", 3)
    stop("s9", 3)

    assert open_codes() == []


class TestOfTwoThatGetOneAddress:
    """Given two connections by session on one NAS: the pool gives an address to one after the other."""

    @pytest.fixture(autouse=True)
    def _two(self, nas: Nas) -> None:
        a_connection(nas, login="a", by_session=True)
        a_connection(nas, login="b", by_session=True)

    def test_the_later_session_supersedes_the_one_whose_stop_was_lost(self) -> None:
        start("s1", 1, login="a", address="10.0.0.5")
        start("s2", 5, login="b", address="10.0.0.5")

        assert (kept("a"), open_codes("b")) == ({"s1": (1, 1, 5)}, ["s2"])

    def test_the_earlier_session_told_late_is_only_written_down(self) -> None:
        start("s2", 5, login="b", address="10.0.0.5")
        start("s1", 1, login="a", address="10.0.0.5")

        assert (kept("a"), open_codes("b")) == ({"s1": (1, 1, 5)}, ["s2"])

    def test_an_address_that_becomes_known_later_supersedes_as_well(self) -> None:
        start("s1", 1, login="a", address="10.0.0.5")
        start("s2", 5, login="b")
        see("s2", 6, login="b", address="10.0.0.5")

        assert (kept("a"), open_codes("b")) == ({"s1": (1, 1, 6)}, ["s2"])

    def test_on_two_nases_the_address_is_two(self) -> None:
        a_connection(a_nas(), login="c", by_session=True)
        start("s1", 1, login="a", address="10.0.0.5")
        start("s2", 5, login="c", address="10.0.0.5")

        assert (open_codes("a"), open_codes("c")) == (["s1"], ["s2"])


EVENTS = [("start", "s1", 1), ("stop", "s1", 3), ("start", "s2", 5), ("see", "s2", 8)]
TELL = {"start": start, "see": see, "stop": stop}


@pytest.mark.parametrize("order", list(permutations(EVENTS)), ids=str)
def test_in_every_order_of_four_events_the_same_is_kept(
    ivanov: Connection, order: tuple[tuple[str, str, int], ...]
) -> None:
    for kind, code, at in order:
        TELL[kind](code, at)

    assert kept()["s2"] == (5, 8, None)
    assert kept()["s1"][0] == 1
    assert kept()["s1"][2] == 3


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[list[tuple[str, str, int]], list[str]]:
    """What a NAS tells of sessions one after the other, shuffled, some twice, some lost; and what then lives."""
    lengths = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    last_lives = draw(st.booleans())
    told, minute_now = [], 1
    for number, length in enumerate(lengths):
        is_last = number == len(lengths) - 1
        code = f"s{number}"
        told.append(("start", code, minute_now))
        told += [("see", code, minute_now + step) for step in range(1, length)]
        # Stops of earlier sessions may be lost, if the last one lives: it supersedes them.
        if not (is_last and last_lives) and not (last_lives and draw(st.booleans())):
            told.append(("stop", code, minute_now + length))
        minute_now += length + 1
    twice = draw(st.lists(st.sampled_from(told), max_size=4))
    return draw(st.permutations([*told, *twice])), [f"s{len(lengths) - 1}"] if last_lives else []


@settings(max_examples=30, deadline=None)
@given(delivery=deliveries())
def test_whatever_the_order_what_is_open_at_the_end_is_what_lives(
    delivery: tuple[list[tuple[str, str, int]], list[str]],
) -> None:
    events, alive = delivery
    with transaction.atomic():
        a_connection(a_nas(), login="Ivanov", by_session=True)

        for kind, code, at in events:
            TELL[kind](code, at)

        found = open_codes()
        transaction.set_rollback(True)
    assert found == alive


def test_sessions_that_are_not_heard_of_stay_open_and_are_not_live(ivanov: Connection) -> None:
    start("s1", 1)
    later(hours=5)

    assert open_codes() == ["s1"]
