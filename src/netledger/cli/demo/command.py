"""`netledger demo`: everything up with a demonstration provider, in the foreground, and lines to paste."""

import contextlib
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from netledger.cli.demo.errors import HomeOfRealProvider
from netledger.cli.demo.facts import ACT_PAY, act_lines, curl_lines, read_facts
from netledger.cli.demo.shares import SUBSCRIBERS_AT_FIRST, SUBSCRIBERS_MAX, SUBSCRIBERS_MIN
from netledger.cli.home_option import HomeOption
from netledger.cli.language import say
from netledger.cli.serve import ListenOption
from netledger.installation.home import home_from_environment
from netledger.installation.settings import read_settings

if TYPE_CHECKING:
    from netledger.server.supervisor import Supervisor

LISTEN_AT_FIRST = "127.0.0.1:8082"
SEED_AT_FIRST = 1

IS_IN_USE = """
    -- Whether anybody has put anything into the database; the operator of 1C is there from the first.
    SELECT EXISTS (SELECT FROM subscribers_group) OR EXISTS (SELECT FROM tariffs_plan)
        OR EXISTS (SELECT FROM payments_operator WHERE code <> '1c') OR EXISTS (SELECT FROM network_nas)
"""

SubscribersOption = Annotated[
    int,
    typer.Option(
        "--subscribers",
        metavar="N",
        min=SUBSCRIBERS_MIN,
        max=SUBSCRIBERS_MAX,
        help=say(
            "Сколько абонентов создать при первом запуске", "How many subscribers the first start makes"
        ),
    ),
]
SeedOption = Annotated[
    int,
    typer.Option(
        "--seed",
        metavar="N",
        help=say(
            "При одинаковом числе провайдер в тот же день одинаковый",
            "The same number makes the same provider on the same day",
        ),
    ),
]


def demo(
    home: HomeOption = None,
    listen: ListenOption = "",
    subscribers: SubscribersOption = SUBSCRIBERS_AT_FIRST,
    seed: SeedOption = SEED_AT_FIRST,
) -> None:
    """Start what belongs to the home, with a demonstration provider, and stay.

    A home that has one already is only started. Raises: HomeOfRealProvider.
    """
    from netledger.server.supervisor import Supervisor  # --help does not wait for it

    def have_provider(supervisor: "Supervisor") -> None:
        """Make the provider at the first start; later the lines follow the address and the passwords."""
        home = supervisor.home
        urls = supervisor.url, supervisor.metrics_url
        if not _is_in_use():
            asked = str(subscribers), str(seed), *urls
            supervisor.run_module("netledger.cli.demo.create", *asked, role="owner", shown=True)
        elif not home.demo_json.exists():
            raise HomeOfRealProvider(path=str(home.path))
        supervisor.run_module("netledger.cli.demo.sign_in", *urls)

    Supervisor(
        home_from_environment(),
        listen=listen,
        listen_at_first=LISTEN_AT_FIRST,
        metrics_nearby=True,
        before_ready=have_provider,
        when_ready=_tell,
    ).run()


def _is_in_use() -> bool:
    import psycopg

    from netledger.installation.database import conninfo

    with psycopg.connect(conninfo("server")) as connection:
        return connection.execute(IS_IN_USE).fetchone() == (True,)


def _tell(supervisor: "Supervisor") -> None:
    """Print where it answers, and the lines to paste."""
    home = supervisor.home
    facts, settings = read_facts(home), read_settings(home.active_config)
    lines = curl_lines(facts, url=supervisor.url, settings=settings)
    acts = act_lines(facts, url=supervisor.url, settings=settings)
    text = [
        say(f"netledger отвечает на {supervisor.url}", f"netledger answers at {supervisor.url}"),
        say("Строки для другого терминала:", "Lines for another terminal:"),
        "",
    ]
    for name, line in lines.items():
        text += [f"# {name}", line]
        if name == ACT_PAY:
            for act, act_line in acts.items():
                text += [f"# {name}, {act}", act_line]
    if facts.staff:
        pages, login, password = f"{supervisor.url}/admin/", facts.staff["login"], facts.staff["passwd"]
        text += [
            "",
            say(
                f"Страницы сотрудников: {pages} (логин {login}, пароль {password})",
                f"Staff's pages: {pages} (login {login}, password {password})",
            ),
        ]
    text += [
        "",
        say(f"Показатели для Prometheus: {supervisor.metrics_url}", f"Metrics: {supervisor.metrics_url}"),
        say(f"То же самое: {home.demo_json}", f"The same: {home.demo_json}"),
        say(f"Настройки: {home.config}. Остановить: Ctrl-C", f"Configuration: {home.config}. Stop: Ctrl-C"),
    ]
    with contextlib.suppress(OSError):  # nobody needs to go on reading
        sys.stdout.write("\n".join(text) + "\n")
        sys.stdout.flush()
