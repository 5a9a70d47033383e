"""The command imports what the called subcommand needs and no more."""

import subprocess
import sys

import pytest

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
    for name in ("demo", "serve", "service", "config", "nas", "operator", "session", "check"):
        assert f" {name} " in ran.stdout
