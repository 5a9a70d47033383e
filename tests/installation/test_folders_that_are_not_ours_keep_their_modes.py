"""A home may lie anywhere: the modes and owners of the folders above it, and its own, stay as they are."""

import os
import stat
import subprocess
from pathlib import Path

import pytest

from installation.keeper import Keeper
from netledger.installation.home import Home
from netledger.installation.postgres_binaries import postgres_folder

pytestmark = pytest.mark.embedded


@pytest.mark.parametrize("mode", [0o755, 0o711, 0o700], ids=oct)
def test_whatever_they_are(tmp_path: Path, original: Home, mode: int) -> None:
    above = tmp_path / "above"
    above.mkdir()
    above.chmod(mode)
    home = Home(above / "home")
    subprocess.run(["cp", "-a", original.path, home.path], check=True)
    home.path.chmod(mode)
    before = modes_above(home.run) | modes_above(postgres_folder())

    with Keeper(home) as keeper:
        answer = keeper.answer

    assert answer.startswith("ready ")
    assert modes_above(home.run) | modes_above(postgres_folder()) == before


def test_while_the_socket_s_and_the_cluster_s_are_closed_to_others(kept_home: Home) -> None:
    folders = [kept_home.run / "pg", kept_home.cluster]

    assert [stat.S_IMODE(folder.stat().st_mode) for folder in folders] == [0o700, 0o700]
    assert (kept_home.log / "postgres.log").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a folder of another's")
def test_also_those_of_another_user(tmp_path: Path) -> None:
    above = tmp_path / "above"
    above.mkdir(mode=0o700)
    os.chown(above, 12345, 12345)
    home = Home(above / "home")
    before = modes_above(above)

    with Keeper(home) as keeper:
        answer = keeper.answer

    assert answer.startswith("ready ")
    assert modes_above(above) == before


def modes_above(folder: Path) -> dict[Path, tuple[int, int, int]]:
    """Mode, user and group of a folder and all above it."""
    found = {}
    for place in (folder, *folder.parents):
        status = place.stat()
        found[place] = (status.st_mode, status.st_uid, status.st_gid)
    return found
