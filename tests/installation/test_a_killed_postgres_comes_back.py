"""PostgreSQL and its parent are killed in any order, a busy backend left behind; it starts again with all commits."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from installation.keeper import Keeper, start_once
from netledger.installation.errors import ClusterBusy
from netledger.installation.home import Home
from netledger.installation.postgres import Cluster
from netledger.installation.postgres_recovery import end_leftovers, leftovers_in

pytestmark = [pytest.mark.embedded, pytest.mark.faults]

COMES_BACK_WITHIN_S = 20.0
"""Half a second on an idle machine; the tests share theirs."""
ORDERS = [
    ["server"],
    ["parent"],
    ["server", "parent"],
    ["parent", "server"],
    ["backend"],
    ["parent", "server", "backend"],
]


@pytest.fixture(scope="module")
def battered(tmp_path_factory: pytest.TempPathFactory, original: Home) -> Home:
    """A home with a table, which all rounds kill and start."""
    home = Home(tmp_path_factory.mktemp("battered") / "home")
    subprocess.run(["cp", "-a", original.path, home.path], check=True)
    with Keeper(home), psycopg.connect(Cluster(home).conninfo("owner")) as connection:
        connection.execute("CREATE TABLE round (order_killed text)")
    return home


@pytest.fixture
def bystander(battered: Home) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is not PostgreSQL and stands in the cluster's folder."""
    with subprocess.Popen(["sleep", "600"], cwd=battered.cluster) as process:
        yield process
        process.kill()


@pytest.mark.parametrize("order", ORDERS, ids=" then ".join)
def test_with_all_commits(battered: Home, bystander: subprocess.Popen[bytes], order: list[str]) -> None:
    with Keeper(battered) as keeper:
        commit_round(battered, " ".join(order))
        with busy_backend(battered) as backend:
            pids = {
                "server": keeper.server_pid,
                "parent": keeper.process.pid,
                "backend": backend,
            }
            for victim in order:
                os.kill(pids[victim], signal.SIGKILL)
            keeper.kill()

            begun_at = time.monotonic()
            with Keeper(battered) as again:
                took_s = time.monotonic() - begun_at
                rounds = committed_rounds(battered)

    assert again.answer.startswith("ready ")
    assert took_s < COMES_BACK_WITHIN_S
    assert rounds[-1] == " ".join(order)
    assert bystander.poll() is None


def test_though_a_busy_backend_holds_its_memory(battered: Home) -> None:
    with Keeper(battered) as keeper, busy_backend(battered) as backend:
        os.kill(keeper.server_pid, signal.SIGKILL)
        keeper.kill()
        time.sleep(0.5)
        left = [leftover.pid for leftover in leftovers_in(battered.cluster)]

        answer = start_once(battered)

    assert left == [backend], "what this test is about did not happen"
    assert answer.startswith("ready ")


def test_after_initdb_was_killed_half_way(home: Home) -> None:
    beside = home.path / "postgres.new"
    first = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("keeper.py"), home.path, "-"], stdin=-1
    )
    while not (beside / "PG_VERSION").exists():
        assert first.poll() is None, "initdb was too quick to be killed"
        time.sleep(0.001)
    first.kill()
    first.communicate()

    answer = start_once(home)

    assert answer.startswith("ready ")
    assert not beside.exists()


def test_with_a_pid_file_that_names_a_stranger(battered: Home, bystander: subprocess.Popen[bytes]) -> None:
    start_once(battered)
    (battered.cluster / "postmaster.pid").write_text(f"{bystander.pid}\n{battered.cluster}\n")

    answer = start_once(battered)

    assert answer.startswith("ready ")
    assert bystander.poll() is None


def test_and_another_cluster_s_server_lives_on(battered: Home, kept_home: Home) -> None:
    with Keeper(battered) as keeper:
        keeper.kill()
    neighbours = leftovers_in(kept_home.cluster)

    start_once(battered)

    assert neighbours
    assert leftovers_in(kept_home.cluster) == neighbours


def test_but_not_over_a_postgres_of_another_origin(tmp_path: Path) -> None:
    stranger = shutil.copy("/bin/sleep", tmp_path / "postgres")
    folder = tmp_path / "cluster"
    folder.mkdir()
    with subprocess.Popen([stranger, "600"], cwd=folder) as process:
        with pytest.raises(ClusterBusy) as refused:
            end_leftovers(folder)
        lives = process.poll() is None
        process.kill()

    assert lives
    assert (refused.value.pid, refused.value.program) == (process.pid, str(stranger))


@contextmanager
def busy_backend(home: Home) -> Iterator[int]:
    """The process id of a backend that computes and looks at nothing else."""
    connection = psycopg.connect(Cluster(home).conninfo("server"), autocommit=True)
    with closing(connection):
        pid = connection.info.backend_pid
        connection.pgconn.send_query(b"SELECT sum(i::numeric) FROM generate_series(1, 10000000000) AS i")
        connection.pgconn.flush()
        yield pid


def commit_round(home: Home, order: str) -> None:
    """Write down a round and have it acknowledged."""
    with psycopg.connect(Cluster(home).conninfo("owner")) as connection:
        connection.execute("INSERT INTO round VALUES (%s)", [order])


def committed_rounds(home: Home) -> list[str]:
    """The rounds that were written down, in their order."""
    with psycopg.connect(Cluster(home).conninfo("owner")) as connection:
        return [order for (order,) in connection.execute("SELECT order_killed FROM round ORDER BY ctid")]
