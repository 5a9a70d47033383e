"""A backup's stream of WAL ends, on the service's disk, before that disk counts as nearly full."""

from pathlib import Path
from typing import NamedTuple

import pytest

from netledger.installation import full_disk
from netledger.installation.backup.folder import BackupFolder
from netledger.installation.backup.receiver import room_bytes_min
from netledger.installation.full_disk import is_nearly_full
from netledger.installation.home import Home, create_home
from netledger.installation.postgres import FIXED_SETTINGS

GIB = 2**30


class Usage(NamedTuple):
    """What the system says of a disk."""

    total: int
    used: int
    free: int


@pytest.mark.parametrize(("total", "room"), [(8, 2), (20, 2), (100, 6), (200, 11), (4000, 11)])
def test_with_what_postgres_keeps_for_it_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, total: int, room: int
) -> None:
    home = Home(tmp_path / "home")
    create_home(home)
    home.cluster.mkdir()
    home.backup.mkdir(exist_ok=True)

    def has(free: int) -> None:
        usage = Usage(total * GIB, total * GIB - free, free)
        monkeypatch.setattr(full_disk.shutil, "disk_usage", lambda _path: usage)

    has(total * GIB)
    left = room_bytes_min(home, BackupFolder(home.backup))
    has(left - GIB)

    assert FIXED_SETTINGS["max_slot_wal_keep_size"] == "1024MB"
    assert left == room * GIB
    assert not is_nearly_full(home.path)
