"""The log takes lines of several processes, is put aside when long, and lets nobody's values in."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from netledger.installation.home import Home, create_home
from netledger.server import logs

WRITE = """
import sys
from netledger.server.logs import LogFile
from pathlib import Path
log = LogFile(Path(sys.argv[1]))
for number in range(2000):
    log.write(b"%s %04d\\n" % (sys.argv[2].encode() * 50, number))
"""


TROUBLES = """
import logging, sys
import psycopg
from pathlib import Path
from netledger.installation.home import Home
from netledger.server import logs
logs.configure(Home(Path(sys.argv[1])), "test")
try:
    int("very-secret")
except ValueError as trouble:
    logs.log_trouble("failed", trouble)
logs.log_trouble("failed", psycopg.OperationalError("connection refused"))
logging.getLogger("django.security").warning("bad: very-secret")
logging.getLogger("django.request").warning("Not Found: /very-secret")
logging.getLogger("psycopg.pool").warning("error connecting")
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    """The lines of a process that met several kinds of trouble."""
    home = Home(tmp_path_factory.mktemp("troubled"))
    create_home(home)
    subprocess.run([sys.executable, "-c", TROUBLES, str(home.path)], check=True, timeout=30)
    return [json.loads(line) for line in (home.log / "netledger.log").read_text().splitlines()]


def test_so_that_lines_of_several_processes_stay_whole(tmp_path: Path) -> None:
    path = tmp_path / "log"
    writers = [subprocess.Popen([sys.executable, "-c", WRITE, str(path), letter]) for letter in "ab"]

    assert [writer.wait(timeout=30) for writer in writers] == [0, 0]

    expected = sorted(f"{letter * 50} {number:04d}" for letter in "ab" for number in range(2000))
    assert sorted(path.read_text().splitlines()) == expected


def test_so_that_a_long_one_is_put_aside_and_everybody_follows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "FILE_MAX_BYTES", 100)
    monkeypatch.setattr(logs, "LOOK_EVERY_S", 0)
    path = tmp_path / "log"
    one, other = logs.LogFile(path), logs.LogFile(path)

    one.write(b"a" * 200 + b"\n")
    other.write(b"b\n")
    one.write(b"c\n")

    assert path.read_bytes() == b"b\nc\n"
    assert path.with_name("log.1").read_bytes() == b"a" * 200 + b"\n"
    assert path.stat().st_mode & 0o777 == 0o600


def test_so_that_an_exception_tells_kind_and_place_alone(written: list[dict[str, object]]) -> None:
    assert written[0]["error"] == ["ValueError"]
    assert written[0]["frames"] == ["<string>:9 <module>"]
    assert "very-secret" not in str(written)


def test_so_that_the_database_says_why_it_cannot_be_reached(written: list[dict[str, object]]) -> None:
    assert written[1]["said"] == "connection refused"


def test_so_that_a_library_speaks_only_where_it_is_harmless(written: list[dict[str, object]]) -> None:
    assert [line["event"] for line in written[2:]] == ["a library logged", "error connecting"]
