"""A new home begins with a configuration that explains itself, with passwords that nobody else has."""

import json
import re
import stat
from pathlib import Path

import pytest

from installation.sourcing import source_in_bash
from netledger.installation.bash_config import read_config
from netledger.installation.config_edit import create_config, write_twin
from netledger.installation.errors import SettingRefused
from netledger.installation.home import Home, create_home
from netledger.installation.settings import read_settings

WITH_PASSWORD = ["collector", "api_1c", "base", "webcash", "asr_fiscal"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    create_home(home)
    create_config(home, "127.0.0.1:8082")
    return home


def test_is_the_specifications_and_open_to_this_machine_alone(home: Home) -> None:
    settings = read_settings(home.config)
    values = read_config(home.config).values()["network"]

    assert settings.app.time_zone == "Europe/Moscow"
    assert values["api.listen"] == "127.0.0.1:8082"
    assert values["api.allowed_ip"] == "127.0.0.1 ::1"
    assert "network['api.context']='web cabinet collector api_1c base webcash asr_fiscal'\n" in (
        home.config.read_text()
    )


def test_has_a_password_of_letters_and_digits_for_each_context_that_needs_one(home: Home) -> None:
    passwords = read_settings(home.config).network.psw

    assert list(passwords) == WITH_PASSWORD
    assert len(set(passwords.values())) == len(WITH_PASSWORD)
    for password in passwords.values():
        assert re.fullmatch("[A-Za-z0-9]{24}", password)


def test_has_other_passwords_than_another_home(home: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    create_home(other)
    create_config(other, "127.0.0.1:8082")

    ours, theirs = (set(read_settings(each.config).network.psw.values()) for each in (home, other))

    assert not ours & theirs


def test_explains_every_value_in_both_languages(home: Home) -> None:
    blocks = home.config.read_text().split("\n\n")
    with_values = [block for block in blocks if "']='" in block]

    assert len(with_values) == 4 + len(WITH_PASSWORD)
    for block in with_values:
        russian, english = block.splitlines()[:2]
        assert re.match("# .*[а-я]", russian)
        assert re.match("# [^а-я]+$", english)


@pytest.mark.parametrize("key", ["psw", "allowed_ip"])
def test_says_how_the_cabinets_contexts_are_kept_from_routers_and_gateways(home: Home, key: str) -> None:
    told = [line for line in home.config.read_text().splitlines() if f" network.api.web.{key} " in line]

    assert [line.rpartition(" ")[2].isascii() for line in told] == [False, True]


def test_titles_the_allowed_addresses_as_the_specification_does(home: Home) -> None:
    widget = read_config(home.config).values()["network"]["api.allowed_ip.widget"]

    assert '"Список IP для которых разрешено подключаться к системному API"' in widget


def test_is_for_its_owner_alone(home: Home) -> None:
    for file in (home.config, home.config_json):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_says_the_same_to_bash_and_in_json(home: Home, tmp_path: Path) -> None:
    values = read_config(home.config).values()
    copy = tmp_path / "copy"
    copy.write_bytes(home.config.read_bytes())

    (sourced,) = source_in_bash([copy], folder=tmp_path)

    assert sourced.accepted
    assert sourced.values == values
    assert json.loads(home.config_json.read_text()) == {
        section: {key: [value] for key, value in entries.items()} for section, entries in values.items()
    }


def test_is_not_written_over_one_that_is_there(home: Home) -> None:
    before = home.config.read_bytes()

    create_config(home, "0.0.0.0:80")

    assert home.config.read_bytes() == before


def test_is_not_written_with_an_address_that_it_could_not_have(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    create_home(home)

    with pytest.raises(SettingRefused, match="ADDRESS:PORT"):
        create_config(home, "localhost")

    assert not home.config.exists()


def test_gets_its_twin_anew_after_it_was_edited_by_hand(home: Home) -> None:
    home.config.write_text("declare -A network\nnetwork['api.collector.psw']='by hand'\n")

    write_twin(home)

    assert json.loads(home.config_json.read_text()) == {"network": {"api.collector.psw": ["by hand"]}}
