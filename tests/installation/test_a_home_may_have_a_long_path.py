"""A socket's path has at most 107 bytes, a home's may have more: clients then come by a short link of ours."""

import os
import subprocess
from pathlib import Path

import psycopg
import pytest

from installation.keeper import Keeper
from netledger.installation.home import Home
from netledger.installation.postgres import Cluster
from netledger.installation.postgres_socket import (
    address_of,
    prepare_socket_folder,
    remove_link,
    socket_folder,
)

pytestmark = pytest.mark.embedded


@pytest.fixture
def long_home(tmp_path: Path) -> Home:
    """A home whose path has 150 characters, and a comma, which libpq would take for the end of a name."""
    return Home(tmp_path / ("длинный, " + "x" * (150 - 10 - len(str(tmp_path)))))


def test_and_works_like_any_other(long_home: Home, original: Home) -> None:
    assert len(str(long_home.path)) == 150
    subprocess.run(["cp", "-a", original.path, long_home.path], check=True)
    with Keeper(long_home) as keeper:
        assert keeper.answer.startswith("ready ")
        link = address_of(long_home)
        with psycopg.connect(Cluster(long_home).conninfo("server")) as connection:
            assert connection.execute("SELECT current_user").fetchone() == ("netledger_server",)

        keeper.kill()
        with Keeper(long_home) as again:
            assert again.answer.startswith("ready ")
            assert address_of(long_home) == link, "clients that live on find it where it was"

    assert not link.parent.exists()


def test_without_a_link_where_the_path_is_short(home: Home) -> None:
    home.run.mkdir(parents=True)

    assert prepare_socket_folder(home) == socket_folder(home)
    assert list(home.run.iterdir()) == [socket_folder(home)]


def test_by_a_link_that_only_we_can_change(long_home: Home) -> None:
    long_home.run.mkdir(parents=True)

    link = prepare_socket_folder(long_home)

    status = link.parent.stat()
    assert (status.st_mode & 0o777, status.st_uid) == (0o700, os.geteuid())
    assert link.readlink() == socket_folder(long_home)
    remove_link(long_home)


@pytest.mark.parametrize("change", ["led elsewhere", "opened to others", "swept away"])
def test_by_a_new_link_where_the_old_one_is_not_as_we_left_it(long_home: Home, change: str) -> None:
    long_home.run.mkdir(parents=True)
    old = prepare_socket_folder(long_home)
    if change == "opened to others":
        old.parent.chmod(0o777)
    else:
        old.unlink()
    if change == "led elsewhere":
        old.symlink_to("/tmp")

    refused = address_of(long_home)
    new = prepare_socket_folder(long_home)

    assert refused == socket_folder(long_home)
    assert new != old
    assert new.readlink() == socket_folder(long_home)
    remove_link(long_home)
    old.unlink(missing_ok=True)
    old.parent.rmdir()
