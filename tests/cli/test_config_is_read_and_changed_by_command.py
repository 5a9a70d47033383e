"""`netledger config` prints, changes and lists the settings of a home, and tells a refusal from wrong usage."""

import os
import pty
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from netledger.installation.config_edit import create_config
from netledger.installation.home import Home, create_home

NETLEDGER = Path(sys.executable).with_name("netledger")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    create_home(home)
    create_config(home, "127.0.0.1:8082")
    return home


def netledger(
    *words: str, home: Home, locale: str = "C.UTF-8", file_size_max: int = -1
) -> "subprocess.CompletedProcess[str]":
    """Run the command as a user does; with a limit, no file may grow beyond it."""
    return subprocess.run(
        [NETLEDGER, *words],
        env={"NETLEDGER_HOME": str(home.path), "LANG": locale, "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (file_size_max, file_size_max)),
    )


def test_get_prints_the_bare_value(home: Home) -> None:
    value = "pa%98s \"'$x` \\ \t ключ"
    netledger("config", "set", "network.api.collector.psw", value, home=home)

    got = netledger("config", "get", "network.api.collector.psw", home=home, locale="C")

    assert (got.returncode, got.stdout, got.stderr) == (0, value + "\n", "")


def test_get_prints_what_holds_where_the_file_says_nothing(home: Home) -> None:
    assert netledger("config", "get", "network.session.seen_within_s", home=home).stdout == "900\n"


def test_get_of_a_key_that_is_not_set_is_refused(home: Home) -> None:
    for key in ("network.api.web.psw", "other.key"):
        got = netledger("config", "get", key, home=home)

        assert (got.returncode, got.stdout) == (1, "")
        assert got.stderr == f"netledger: {key} is not set in the configuration\n"


def test_set_is_silent_unless_there_is_something_to_say(home: Home) -> None:
    plain = netledger("config", "set", "network.api.collector.psw", "aZ09", home=home)
    special = netledger("config", "set", "network.api.collector.psw", "a&b", home=home)

    assert (plain.returncode, plain.stdout, plain.stderr) == (0, "", "")
    assert (special.returncode, special.stdout) == (0, "")
    assert "percent-encoded" in special.stderr
    assert special.stderr.count("\n") == 1


def test_set_takes_a_value_that_looks_like_an_option(home: Home) -> None:
    netledger("config", "set", "network.api.collector.psw", "-5", home=home)

    assert netledger("config", "get", "network.api.collector.psw", home=home).stdout == "-5\n"


@pytest.mark.parametrize(
    ("locale", "said"),
    [("ru_RU.UTF-8", "netledger: app.time_zone: нет такого"), ("C", "netledger: app.time_zone: there is no")],
)
def test_a_refusal_is_one_line_in_the_users_language(home: Home, locale: str, said: str) -> None:
    refused = netledger("config", "set", "app.time_zone", "Mars", home=home, locale=locale)

    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith(said)
    assert refused.stderr.count("\n") == 1


def test_a_file_that_cannot_be_written_is_left_as_it_was(home: Home) -> None:
    before = home.config.read_bytes(), home.config_json.read_bytes()

    refused = netledger("config", "set", "app.name", "x" * 5000, home=home, file_size_max=4096)

    assert refused.returncode == 1
    assert "File too large" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert (home.config.read_bytes(), home.config_json.read_bytes()) == before


@pytest.mark.parametrize("words", [["config", "set", "app.name"], ["config", "drop"], ["nonsense"]])
def test_wrong_usage_is_told_apart_from_a_refusal(home: Home, words: list[str]) -> None:
    assert netledger(*words, home=home).returncode == 2


def test_list_shows_everything_but_secrets(home: Home) -> None:
    lines = ["declare -A db", "db['password']='xyzzy'", "db['host']='here\tthere'", ""]
    with home.config.open("a") as file:
        file.write("\n".join(lines))
    password = netledger("config", "get", "network.api.collector.psw", home=home).stdout.strip()

    listed = netledger("config", "list", home=home, locale="ru_RU.UTF-8").stdout

    rows = {
        key: (value, meaning) for key, value, meaning in (line.split("\t") for line in listed.splitlines())
    }
    assert rows["network.api.collector.psw"] == ("***", "Пароль контекста; пусто: не задан")
    assert rows["network.api.listen"][0] == "127.0.0.1:8082"
    assert rows["network.session.seen_within_s"][0] == "900"
    assert rows["network.session.seen_within_s"][1].endswith(", 10–604800 с (по умолчанию)")
    assert rows["db.password"][0] == "***"
    assert rows["db.host"][0] == r"here\tthere"
    assert "network.api.allowed_ip.widget" not in rows
    assert password not in listed
    assert "xyzzy" not in listed


def test_list_is_a_table_on_a_terminal(home: Home) -> None:
    ours, theirs = pty.openpty()
    environment = {"NETLEDGER_HOME": str(home.path), "LANG": "C.UTF-8", "TERM": "xterm", "COLUMNS": "150"}

    subprocess.run([NETLEDGER, "config", "list"], env=environment, stdout=theirs, timeout=60, check=True)

    os.close(theirs)
    table = os.read(ours, 1024 * 1024).decode()
    os.close(ours)
    assert "│ network.api.listen" in table
    assert "The address and port at which netledger answers" in table


def test_the_home_may_be_named_before_the_subcommand(home: Home, tmp_path: Path) -> None:
    nowhere = Home(tmp_path / "nowhere")

    named = netledger("--home", str(home.path), "config", "get", "network.api.listen", home=nowhere)
    unnamed = netledger("config", "get", "network.api.listen", home=nowhere)

    assert (named.returncode, named.stdout) == (0, "127.0.0.1:8082\n")
    assert unnamed.returncode == 1
    assert str(nowhere.config) in unnamed.stderr
