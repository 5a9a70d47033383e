"""`netledger doctor` names what is wrong and its cure, in the terminal's language; 1 where anything is, else 0."""

import json
from pathlib import Path
from subprocess import run as run_program

import pytest

from netledger.installation.config_edit import set_value
from netledger.installation.home import Home
from server.running import COMMAND, Service, environment, free_port, run
from server.wire import send


@pytest.fixture
def _a_port_for_metrics(own_home: Path) -> None:
    """The usual one may be another netledger's on this machine."""
    set_value(Home(own_home), "network.metrics.listen", f"127.0.0.1:{free_port()}")


@pytest.mark.embedded
@pytest.mark.usefixtures("_a_port_for_metrics")
def test_with_the_service_running_until_all_is_cured(own_service: Service) -> None:
    own_service.cli("nas", "add", "192.0.2.1", "--name", "Core")
    own_service.cli("config", "set", "network.api.trusted_proxy", "10.0.0.0/8")
    call_through_a_proxy = b"GET /system_api/ HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.9\r\n\r\n"
    send(own_service.port, call_through_a_proxy)

    found = json.loads(own_service.cli("doctor", "--json").stdout)
    said = own_service.cli("doctor")

    assert [one["code"] for one in found] == [
        "config_not_in_force",
        "proxy_unnamed",
        "trusted_proxy_too_wide",
        "no_backup",
        "nas_without_connections",
    ]
    assert (said.returncode, said.stderr) == (1, "")
    assert "error: There is no backup in " in said.stdout and said.stdout.endswith("Found: 5\n")
    for cure in (
        ("nas", "retire", "192.0.2.1"),
        ("config", "set", "network.api.trusted_proxy", "127.0.0.1"),
        ("service", "restart"),
        ("backup",),
    ):
        assert own_service.cli(*cure).returncode == 0
    send(own_service.port, call_through_a_proxy)
    cured = own_service.cli("doctor")
    assert (cured.returncode, cured.stdout, cured.stderr) == (0, "Nothing is set up wrongly\n", "")
    assert json.loads(own_service.cli("doctor", "--json").stdout) == []


@pytest.mark.embedded
def test_with_the_service_stopped_it_says_so_and_what_it_sees_without(own_home: Path) -> None:
    (own_home / "cfg" / "secret.key").chmod(0o644)

    said = run("doctor", home=own_home)

    assert (said.returncode, said.stderr) == (1, "")
    for part in ("is open to other users", "does not run on", "There is no backup", "Found: 3\n"):
        assert part in said.stdout


def test_without_a_home_it_says_how_to_name_one(tmp_path: Path) -> None:
    ran = run_program(
        [COMMAND, "doctor"],
        env=environment(tmp_path / "nowhere") | {"LANG": "ru_RU.UTF-8"},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert (ran.returncode, ran.stderr) == (1, "")
    assert ran.stdout.startswith("ошибка: Домашней папки ") and ran.stdout.endswith("Найдено: 1\n")
