"""Runs PostgreSQL's own client programs: pg_basebackup, pg_verifybackup, pg_receivewal, pg_waldump, pg_controldata."""

import subprocess
from pathlib import Path

from netledger.installation.home import Home
from netledger.installation.postgres_binaries import postgres_folder, system_program
from netledger.installation.postgres_creation import ENVIRONMENT
from netledger.installation.postgres_socket import PORT, address_of
from netledger.installation.roles import SUPERUSER

UTC = {"TZ": "UTC"}
"""pg_waldump and pg_controldata tell times in the zone of their environment."""


def command_of(program: str, *words: str | Path) -> list[str]:
    """The command that runs the program until it, or its parent, ends."""
    guard = [system_program("setpriv"), "--pdeathsig", "TERM", "--"]
    return [*guard, str(postgres_folder() / program), *map(str, words)]


def connecting(home: Home) -> list[str]:
    """The options by which a program reaches the home's PostgreSQL."""
    return ["--no-password", f"--host={address_of(home)}", f"--port={PORT}", f"--username={SUPERUSER}"]


def run(program: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the program to its end, however long that takes."""
    return subprocess.run(  # noqa: S603
        command_of(program, *words),
        capture_output=True,
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
        env=ENVIRONMENT | UTC,
        cwd="/",
        check=False,
    )
