"""A value that is set changes alone: every other byte stays, and the file as it was is kept."""

import errno
import json
import os
import re
import stat
from pathlib import Path

import pytest

from netledger.installation import config_edit, whole_file
from netledger.installation.bash_config import read_config
from netledger.installation.config_edit import set_value
from netledger.installation.errors import ConfigRefused, ConfigUnreadable, FileNotWritten, SettingRefused
from netledger.installation.home import Home, create_home

CARBONS = r"""#!/bin/bash
# Настройки@
declare -A app   # общее
  app['name']="Провайдер"	# имя
app['city']=Уфа
app['name.widget']='inputbox "Имя" "Как зовут"'
declare -A network

network['api.allowed_ip']='127.0.0.1'
network['api.web.psw']='it'\''s'
declare -A other
other['unknown']=   # nothing
network['api.allowed_ip']='::1'
""".replace("@", " \t ")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    create_home(home)
    home.config.write_text(CARBONS)
    return home


def contents(home: Home) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in home.config_folder.iterdir()}


def kept(home: Home) -> list[Path]:
    return sorted(home.config_folder.glob("config.2*"))


@pytest.mark.parametrize(
    ("key", "value", "old", "new"),
    [
        ("app.name", 'Связь "Юг" $1', '"Провайдер"', '"Связь \\"Юг\\" \\$1"'),
        ("app.city", "Омск", "=Уфа", "=Омск"),
        ("app.city", "Нижний Новгород", "=Уфа", "='Нижний Новгород'"),
        ("network.api.web.psw", "don't", "'it'\\''s'", "'don'\\''t'"),
        ("other.unknown", "x", "['unknown']=   #", "['unknown']=x   #"),
        ("network.api.allowed_ip", "::1 10.0.0.1", "'::1'", "'::1 10.0.0.1'"),
        ("app.name.widget", "ip", """'inputbox "Имя" "Как зовут"'""", "'ip'"),
        ("app.tail", "x", "зовут\"'\n", "зовут\"'\napp['tail']='x'\n"),
        ("other.k", "x", "# nothing\n", "# nothing\nother['k']='x'\n"),
        ("network.api.base.psw", "x", "='::1'", "='::1'\nnetwork['api.base.psw']='x'"),
        ("new.k", "x", "='::1'\n", "='::1'\n\ndeclare -A new\nnew['k']='x'\n"),
    ],
)
def test_and_nothing_else_does(home: Home, key: str, value: str, old: str, new: str) -> None:
    before = home.config.read_text()
    assert before.count(old) == 1

    set_value(home, key, value)

    section, _, name = key.partition(".")
    assert home.config.read_text() == before.replace(old, new)
    assert read_config(home.config).values()[section][name] == value


def test_and_a_last_line_without_an_end_gets_one_only_where_something_follows(home: Home) -> None:
    home.config.write_text("declare -A app other\napp['a']='1'\nother['b']='2'")

    set_value(home, "app.c", "3")
    middle = home.config.read_text()
    set_value(home, "other.d", "4")

    assert middle == "declare -A app other\napp['a']='1'\napp['c']='3'\nother['b']='2'"
    assert home.config.read_text() == middle + "\nother['d']='4'\n"


def test_while_the_file_as_it_was_is_kept_under_a_name_with_the_time_in_it(home: Home) -> None:
    first = home.config.read_bytes()
    home.config.chmod(0o644)

    set_value(home, "app.city", "Омск")
    second = home.config.read_bytes()
    set_value(home, "app.city", "Пермь")

    assert sorted(file.read_bytes() for file in kept(home)) == sorted([first, second])
    for file in kept(home):
        assert re.fullmatch(r"config\.[0-9]{8}-[0-9]{6}(-[0-9]+)?", file.name)
    for file in home.config_folder.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_of_what_is_kept_the_newest_stay_and_nothing_else_goes(home: Home) -> None:
    older = [home.config_folder / f"config.20200101-000000{number}" for number in ("", "-2", "-10")]
    others = [home.config_folder / name for name in ("config.2020-01-01", "config.20200101-000000.bak")]
    for path in (*older, *others):
        path.write_text("")

    for number in range(config_edit.KEPT_MAX - 1):
        set_value(home, "app.city", f"Омск {number}")

    assert [path for path in older if path.exists()] == [older[-1]]
    assert all(path.exists() for path in others)
    assert len(kept(home)) == config_edit.KEPT_MAX + len(others)


def test_and_so_does_its_json_twin(home: Home) -> None:
    set_value(home, "network.api.collector.psw", "ключ\t\\\"'")

    twin = json.loads(home.config_json.read_text())
    assert twin["network"]["api.collector.psw"] == ["ключ\t\\\"'"]
    assert twin["network"]["api.allowed_ip"] == ["::1"]


def test_but_not_where_it_has_that_value_already(home: Home) -> None:
    before = home.config.read_bytes()

    set_value(home, "network.api.web.psw", "it's")

    assert home.config.read_bytes() == before
    assert kept(home) == []


def test_where_a_link_leads(home: Home, tmp_path: Path) -> None:
    home.config.rename(tmp_path / "elsewhere")
    home.config.symlink_to(tmp_path / "elsewhere")

    set_value(home, "app.city", "Омск")

    assert home.config.is_symlink()
    assert "Омск" in (tmp_path / "elsewhere").read_text()


def test_for_the_owner_of_the_home_whoever_changes_it(home: Home) -> None:
    if os.geteuid() == 0:
        os.chown(home.config_folder, 12345, 54321)
    folder = home.config_folder.stat()

    set_value(home, "app.city", "Омск")

    for file in home.config_folder.iterdir():
        assert (file.stat().st_uid, file.stat().st_gid) == (folder.st_uid, folder.st_gid)


@pytest.mark.parametrize(
    ("key", "value", "named"),
    [
        ("app.name", "two\nlines", "newline"),
        ("app.name", "a\0b", "NUL"),
        ("app.name", "\udcff", "UTF-8"),
        ("network.session.seen_within_s", "5", "from 10 to 604800 s"),
        ("network.api.allowed_ip", "10.0.0.1,10.0.0.2", "address"),
        ("network.api.collector.allowed_ip", "x", "address"),
        ("app.time_zone", "Mars/Olympus", "time zone"),
        ("listen", "x", "section.key"),
        ("network.", "x", "section.key"),
        ("PATH.x", "x", "section.key"),
        ("app.$(x)", "x", "section.key"),
        ("app.']=1;x['", "x", "section.key"),
        ("app.a\nb", "x", "section.key"),
    ],
)
def test_but_not_to_what_it_cannot_be(home: Home, key: str, value: str, named: str) -> None:
    before = contents(home)

    with pytest.raises(SettingRefused, match=named):
        set_value(home, key, value)

    assert contents(home) == before


def test_but_not_in_a_file_that_bash_would_not_take(home: Home) -> None:
    home.config.write_text("declare -A app\napp['name']=$(x)\n")
    before = contents(home)

    with pytest.raises(ConfigRefused, match="line 2"):
        set_value(home, "app.city", "Омск")

    assert contents(home) == before


def test_but_not_beyond_what_would_be_read_again(home: Home) -> None:
    before = contents(home)

    with pytest.raises(ConfigUnreadable, match="1 MiB"):
        set_value(home, "app.name", "x" * 1024 * 1024)

    assert contents(home) == before


def test_but_not_where_there_is_no_home(tmp_path: Path) -> None:
    with pytest.raises(ConfigUnreadable, match="nowhere"):
        set_value(Home(tmp_path / "nowhere"), "app.name", "x")


@pytest.mark.parametrize("step", ["fsync", "fchmod"])
def test_wholly_or_not_at_all_when_the_disk_is_full(
    home: Home, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = contents(home)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(whole_file.os, step, full)

    with pytest.raises(FileNotWritten, match="No space left"):
        set_value(home, "app.name", "x")

    assert contents(home) == before


@pytest.mark.parametrize("value", ["pa%98s", "a&b", "a#b", "a+b", "a b", "пароль", 'a"b', "a\\b", "a\tb"])
def test_with_a_warning_of_a_password_that_does_not_go_raw_into_a_url(home: Home, value: str) -> None:
    (warned,) = set_value(home, "network.api.collector.psw", value)

    assert "%XX" in warned.ru
    assert "percent-encoded" in warned.en
    assert value not in warned.ru + warned.en


def test_without_a_warning_of_a_password_that_does(home: Home) -> None:
    assert set_value(home, "network.api.collector.psw", "aZ09-._~!$'()*,:@/?=") == []
    assert set_value(home, "network.api.allowed_ip", "127.0.0.1 ::1") == []


def test_with_a_warning_of_a_key_that_nobody_reads(home: Home) -> None:
    (warned,) = set_value(home, "network.api.contex", "web")

    assert "network.api.contex" in warned.en
    assert set_value(home, "network.api.context.widget", "inputbox") == []
