"""`netledger doctor`: names every thing that is set up wrongly, each with its cure."""

import sys
from collections.abc import Iterator
from importlib import import_module

import msgspec
import typer

from netledger.backoffice import doctor as backoffice
from netledger.cli.django_setup import set_up_django
from netledger.cli.language import language, say
from netledger.cli.options import JsonOption
from netledger.cli.tables import print_document
from netledger.installation import doctor as installation
from netledger.installation.backup import doctor as backups
from netledger.installation.database import is_external
from netledger.installation.errors import ConfigRefused, ConfigUnreadable
from netledger.installation.findings import Finding, Severity
from netledger.installation.home import Home, home_from_environment
from netledger.installation.lock import holder_of
from netledger.installation.settings import Settings, read_settings
from netledger.server import doctor as server
from netledger.system_api import doctor as system_api

IN_DATABASE = (
    "ledger.doctor",
    "access.doctor",
    "payments.doctor",
    "network.doctor",
    "backoffice.staff_doctor",
)
"""Those whose findings stand in the database; imported when Django is set up."""
UNASKABLE = frozenset({"database_unreachable", "database_newer", "migrations_missing"})
"""With one of these found, the rooms are not asked: their answers would be troubles, not findings."""


class FindingCard(msgspec.Struct, frozen=True):
    """One thing that is set up wrongly; the code is the same in every language."""

    code: str
    severity: str
    sentence: str
    cure: str


def doctor(as_json: JsonOption = False) -> None:
    """Print what is wrong; exit status 1 where anything is. Without the database, what can be seen without it."""
    found = list(_findings(home_from_environment()))
    if as_json:
        print_document([_card(one) for one in found])
    else:
        _print(found)
    raise typer.Exit(1 if found else 0)


def _findings(home: Home) -> Iterator[Finding]:
    yield from installation.findings(home)
    if not home.config_folder.is_dir():
        return
    of_service = list(server.findings(home))
    yield from of_service
    settings = _settings(home)
    if settings is None:
        return
    yield from system_api.findings(settings)
    yield from backoffice.findings(settings)
    yield from backups.findings(home, settings)
    runs = holder_of(home) is not None or is_external()
    if runs and not UNASKABLE & {one.code for one in of_service}:
        set_up_django()
        for name in IN_DATABASE:
            yield from import_module(f"netledger.{name}").findings(settings)


def _settings(home: Home) -> Settings | None:
    """The configuration as it stands; else, where that is wrong, the one that the service runs with."""
    for path in (home.config, home.active_config):
        try:
            return read_settings(path)
        except (ConfigUnreadable, ConfigRefused):
            continue
    return None


def _print(found: list[Finding]) -> None:
    for one in found:
        is_error = one.severity is Severity.ERROR
        said = say("ошибка", "error") if is_error else say("внимание", "warning")
        sys.stdout.write(f"{said}: {one.sentence(language())}\n    {one.cure(language())}\n")
    sys.stdout.write(
        say(f"Найдено: {len(found)}\n", f"Found: {len(found)}\n")
        if found
        else say("Всё в порядке\n", "Nothing is set up wrongly\n")
    )


def _card(one: Finding) -> FindingCard:
    return FindingCard(
        code=one.code,
        severity=one.severity,
        sentence=one.sentence(language()),
        cure=one.cure(language()),
    )
