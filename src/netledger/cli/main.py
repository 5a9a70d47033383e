"""The command `netledger`: what subcommands there are, and how their refusals become words and exit codes.

A new subcommand is a file `cli/<name>.py` and a line in SUBCOMMANDS.
"""

import sys
from io import TextIOWrapper
from typing import Any

import typer
from typer.core import TyperGroup

from netledger.cli.home_option import HomeOption
from netledger.cli.language import language, say
from netledger.cli.lazy import LazyCommand, Subcommand
from netledger.errors import Refusal

SUBCOMMANDS = (
    Subcommand(
        "demo",
        "netledger.cli.demo:demo",
        "Провайдер для знакомства: всё запущено, строки curl готовы",
        "A demonstration provider: everything up, curl lines ready",
    ),
    Subcommand(
        "serve",
        "netledger.cli.serve:serve",
        "Запустить всё и остаться на переднем плане",
        "Start everything and stay in the foreground",
    ),
    Subcommand(
        "service",
        "netledger.cli.service:app",
        "start, stop, restart, status: работа в фоне",
        "start, stop, restart, status: in the background",
    ),
    Subcommand(
        "config",
        "netledger.cli.config:app",
        "Настройки: прочитать, изменить, перечислить",
        "Settings: get, set, list",
    ),
    Subcommand(
        "nas",
        "netledger.cli.nas:app",
        "Серверы доступа (NAS): завести, перечислить, снять",
        "Access servers (NAS): add, list, retire",
    ),
    Subcommand(
        "operator",
        "netledger.cli.operator:app",
        "Платёжные операторы: завести, перечислить, снять",
        "Payment operators: add, list, retire",
    ),
    Subcommand(
        "session",
        "netledger.cli.session:app",
        "Сессии абонентов: начать, закончить",
        "Subscribers' sessions: start, stop",
    ),
    Subcommand(
        "group",
        "netledger.cli.group:app",
        "Группы абонентов: завести, перечислить",
        "Groups of subscribers: add, list",
    ),
    Subcommand(
        "plan",
        "netledger.cli.plan:app",
        "Тарифы: завести, перечислить, цена, снять",
        "Plans: add, list, price, retire",
    ),
    Subcommand(
        "subscriber",
        "netledger.cli.subscriber:app",
        "Абоненты: завести, показать, найти, изменить, закрыть",
        "Subscribers: add, show, find, set, close",
    ),
    Subcommand(
        "connection",
        "netledger.cli.connection:app",
        "Учётные записи: завести, изменить, пароль, перенести, закрыть",
        "Connections: add, set, set-password, move, end",
    ),
    Subcommand(
        "subscription",
        "netledger.cli.subscription:app",
        "Подключённые услуги: дать тариф, перечислить, закончить, скорость",
        "Subscriptions: add, list, end, speed",
    ),
    Subcommand(
        "payment",
        "netledger.cli.payment:app",
        "Деньги: принять, показать, поправить, сторнировать",
        "Money: take, list, correct, reverse",
    ),
    Subcommand(
        "credit",
        "netledger.cli.credit:app",
        "Кредит: разрешить долг, отменить",
        "Credit: grant leave to owe, end it",
    ),
    Subcommand(
        "block",
        "netledger.cli.block:app",
        "Блокировка администратором: поставить, снять",
        "The administrator's block: place, lift",
    ),
    Subcommand(
        "why",
        "netledger.cli.why:why",
        "Почему доступ открыт или закрыт, сейчас или тогда; чей был адрес",
        "Why access is open or closed, now or then; whose an address was",
    ),
    Subcommand(
        "backup",
        "netledger.cli.backup:backup",
        "Резервная копия базы и настроек, проверенная; с первой пишется и журнал",
        "Back the database and the configuration up, verified; from the first on WAL is kept too",
    ),
    Subcommand(
        "staff",
        "netledger.cli.staff:app",
        "Сотрудники страниц /admin/: завести, роль, пароль, отключить",
        "Staff of the pages at /admin/: add, role, password, disable",
    ),
    Subcommand(
        "doctor",
        "netledger.cli.doctor:doctor",
        "Что настроено неверно, и как исправить",
        "What is set up wrongly, and its cure",
    ),
    Subcommand(
        "verify",
        "netledger.cli.verify:verify",
        "Проверить, отвечает ли сервер на вызовы спецификации, и сравнить два сервера",
        "Whether a host answers the specification's calls, and how two hosts differ",
    ),
    Subcommand(
        "restore",
        "netledger.cli.restore:restore",
        "Вернуть базу к моменту по резервной копии и журналу",
        "Bring the database back to a moment, from a backup and WAL",
    ),
    Subcommand(
        "check",
        "netledger.cli.check:check",
        "Сверить деньги и доступ с правилами",
        "Check money and access against the rules",
    ),
)


class Subcommands(TyperGroup):
    """The group of all subcommands, none of them imported yet."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        for subcommand in SUBCOMMANDS:
            self.add_command(LazyCommand(subcommand))


# Pretty tracebacks show the values of variables, passwords among them.
app = typer.Typer(cls=Subcommands, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback(
    help=say(
        "Биллинг провайдера, который отвечает на System API Carbon Billing 5",
        "Billing for internet providers that answers Carbon Billing 5's System API",
    )
)
def choose_home(home: HomeOption = None) -> None:
    """Take the options that stand before a subcommand."""


def main() -> None:
    """Run the command; exit with 0, with 1 for a refusal or a difference found, with 2 for wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal in KOI8-R lacks some characters
    if any(_is_broken(word) for word in sys.argv):
        sys.stderr.write(
            say(
                "netledger: слово не в кодировке терминала\n",
                "netledger: a word is not in the terminal's encoding\n",
            )
        )
        sys.exit(2)
    try:
        app(prog_name="netledger")
    except Refusal as refusal:
        sys.stderr.write(f"netledger: {refusal.sentence(language())}\n")
        sys.exit(1)


def _is_broken(word: str) -> bool:
    """Whether a word holds bytes that are no text: nothing in the database can be named so."""
    return any("\udc80" <= character <= "\udcff" for character in word)


if __name__ == "__main__":
    main()
