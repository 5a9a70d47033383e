"""On the night of the switch a provider runs `netledger verify` against the old host, the new one, and both."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from demonstration import Demonstration
from netledger.installation.home import Home
from server.running import run
from system_api.hosts import http, played

ROWS = 10 * 4
"""The calls of the specification that only look, in four forms each."""


def verified(demo: Demonstration, *words: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run `netledger verify` against the demonstration, and whatever else the words say."""
    url = f"http://127.0.0.1:{demo.service.port}"
    return run("verify", url, *words, home=home or demo.service.home)


def rows_of(done: subprocess.CompletedProcess[str]) -> list[list[str]]:
    return [line.split("\t") for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def secrets(demo: Demonstration) -> list[str]:
    passwords = [demo.psw(context) for context in ("collector", "asr_fiscal", "api_1c")]
    return [*passwords, demo.facts["passwd"]]


@pytest.fixture
def written(demo: Demonstration) -> Iterator[None]:
    """Nothing is written by what is done in here."""
    count = """SELECT (SELECT count(*) FROM ledger_transfer), (SELECT count(*) FROM payments_payment),
                      (SELECT count(*) FROM subscribers_subscriber)"""
    before = demo.rows(count)
    yield
    assert demo.rows(count) == before


@pytest.mark.usefixtures("written")
def test_every_call_in_every_form_is_as_declared(demo: Demonstration, secrets: list[str]) -> None:
    done = verified(demo)

    rows = rows_of(done)
    assert done.returncode == 0, done.stdout
    assert len(rows) == ROWS and {row[1] for row in rows} == {
        "GET raw",
        "GET encoded",
        "POST raw",
        "POST encoded",
    }
    assert {(row[2], row[3], row[5]) for row in rows} == {("passed", "200", "")}
    assert done.stderr == f"{ROWS} of {ROWS} passed\n"
    assert [secret for secret in secrets if secret in done.stdout + done.stderr] == []


@pytest.mark.usefixtures("written")
def test_facts_and_passwords_may_stand_in_files_of_ones_own(demo: Demonstration, tmp_path: Path) -> None:
    facts, config = tmp_path / "facts.json", Home(demo.service.home).config
    facts.write_text(json.dumps({name: demo.facts[name] for name in ("nas_ip", "login", "passwd")}))

    done = verified(demo, "--facts", str(facts), "--config", str(config), home=tmp_path / "none")

    verdicts = {row[0]: row[2] for row in rows_of(done)}
    assert done.returncode == 1
    assert verdicts["collector_manager.users_logged"] == verdicts["web_cabinet.user_info"] == "passed"
    assert verdicts["api_1c_manager.api_1c_get_fin_detail"] == "skipped: no op_id"
    assert verdicts["asr_fiscal_manager.act_pay CHECK"] == "skipped: no contract_number"


def test_a_host_that_refuses_fails(demo: Demonstration, tmp_path: Path, secrets: list[str]) -> None:
    config = tmp_path / "config"
    config.write_text("declare -A network\nnetwork['api.collector.psw']='wrong-password'\n")

    done = verified(demo, "--config", str(config))

    (row, *_) = rows_of(done)
    assert (done.returncode, row[2], row[3]) == (1, "FAILED", "403")
    assert row[5] == "The password of the context is wrong"
    assert [secret for secret in [*secrets, "wrong-password"] if secret in done.stdout + done.stderr] == []


def test_two_hosts_that_say_the_same_do_not_differ(demo: Demonstration) -> None:
    done = verified(demo, f"http://localhost:{demo.service.port}")

    assert done.returncode == 0, done.stdout
    assert {(row[2], row[3]) for row in rows_of(done)} == {("passed / passed", "200 / 200")}


def test_two_that_do_not_are_seen_to(demo: Demonstration) -> None:
    with played(lambda _: http(b"")) as other:
        done = verified(demo, other.url)

    (row, *_) = rows_of(done)
    assert (done.returncode, row[2]) == (1, "passed / passed")
    assert row[5].startswith("differs: only in 1: ")


def test_a_payment_and_a_subscriber_are_written_once_and_only_when_told(demo: Demonstration) -> None:
    contract = demo.facts["contract_number"]
    before = demo.balance(contract)

    done = verified(demo, "--write", contract, "1.50")

    assert done.returncode == 0, done.stdout
    assert len(rows_of(done)) == ROWS + 8
    assert demo.balance(contract) == before + demo.value("SELECT 1.50")
    signed = "SELECT count(*) FROM {} WHERE {} LIKE 'verify-%%'"
    assert demo.value(signed.format("payments_payment", "operator_payment_id")) == 1  # type: ignore[arg-type]
    assert demo.value(signed.format("subscribers_subscriber", "onec_code")) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "words",
    [
        ("verify",),
        ("verify", "ftp://billing"),
        ("verify", "http://127.0.0.1:1", "http://user:word@billing"),
        ("verify", "http://127.0.0.1:1", "--facts", "/nonexistent"),
        ("verify", "http://127.0.0.1:1", "--facts", "/dev/null"),
        ("verify", "http://127.0.0.1:1", "--config", "/nonexistent"),
        ("verify", "http://127.0.0.1:1", "--write", "10245", "1,5"),
        ("verify", "http://127.0.0.1:1", "--write", "10245"),
    ],
)
def test_wrong_usage_is_told_apart_from_a_host_that_fails(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert run(*words, home=tmp_path).returncode == 2


def test_a_host_that_is_not_there_fails_soon(demo: Demonstration) -> None:
    done = run("verify", "http://127.0.0.1:1", home=demo.service.home, timeout_s=20)

    assert done.returncode == 1
    assert {row[5] for row in rows_of(done)} == {"no connection: Connection refused"}
