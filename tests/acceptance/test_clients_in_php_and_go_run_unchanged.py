"""The vendor's class in PHP and a service in Go call by their own libraries, and find what they look for."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from demonstration import Demonstration
from netledger.installation.home import Home

CLIENTS = Path(__file__).with_name("clients")
RUN_WITHIN_S, BUILT_WITHIN_S = 60, 170
WRONG_PASSWORD, SIGN_IN_FIRST = "Неверный логин или пароль", "Необходимо авторизоваться"


@pytest.fixture(scope="module")
def php() -> list[str | Path]:
    """The command that runs the PHP class."""
    if shutil.which("php") is None:
        pytest.skip("php is not here: make packages")
    listed = subprocess.run(["php", "-m"], capture_output=True, text=True, timeout=RUN_WITHIN_S)
    if "curl" not in listed.stdout.split():
        pytest.skip("php has no curl: make packages")
    return ["php", CLIENTS / "cabinet.php"]


@pytest.fixture(scope="module")
def go_service(tmp_path_factory: pytest.TempPathFactory) -> list[str | Path]:
    """The command that is the Go service, built of the standard library alone, without a network."""
    if shutil.which("go") is None:
        pytest.skip("go is not here: make packages")
    folder = tmp_path_factory.mktemp("go")
    offline = {"GOPROXY": "off", "GOFLAGS": "-mod=mod", "GOCACHE": str(folder / "cache"), "CGO_ENABLED": "0"}
    build = ["go", "build", "-o", folder / "cabinet", CLIENTS / "cabinet.go"]
    subprocess.run(build, env={**os.environ, **offline}, check=True, timeout=BUILT_WITHIN_S)
    return [folder / "cabinet"]


def played(demo: Demonstration, client: list[str | Path], *more: str | Path) -> Any:
    """What a client tells of the subscriber whom demo.json names."""
    url = f"http://127.0.0.1:{demo.service.port}/system_api/"
    facts = json.dumps({name: demo.facts[name] for name in ("login", "passwd", "ip")})
    ran = subprocess.run(
        [*client, url, *more], input=facts, capture_output=True, text=True, timeout=RUN_WITHIN_S
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return json.loads(ran.stdout)


def test_the_vendors_class_in_php(demo: Demonstration, php: list[str | Path]) -> None:
    contract_number = demo.facts["contract_number"]
    balance = f"{demo.balance(contract_number):.2f}"

    told = played(demo, php, Home(demo.service.home).config_json)

    assert told["by_get"] == told["by_post"]
    assert told["by_get"] | {"title": ""} == {
        "title": "",
        "contract_number": contract_number,
        "account": {
            "by_spaces": [contract_number, balance],
            "by_neighbours": contract_number,
            "by_pattern": balance,
        },
        "is_open": True,
        "balance": float(balance),
        "after_leaving": SIGN_IN_FIRST,
        "wrong_password": WRONG_PASSWORD,
        "no_arguments": "HTTP 400",
    }
    assert told["by_get"]["title"].endswith(f" ({demo.facts['login']})")
    assert (told["by_address"], told["currency"]) == (contract_number, "руб")
    assert (told["password"], told["cookies"], told["redirects"]) == ("", [], 0)


def test_a_service_in_go(demo: Demonstration, go_service: list[str | Path]) -> None:
    contract_number = demo.facts["contract_number"]
    balance = demo.balance(contract_number)

    told = played(demo, go_service)

    assert (told["contract_number"], told["by_address"]) == (contract_number, contract_number)
    assert told["account"] == [contract_number, f"{balance:.2f}"]
    assert (told["wrong_password"], told["sign_ins"]) == (WRONG_PASSWORD, 2)
    first, second, third = told["visits"]
    assert first == second == third
    assert (first["balance"], first["in_block"], first["error"]) == (float(balance), "0", "")
    assert first["tarif_id"] > 0 and first["enough_to_date"] >= "2026-01-01"
