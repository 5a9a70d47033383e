"""What is set up wrongly in a home is found while it is so, with a cure, and not any more when it is cured."""

import os
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from found import codes
from netledger.installation import full_disk
from netledger.installation.config_edit import KEPT_MAX, create_config
from netledger.installation.doctor import findings
from netledger.installation.home import Home, create_home
from netledger.installation.secret_key import create

Usage = namedtuple("Usage", "total used free")
GIB = 2**30


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A new home, as a first start leaves it, without a database."""
    home = Home(tmp_path / "home")
    create_home(home)
    create_config(home, "127.0.0.1:8082")
    create(home)
    return home


def test_nothing_in_a_new_one(home: Home) -> None:
    assert codes(findings(home)) == []


def test_that_there_is_none(tmp_path: Path) -> None:
    (missing,) = findings(Home(tmp_path / "nowhere"))

    assert codes([missing]) == ["home_missing"]
    assert "nowhere" in missing.sentence("en")


@pytest.mark.parametrize("name", ["", "cfg", "cfg/config", "cfg/config.json", "cfg/secret.key", "log", "run"])
def test_what_others_may_read(home: Home, name: str) -> None:
    path = home.path / name
    mode = path.stat().st_mode & 0o777
    path.chmod(mode | 0o040)

    (wide,) = findings(home)

    assert codes([wide]) == ["rights_too_wide"]
    assert wide.cure("en") == f"chmod {mode:o} {path}"
    path.chmod(mode)
    assert codes(findings(home)) == []


def test_what_others_may_read_of_the_demonstrations_facts_and_of_earlier_configs(home: Home) -> None:
    kept = home.config_folder / "config.20200101-000000"
    for path in (home.demo_json, kept):
        path.write_text("")
        path.chmod(0o644)

    assert codes(findings(home)) == ["rights_too_wide"] * 2


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_what_belongs_to_somebody_else(home: Home) -> None:
    os.chown(home.secret_key, 12345, 12345)

    (foreign,) = findings(home)

    assert codes([foreign]) == ["owner_differs"]
    os.chown(home.secret_key, home.path.stat().st_uid, 0)
    assert codes(findings(home)) == []


@pytest.mark.parametrize(
    ("total", "free", "found"),
    [
        (100 * GIB, GIB - 1, ["disk_nearly_full"]),
        (100 * GIB, 4 * GIB, ["disk_nearly_full"]),
        (100 * GIB, 6 * GIB, []),
        (4000 * GIB, 11 * GIB, []),
        (8 * GIB, GIB, []),
    ],
)
def test_a_disk_that_is_nearly_full(
    home: Home, monkeypatch: pytest.MonkeyPatch, total: int, free: int, found: list[str]
) -> None:
    monkeypatch.setattr(full_disk.shutil, "disk_usage", lambda _path: Usage(total, total - free, free))

    assert codes(findings(home)) == found


def test_a_config_that_cannot_be_read(home: Home) -> None:
    right = home.config.read_text()
    home.config.write_text(right + "network['api.allowed_ip']='somewhere'\n")

    (wrong,) = findings(home)

    assert codes([wrong]) == ["config_wrong"]
    assert "api.allowed_ip" in wrong.sentence("en") and str(len(right.splitlines()) + 1) in wrong.sentence(
        "en"
    )
    home.config.write_text(right)
    assert codes(findings(home)) == []


def test_a_time_zone_that_there_is_not(home: Home) -> None:
    home.config.write_text(home.config.read_text() + "app['time_zone']='Europe/Atlantis'\n")

    (wrong,) = findings(home)

    assert "time_zone" in wrong.sentence("en")


@pytest.mark.parametrize("content", [None, "", "not a key"])
def test_a_key_of_secrets_that_is_lost_or_broken(home: Home, content: str | None) -> None:
    right = home.secret_key.read_bytes()
    home.secret_key.unlink()
    if content is not None:
        home.secret_key.write_text(content)
        home.secret_key.chmod(0o600)

    assert codes(findings(home)) == ["secret_key_unreadable"]

    home.secret_key.write_bytes(right)
    home.secret_key.chmod(0o600)
    assert codes(findings(home)) == []


def test_a_pile_of_earlier_configs(home: Home) -> None:
    for number in range(KEPT_MAX + 1):
        shutil.copy2(home.config, home.config_folder / f"config.2020010{number:02d}")

    assert codes(findings(home)) == ["many_kept_configs"]

    (home.config_folder / "config.202001000").unlink()
    assert codes(findings(home)) == []
