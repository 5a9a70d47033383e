"""`netledger verify`: whether a host answers the calls of the specification as declared, and how two hosts differ.

What a provider runs on the night of the switch: against the old billing, against netledger, against both.
"""

import secrets
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from netledger.cli.django_setup import load_django
from netledger.cli.language import language, say
from netledger.cli.options import parse_sum
from netledger.cli.tables import print_rows
from netledger.installation.home import home_from_environment

if TYPE_CHECKING:
    from netledger.system_api.verification.calls import Call
    from netledger.system_api.verification.rows import Outcome, Row
    from netledger.system_api.verification.sending import Host

Url = Annotated[
    str,
    typer.Argument(
        metavar="URL", help=say("сервер, как http://billing:8082", "the host, as http://billing:8082")
    ),
]
OtherUrl = Annotated[
    str | None,
    typer.Argument(
        metavar="[URL2]", help=say("второй сервер, чтобы сравнить", "another host, to compare with")
    ),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        exists=True,
        dir_okay=False,
        help=say(
            "файл cfg/config с паролями контекстов; без него из домашней папки",
            "a cfg/config with the contexts' passwords; without it the home's",
        ),
    ),
]
FactsFile = Annotated[
    Path | None,
    typer.Option(
        "--facts",
        metavar="FILE",
        exists=True,
        dir_okay=False,
        help=say(
            "JSON с тем, что есть у провайдера (NAS, договор…), как demo.json; без него demo.json домашней папки",
            "JSON of what the provider has (a NAS, a contract…), as demo.json; without it the home's demo.json",
        ),
    ),
]
Written = Annotated[
    tuple[str, str] | None,
    typer.Option(
        "--write",
        metavar="CONTRACT SUM",
        help=say(
            "ещё провести платёж на этот договор и создать абонента 1С: это останется на сервере",
            "also pay that sum to that contract and create a subscriber of 1C: both stay on the host",
        ),
    ),
]


def verify(
    url: Url,
    other_url: OtherUrl = None,
    config: ConfigFile = None,
    facts: FactsFile = None,
    write: Written = None,
) -> None:
    """Print a row for each call and form; exit status 1 where one is no success."""
    load_django()
    from netledger.system_api.verification.rows import Client
    from netledger.system_api.verification.rows import verify as rows_of

    calls = _calls(write)
    known, passwords = _known(facts), _passwords(config, calls)
    hosts = [_host(one) for one in (url, other_url) if one is not None]
    clients = [Client(host, known, passwords, language()) for host in hosts]
    rows = []
    for row in rows_of(clients, calls):
        rows.append(row)
        _tell_progress("." if row.is_success else "!")
    _tell_progress("\n")
    print_rows(
        [
            say("метод", "method"),
            say("форма", "form"),
            say("итог", "verdict"),
            say("статус", "status"),
            say("мс", "ms"),
            say("что не так", "what was wrong"),
        ],
        map(_cells, rows),
    )
    passed = sum(row.is_success for row in rows)
    sys.stderr.write(say(f"успешно {passed} из {len(rows)}\n", f"{passed} of {len(rows)} passed\n"))
    raise typer.Exit(0 if passed == len(rows) else 1)


def _calls(write: tuple[str, str] | None) -> "list[Call]":
    from netledger.system_api.verification.calls import reading_calls, writing_calls

    if write is None:
        return reading_calls()
    contract_number, typed = write
    sign = f"verify-{secrets.token_hex(6)}"
    amount = f"{parse_sum(typed):.2f}"
    return [*reading_calls(), *writing_calls(contract_number, amount, sign)]


def _known(given: Path | None) -> dict[str, str]:
    """What the file tells of the provider, or the demonstration's own."""
    from netledger.system_api.verification.facts import FactsUnreadable, read_facts

    path = given or home_from_environment().demo_json
    if given is None and not path.exists():
        return {}
    try:
        return read_facts(path)
    except (OSError, FactsUnreadable):
        raise typer.BadParameter(say(f"не JSON с фактами: {path}", f"not a JSON of facts: {path}")) from None


def _passwords(given: Path | None, calls: "Iterable[Call]") -> dict[str, str]:
    """The passwords of the calls' contexts. Raises: ConfigUnreadable, ConfigRefused."""
    from netledger.system_api.verification.facts import read_passwords

    path = given or home_from_environment().config
    if given is None and not path.exists():
        return {}
    return read_passwords(path, sorted({call.method.context for call in calls}))


def _host(url: str) -> "Host":
    from netledger.system_api.verification.sending import host_of

    try:
        return host_of(url)
    except ValueError:
        raise typer.BadParameter(
            say("не адрес сервера, как http://billing:8082", "not a host's URL, as http://billing:8082")
        ) from None


def _cells(row: "Row") -> list[str]:
    """A row as it is printed; what two hosts say stands side by side."""
    wrongs = [_wrong(number, row) for number in range(len(row.outcomes))]
    if row.differs:
        wrongs.append(say("различие: ", "differs: ") + row.differs.told(language()))
    return [
        row.call,
        row.form,
        " / ".join(map(_verdict, row.outcomes)),
        " / ".join(str(outcome.reply.status) if outcome.reply else "—" for outcome in row.outcomes),
        " / ".join(str(outcome.reply.took_ms) if outcome.reply else "—" for outcome in row.outcomes),
        "; ".join(filter(None, wrongs)),
    ]


def _verdict(outcome: "Outcome") -> str:
    match outcome.verdict:
        case "passed":
            return say("верно", "passed")
        case "failed":
            return say("неверно", "FAILED")
        case "skipped":
            assert outcome.wrong is not None, "what is missing is told"
            return say("пропущено: ", "skipped: ") + outcome.wrong.told(language())


def _wrong(number: int, row: "Row") -> str:
    outcome = row.outcomes[number]
    if outcome.verdict != "failed" or outcome.wrong is None:
        return ""
    where = f"{number + 1}: " if len(row.outcomes) > 1 else ""
    return where + outcome.wrong.told(language())


def _tell_progress(mark: str) -> None:
    """On a terminal, a mark a row, so that a slow host is seen to be asked."""
    if sys.stderr.isatty():
        sys.stderr.write(mark)
        sys.stderr.flush()
