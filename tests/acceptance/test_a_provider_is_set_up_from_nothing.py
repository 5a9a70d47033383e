"""Whoever pastes the README's section on a provider from nothing has one, and a subscriber whom a payment opens."""

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.running import environment, free_port

ROOT = Path(__file__).parents[2]
SECTION = "## Set up a provider from nothing\n"
ADDRESS = "127.0.0.1:8082"
TIMEOUT_S = 120


def blocks() -> list[str]:
    """The section's blocks of commands, in their order."""
    _, _, rest = (ROOT / "README.md").read_text(encoding="utf-8").partition(SECTION)
    section, _, _ = rest.partition("\n## ")
    return re.findall(r"^```sh\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder like the project's after `make venv`; what was started in it is stopped at the end."""
    place = Path(tempfile.mkdtemp(prefix="netledger-readme-"))
    (place / ".venv").symlink_to(ROOT / ".venv")
    try:
        yield place
    finally:
        _pasted(place, "netledger service stop")
        shutil.rmtree(place)


def _pasted(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    """Paste a text into a bash that stands in the folder, where the first block's variables are set."""
    exports = blocks()[0].splitlines()[0]
    return subprocess.run(
        ["bash", "-e", "-c", f"{exports}\n{text}"],
        cwd=folder,
        env=environment(folder / "provider"),
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
    )


def test_its_list_has_the_debtor_and_after_a_payment_has_not(folder: Path) -> None:
    address = f"127.0.0.1:{free_port()}"
    start, set_up, pay, ask = (block.replace(ADDRESS, address) for block in blocks())

    said = []
    for text in (start, set_up, pay, ask):
        ran = _pasted(folder, text)
        assert (ran.returncode, ran.stderr) == (0, "")
        said.append(ran.stdout)
    shown = json.loads(_pasted(folder, "netledger subscriber show ivanov --json").stdout)

    assert "access\tClosed for debt since" in said[1]
    listed, paid = said[2].splitlines()  # and nothing after the payment
    assert listed.startswith(
        "10.0.0.5 ivanov 0.0.0.0 - 1 1 0 100000 100000 125000  100000 100000 125000 192.0.2.1"
    )
    assert said[3].startswith("Access is open since ")
    assert "10.0.0.5 on NAS 192.0.2.1: contract 0010245, login ivanov, since " in said[3]
    assert paid.startswith("The payment is taken: ") and paid.endswith("balance 70.00")
    assert (shown["balance"], shown["state"]["reason"]) == ("70.00", "open")
    assert _pasted(folder, "netledger check").stdout == "check: everything ties\n"
