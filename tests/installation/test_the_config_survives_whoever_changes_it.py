"""Several may change the configuration at once, and any of them may be killed: no change is lost or halved."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from netledger.installation.bash_config import read_config
from netledger.installation.config_edit import KEPT_MAX, set_value
from netledger.installation.home import Home, create_home

SETTER = """
import sys
from pathlib import Path
from netledger.installation.config_edit import set_value
from netledger.installation.home import Home

home, name, times = Home(Path(sys.argv[1])), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
for number in range(times):
    set_value(home, f"app.{name}{number % 10}", f"{name}-{number}-" + "x" * 20_000)
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    create_home(home)
    home.config.write_text("declare -A app\napp['first']='1'\n")
    return home


def start_setter(home: Home, name: str, *, times: int) -> "subprocess.Popen[str]":
    started = subprocess.Popen(
        [sys.executable, "-c", SETTER, home.path, name, str(times)], stdout=subprocess.PIPE, text=True
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "ready\n"
    return started


def test_at_once_and_none_is_lost(home: Home) -> None:
    names = ["a", "b", "c", "d"]

    setters = [start_setter(home, name, times=10) for name in names]

    assert [setter.communicate(timeout=60) and setter.returncode for setter in setters] == [0] * len(names)
    keys = {f"{name}{number}" for name in names for number in range(10)}
    assert read_config(home.config).values()["app"].keys() == keys | {"first"}
    assert len(list(home.config_folder.glob("config.2*"))) == min(len(keys), KEPT_MAX)


def test_or_is_killed_in_the_middle(home: Home) -> None:
    chance = random.Random(20261125)

    for round_number in range(10):
        setter = start_setter(home, f"r{round_number}n", times=1_000_000)
        time.sleep(chance.uniform(0.01, 0.15))
        setter.kill()
        setter.communicate(timeout=60)

        kept = list(home.config_folder.glob("config.2*"))
        for file in (home.config, *kept):
            values = read_config(file).values()["app"]
            assert values.pop("first") == "1"
            assert all(value.endswith("x" * 20_000) for value in values.values())
        json.loads(home.config_json.read_text())
        for file in kept:
            file.unlink()

    set_value(home, "app.last", "1")
    assert len(list(home.config_folder.iterdir())) == len(["config", "config.json", "config.2…"])
