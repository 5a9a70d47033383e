"""The command imports what the called subcommand needs and no more."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from netledger.cli.main import SUBCOMMANDS, app

SCRIPT = """
import sys
from netledger.cli.main import main
sys.argv = ["netledger", *sys.argv[1:]]
try:
    main()
finally:
    heavy = {"django", "psycopg", "gevent", "gunicorn", "cryptography"} & set(sys.modules)
    sys.stderr.write(f"imported: {sorted(heavy)}")
"""


@pytest.mark.parametrize("words", [["--help"], ["config", "--help"], ["config", "get", "app.time_zone"]])
def test_without_django_where_nothing_needs_it(words: list[str]) -> None:
    ran = subprocess.run([sys.executable, "-c", SCRIPT, *words], capture_output=True, text=True, timeout=60)

    assert ran.stderr.endswith("imported: []")


def test_and_lists_its_subcommands_all_the_same() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "netledger.cli.main", "--help"], capture_output=True, text=True, timeout=60
    )

    assert ran.returncode == 0
    for subcommand in SUBCOMMANDS:
        assert f" {subcommand.name} " in ran.stdout


@pytest.mark.parametrize("name", [subcommand.name for subcommand in SUBCOMMANDS])
def test_and_finds_each_of_them_when_it_is_called(name: str) -> None:
    called = CliRunner().invoke(app, [name, "--help"], catch_exceptions=False)

    assert called.exit_code == 0
    assert "Usage" in called.output
