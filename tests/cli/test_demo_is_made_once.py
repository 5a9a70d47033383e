"""A demonstration is made at the first start of a home, and never mixed into a provider's own."""

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.demonstration import demonstration, pasted
from demonstration import copy_of_made_home
from server.running import COMMAND, environment, eventually, free_port, run

SMALL = ("--subscribers", "200")


@pytest.fixture
def own() -> Iterator[Path]:
    """A stopped demonstration of the test's own."""
    with copy_of_made_home() as home:
        yield home.path


def test_a_later_start_finds_it_and_follows_the_address_and_the_passwords(own: Path) -> None:
    made = json.loads((own / "demo.json").read_bytes())
    run("config", "set", "network.api.collector.psw", "a'b&c", home=own)

    with demonstration(own, "--subscribers", "300", "--seed", "2", lang="ru_RU.UTF-8") as demo:
        now = demo.facts_when_ready

        assert now is not None
        assert _lasting(now) == _lasting(made)
        assert now["url"] == f"http://127.0.0.1:{demo.port}"
        assert pasted(now["curl"]["collector_manager.users_negbal"])
        assert "netledger отвечает на" in demo.said
        assert "Создаётся" not in demo.said


def test_a_providers_own_home_is_refused_and_stays_as_it_is(own: Path) -> None:
    (own / "demo.json").unlink()

    refused = run("demo", "--listen", f"127.0.0.1:{free_port()}", *SMALL, home=own)

    assert refused.returncode == 1
    assert refused.stderr.startswith(f"netledger: A real provider lives in {own}")
    assert refused.stdout == ""
    assert not (own / "demo.json").exists()


@pytest.mark.faults
def test_a_making_that_was_killed_begins_anew(tmp_path: Path) -> None:
    home, output = tmp_path / "home", tmp_path / "output"
    with output.open("wb") as out:
        killed = subprocess.Popen(
            [COMMAND, "demo", "--listen", f"127.0.0.1:{free_port()}", "--subscribers", "20000"],
            env=environment(home),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    eventually(lambda: "20000 subscribers" in output.read_text())
    time.sleep(1.5)  # long enough to have begun to write, and much shorter than it takes
    killed.kill()
    killed.wait()
    assert not (home / "demo.json").exists()

    with demonstration(home, *SMALL) as demo:
        assert "Making the demonstration provider: 200 subscribers" in demo.said
        assert demo.cli("check").returncode == 0


@pytest.mark.parametrize("count", ["199", "2000001", "many"])
def test_a_size_out_of_its_limits_is_wrong_usage(tmp_path: Path, count: str) -> None:
    refused = run("demo", "--subscribers", count, home=tmp_path / "home")

    assert refused.returncode == 2
    assert "--subscribers" in refused.stderr
    assert not (tmp_path / "home").exists()


def _lasting(facts: dict[str, Any]) -> dict[str, Any]:
    """What does not follow the address, the passwords or the moment of the start."""
    return {
        name: value
        for name, value in facts.items()
        if name not in ("url", "metrics_url", "suid") and not name.startswith("curl")
    }
