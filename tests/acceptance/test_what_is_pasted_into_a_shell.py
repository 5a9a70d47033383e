"""The README's lines work as they are pasted, after its own functions; a line without -g says what it lacks."""

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from acceptance.specification import LISTS, PAY, target_of
from demonstration import Demonstration

ROOT = Path(__file__).parents[2]
SECTIONS = {"README.md": "## The calls\n", "README.ru.md": "## Вызовы\n"}
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CALLS = re.compile(r"^## (?:The calls|Вызовы)$.*?(?=^## )", re.MULTILINE | re.DOTALL)
"""The section whose lines are pasted while `make demo` runs."""
TIMEOUT_S = 60
SHOW_STATUS = "curl() { command curl --silent --show-error --write-out '\\n%{http_code}\\n' \"$@\"; }\n"
"""What is pasted stays as it is; only what curl prints is told its status too."""


class Printed(NamedTuple):
    """What one request of a curl line printed."""

    body: str
    status: int


def bash(script: str, folder: Path) -> list[Printed]:
    """Run a script as a person at a terminal in that folder does; what each request printed."""
    done = subprocess.run(
        ["bash", "-c", SHOW_STATUS + script], cwd=folder, capture_output=True, text=True, timeout=TIMEOUT_S
    )
    assert (done.returncode, done.stderr) == (0, "")
    found = re.findall(r"(.*?)\n(\d{3})\n", done.stdout, re.DOTALL)
    return [Printed(body, int(status)) for body, status in found]


def calls_of(readme: str) -> tuple[str, list[str]]:
    """Of the section on the calls: the block of functions, and the lines that use them, as they stand there."""
    _, _, rest = (ROOT / readme).read_text().partition(SECTIONS[readme])
    functions, *blocks = BLOCK.findall(rest.partition("\n## ")[0])
    return functions, [line for block in blocks for line in block.splitlines()]


@pytest.fixture
def checkout(demo: Demonstration, tmp_path: Path) -> Path:
    """A folder that looks to a shell like the one in which `make demo` runs."""
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    (tmp_path / "netledger-home").symlink_to(demo.service.home)
    return tmp_path


def test_each_line_of_the_readme_is_answered(checkout: Path) -> None:
    functions, lines = calls_of("README.md")

    printed = bash(functions + "\n".join(lines), checkout)

    assert len(printed) == len(lines) >= 7
    assert [one for one in printed if one.status != 200 or '"error"' in one.body or not one.body] == []
    assert [line for line in lines if "curl -g " not in line] == []


def test_the_russian_readme_has_the_same_lines() -> None:
    assert calls_of("README.ru.md") == calls_of("README.md")


def test_a_payment_without_g_is_refused_with_a_hint_and_moves_nothing(
    demo: Demonstration, tmp_path: Path
) -> None:
    filled = {
        "номер договора, логин или ип адрес": demo.facts["contract_number"],
        "сумма платежа": "100.00",
        "код платежного оператора": "osmp",
        "уникальный ид платежа со стороны платежной системы": "without-g",
        "пароль": demo.psw("asr_fiscal"),
    }
    url = f"http://127.0.0.1:{demo.service.port}{target_of(PAY, filled).decode()}"
    before = demo.balance(demo.facts["contract_number"])

    printed = bash(f"curl '{url}'", tmp_path)

    assert len(printed) == 5, "one request for each part of what curl takes for a list"
    assert [one for one in printed if one.status != 400 or "arg1" not in one.body] == []
    assert [one for one in printed if " -g" not in one.body] == []
    assert demo.payments_by("without-g") == 0
    assert demo.balance(demo.facts["contract_number"]) == before


def test_a_list_without_g_is_refused_with_a_hint_and_is_no_empty_list(
    demo: Demonstration, tmp_path: Path
) -> None:
    filled = {"ип адрес Nas": demo.facts["nas_ip"], "пароль": demo.psw("collector")}
    url = f"http://127.0.0.1:{demo.service.port}{target_of(LISTS['negbal'], filled).decode()}"

    (printed,) = bash(f"curl '{url}'", tmp_path)

    assert printed.status == 400
    assert "arg1" in printed.body and " -g" in printed.body
