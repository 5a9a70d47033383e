"""One netledger runs on a home. A second one learns who does, and a dead one's lock is free."""

import os
import subprocess
from pathlib import Path

import pytest

from installation.keeper import ADDRESS, Keeper, start_once
from netledger.installation.errors import HomeBusy
from netledger.installation.home import Home
from netledger.installation.lock import Holder, HomeLock, holder_of
from netledger.installation.postgres import Cluster


def test_and_a_second_start_says_which_process_runs_where(kept_home: Home) -> None:
    holder = holder_of(kept_home)
    assert holder is not None

    answer = start_once(kept_home)

    assert answer == (
        f"home_busy netledger already runs on {kept_home.path}: process {holder.pid}, address {ADDRESS}"
    )


def test_which_goes_on_undisturbed_by_the_second(kept_home: Home) -> None:
    before = holder_of(kept_home)

    start_once(kept_home)

    assert before is not None
    assert holder_of(kept_home) == before


def test_and_says_where_it_listens_once_it_knows(home: Home) -> None:
    with HomeLock(home).acquire(address="127.0.0.1:0") as lock:
        lock.announce("127.0.0.1:40123")

        assert holder_of(home) == Holder(os.getpid(), "127.0.0.1:40123")


def test_refuses_a_second_holder_in_the_same_process_too(home: Home) -> None:
    with HomeLock(home).acquire(address=ADDRESS), pytest.raises(HomeBusy) as refused:
        HomeLock(home).acquire(address="elsewhere")

    assert refused.value.facts() == {"path": str(home.path), "pid": os.getpid(), "address": ADDRESS}


def test_and_nobody_once_the_lock_is_released(home: Home) -> None:
    with HomeLock(home).acquire(address=ADDRESS):
        pass

    assert holder_of(home) is None


def test_and_nobody_where_nothing_ever_ran(home: Home) -> None:
    assert holder_of(home) is None
    assert not home.path.exists()


def test_whose_children_do_not_keep_its_lock_when_it_is_killed(made_home: Home, tmp_path: Path) -> None:
    note = tmp_path / "child"
    with Keeper(made_home, "sh", "-c", f"echo $$ > {note}; exec sleep 600") as keeper:
        assert keeper.answer.startswith("ready ")
        keeper.kill()
    child = int(note.read_text())
    os.kill(child, 0)

    holder = holder_of(made_home)

    os.kill(child, 9)
    assert holder is None
    assert start_once(made_home).startswith("ready ")


def test_without_whose_lock_no_database_is_touched(home: Home) -> None:
    with pytest.raises(AssertionError, match="lock is not held"):
        Cluster(home).start()

    assert not home.path.exists()


def test_and_looking_who_holds_it_does_not_stand_in_a_start_s_way(home: Home) -> None:
    HomeLock(home).acquire(address=ADDRESS).release()
    with subprocess.Popen(["flock", "--shared", str(home.run / "lock"), "sleep", "0.1"]) as looker:
        with HomeLock(home).acquire(address=ADDRESS):
            assert holder_of(home) == Holder(os.getpid(), ADDRESS)
        looker.kill()
