"""The home folder: where everything of one installed netledger lies."""

import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from netledger.installation.errors import HomeUnusable
from netledger.installation.whole_file import write_whole

VARIABLE = "NETLEDGER_HOME"
DEFAULT_FOLDER = "netledger-home"

OURS = "# netledger writes this file anew at each start."
# readlink, so that a link to the script (from /etc/init.d) works; -P, so that nothing is imported from the
# folder that the caller happens to stand in.
SERVICE = """\
#!/usr/bin/env bash
{ours}
here=$(readlink -f -- "$0") || exit 1
exec {python} -P -m netledger.cli.main --home "${{here%/*}}" service "$@"
"""


@dataclass(frozen=True)
class Home:
    """One installed netledger's folder, and the names of what lies in it."""

    path: Path

    @property
    def config_folder(self) -> Path:
        """The configuration, its twin, its earlier versions and the keys."""
        return self.path / "cfg"

    @property
    def config(self) -> Path:
        """The configuration as people edit it."""
        return self.config_folder / "config"

    @property
    def config_json(self) -> Path:
        """The configuration's twin in JSON, which Carbon's PHP class reads."""
        return self.config_folder / "config.json"

    @property
    def secret_key(self) -> Path:
        """The keys that stored secrets are encrypted with, one a line."""
        return self.config_folder / "secret.key"

    @property
    def pages_key(self) -> Path:
        """The key that staff's pages sign with."""
        return self.config_folder / "pages.key"

    @property
    def service(self) -> Path:
        """The script that starts, stops and restarts what runs here."""
        return self.path / "service"

    @property
    def cluster(self) -> Path:
        """The embedded PostgreSQL's folder, which initdb makes."""
        return self.path / "postgres"

    @property
    def backup(self) -> Path:
        """Backups and the WAL beside them, unless the configuration names another folder."""
        return self.path / "backup"

    @property
    def log(self) -> Path:
        """Logs."""
        return self.path / "log"

    @property
    def tmp(self) -> Path:
        """Files that need not outlive the process that made them."""
        return self.path / "tmp"

    @property
    def run(self) -> Path:
        """What belongs to the running service: process ids, lock, sockets, the configuration in force."""
        return self.path / "run"

    @property
    def active_config(self) -> Path:
        """The configuration that the running service started with."""
        return self.run / "config.active"

    @property
    def demo_json(self) -> Path:
        """What a visitor of the demonstration needs to know."""
        return self.path / "demo.json"


def home_from_environment() -> Home:
    """The home that NETLEDGER_HOME names, else ./netledger-home; it need not exist."""
    return Home(Path(os.environ.get(VARIABLE) or DEFAULT_FOLDER).absolute())


def create_home(home: Home) -> None:
    """Make what is missing of the home's folders (0700) and its service script; the rest stays as it is.

    Raises: HomeUnusable, FileNotWritten.
    """
    try:
        home.path.parent.mkdir(parents=True, exist_ok=True)
        for folder in (home.path, home.config_folder, home.log, home.tmp, home.run):
            folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as trouble:
        why = f"{trouble.strerror}: {trouble.filename}"
        raise HomeUnusable(path=str(home.path), why_ru=why, why_en=why) from trouble
    _write_service(home)


def _write_service(home: Home) -> None:
    """Write the script, unless it is there already; another program's is not overwritten."""
    script = os.fsencode(SERVICE.format(ours=OURS, python=shlex.quote(sys.executable)))
    try:
        found = home.service.read_bytes()
    except FileNotFoundError:
        found = b""
    except OSError as trouble:
        why = f"{trouble.strerror}: {trouble.filename}"
        raise HomeUnusable(path=str(home.path), why_ru=why, why_en=why) from trouble
    if found and OURS.encode() not in found:
        raise HomeUnusable(
            path=str(home.path),
            why_ru="в ней лежит чужой файл service; переименуйте его",
            why_en="it holds a file named service that is not netledger's; rename it",
        )
    if found != script:
        write_whole(home.service, script, mode=0o700)
