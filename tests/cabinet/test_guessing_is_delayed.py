"""Who guesses is told to wait: for a login after several failures, for all logins under a flood; nobody else waits."""

from functools import partial
from statistics import median
from time import perf_counter

import pytest
from django.db import connection as database

from given import a_connection, a_customer, a_nas, later, the_clock_says
from given_cluster import Database
from netledger.cabinet import tasks
from netledger.cabinet.errors import SignInDelayed, SignInRefused
from netledger.cabinet.guard import FIRST_DELAY_S, FORGOTTEN_AFTER
from netledger.cabinet.models import SignInFailure
from netledger.cabinet.services import SignedIn, sign_in
from netledger.errors import Refusal
from netledger.installation.cabinet_settings import CabinetSettings
from netledger.ledger import clock
from together import at_once

SECRET = "тайна"
LIMITS = CabinetSettings(sign_in_failures_max=5, sign_in_delay_max_s=60, sign_in_failures_a_minute=120)


def _enter(login: str, secret: str, limits: CabinetSettings = LIMITS) -> SignedIn | Refusal:
    try:
        return sign_in(login=login, secret=secret, limits=limits)
    except Refusal as refusal:
        return refusal


def _fail(login: str, times: int, limits: CabinetSettings = LIMITS) -> list[SignedIn | Refusal]:
    return [_enter(login, f"wrong {number}", limits) for number in range(times)]


@pytest.fixture
def ivanov(db: None) -> None:
    the_clock_says(clock.now())
    nas = a_nas()
    a_connection(nas, a_customer(), login="ivanov")
    a_connection(nas, a_customer(), login="petrov")


def test_ten_wrong_passwords_delay_that_login_and_no_other(ivanov: None) -> None:
    """Case V23: all come from the cabinet's one host."""
    outcomes = _fail("ivanov", 10)

    right = _enter("ivanov", SECRET)
    other = _enter("petrov", SECRET)

    assert [type(outcome) for outcome in outcomes] == [SignInRefused] * 5 + [SignInDelayed] * 5
    assert isinstance(right, SignInDelayed)
    assert right.wait_s == FIRST_DELAY_S
    assert isinstance(other, SignedIn)


def test_the_refusal_says_how_long_and_then_it_is_over(ivanov: None) -> None:
    _fail("ivanov", 5)
    delayed = _enter("ivanov", SECRET)
    assert isinstance(delayed, SignInDelayed)
    later(seconds=delayed.wait_s)

    assert isinstance(_enter("ivanov", SECRET), SignedIn)


def test_each_further_failure_doubles_the_delay_up_to_the_most(ivanov: None) -> None:
    _fail("ivanov", 4)
    waits_s = []
    for _ in range(5):
        assert isinstance(_enter("ivanov", "wrong"), SignInRefused)
        delayed = _enter("ivanov", "wrong")
        assert isinstance(delayed, SignInDelayed)
        waits_s.append(delayed.wait_s)
        later(seconds=delayed.wait_s)

    assert waits_s == [10, 20, 40, 60, 60]


@pytest.mark.parametrize("spelling", ["IVANOV", " ivanov ", "iVaNoV\t"])
def test_another_spelling_is_the_same_login(ivanov: None, spelling: str) -> None:
    _fail("ivanov", 3)
    _fail(spelling, 2)

    assert isinstance(_enter("ivanov", SECRET), SignInDelayed)
    assert isinstance(_enter(spelling, SECRET), SignInDelayed)


def test_a_login_that_is_not_there_is_delayed_in_the_same_way(ivanov: None) -> None:
    known = [str(outcome) for outcome in _fail("ivanov", 7)]
    unknown = [str(outcome) for outcome in _fail("nobody", 7)]

    assert unknown == known


def test_success_forgives_what_failed_before(ivanov: None) -> None:
    for _ in range(3):
        _fail("ivanov", 4)

        assert isinstance(_enter("ivanov", SECRET), SignedIn)


def test_failures_are_forgotten_after_a_day_and_taken_away(ivanov: None) -> None:
    _fail("ivanov", 4)
    later(seconds=int(FORGOTTEN_AFTER.total_seconds()) + 1)

    outcomes = _fail("ivanov", 4)
    tasks.tick(clock.now())
    kept = SignInFailure.objects.count()
    later(seconds=int(FORGOTTEN_AFTER.total_seconds()) + 1)
    tasks.tick(clock.now())

    assert {type(outcome) for outcome in outcomes} == {SignInRefused}
    assert (kept, SignInFailure.objects.count()) == (1, 0)


def test_what_was_typed_is_kept_nowhere(ivanov: None) -> None:
    _enter("typed-my-password-here", "wrong")

    assert "typed-my-password-here" not in str(SignInFailure.objects.values().get())


@pytest.mark.parametrize(("a_minute", "wait_s"), [(30, 2), (7, 9)])
def test_a_flood_over_many_logins_delays_all_until_it_ebbs(ivanov: None, a_minute: int, wait_s: int) -> None:
    limits = CabinetSettings(sign_in_failures_a_minute=a_minute)
    outcomes = [_enter(f"victim{number}", "wrong", limits) for number in range(40)]
    taken = [outcome for outcome in outcomes if isinstance(outcome, SignInRefused)]

    delayed = _enter("petrov", SECRET, limits)

    assert len(taken) == a_minute
    assert isinstance(delayed, SignInDelayed)
    assert delayed.wait_s == wait_s
    later(seconds=delayed.wait_s)
    assert isinstance(_enter("petrov", SECRET, limits), SignedIn)


def test_ten_failures_and_many_successes_are_no_flood(ivanov: None) -> None:
    limits = CabinetSettings(sign_in_failures_a_minute=30)
    _fail("ivanov", 10, limits)

    assert all(isinstance(_enter("petrov", SECRET, limits), SignedIn) for _ in range(40))


def test_many_at_once_gain_no_more_tries_than_one_after_the_other(committed_db: Database) -> None:
    a_connection(a_nas(), a_customer(), login="ivanov")

    def guess() -> SignedIn:
        return sign_in(login="ivanov", secret="wrong", limits=LIMITS)

    outcomes = at_once(*[guess] * 20)

    kinds = [type(outcome) for outcome in outcomes]
    assert (kinds.count(SignInRefused), kinds.count(SignInDelayed)) == (5, 15)


def test_many_who_know_the_secret_come_in_at_once_under_the_tightest_limits(committed_db: Database) -> None:
    a_connection(a_nas(), a_customer(), login="ivanov")
    limits = CabinetSettings(sign_in_failures_max=1, sign_in_failures_a_minute=1)

    outcomes = at_once(*[lambda: _enter("ivanov", SECRET, limits)] * 20)

    assert [type(outcome) for outcome in outcomes] == [SignedIn] * 20
    assert len({outcome.token for outcome in outcomes}) == 20


def test_many_logins_at_once_gain_no_more_tries_than_a_flood_is_allowed(committed_db: Database) -> None:
    limits = CabinetSettings(sign_in_failures_a_minute=5)

    outcomes = at_once(*[partial(_enter, f"victim{number}", "wrong", limits) for number in range(20)])

    kinds = [type(outcome) for outcome in outcomes]
    assert (kinds.count(SignInRefused), kinds.count(SignInDelayed)) == (5, 15)


def test_a_try_that_a_flood_delays_is_not_held_against_its_login(ivanov: None) -> None:
    limits = CabinetSettings(sign_in_failures_a_minute=1, sign_in_failures_max=2)
    _enter("nobody", "wrong", limits)
    _fail("ivanov", 5, limits)
    later(minutes=1)

    assert isinstance(_enter("ivanov", "wrong", limits), SignInRefused)
    later(minutes=1)
    assert isinstance(_enter("ivanov", SECRET, limits), SignedIn)


def test_a_refused_attempt_stays_counted_for_the_next_process(committed_db: Database) -> None:
    a_connection(a_nas(), a_customer(), login="ivanov")
    _fail("ivanov", 5)
    database.close()

    assert isinstance(_enter("ivanov", SECRET), SignInDelayed)


def test_it_takes_as_long_to_say_no_whether_or_not_there_is_such_a_login(ivanov: None) -> None:
    limits = CabinetSettings(sign_in_failures_max=1000, sign_in_failures_a_minute=1_000_000)
    took_s: dict[str, list[float]] = {"ivanov": [], "nobody": []}
    for _ in range(100):
        for login, times in took_s.items():
            begun_s = perf_counter()
            _enter(login, "wrong", limits)
            times.append(perf_counter() - begun_s)

    known_s, unknown_s = (median(times) for times in took_s.values())

    assert abs(known_s - unknown_s) < max(known_s, unknown_s) / 3
