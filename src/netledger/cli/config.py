"""`netledger config get|set|list`: looks at the configuration and changes it in place."""

import sys
from typing import Annotated

import typer

from netledger.cli.language import language, say
from netledger.installation.bash_config import read_config
from netledger.installation.config_edit import set_value, split_key
from netledger.installation.config_view import Shown, shown_settings, value_in_force
from netledger.installation.home import home_from_environment

app = typer.Typer(
    help=say("Настройки: прочитать, изменить, перечислить", "Settings: get, set, list"), no_args_is_help=True
)

Key = Annotated[
    str,
    typer.Argument(
        metavar="KEY",
        help=say(
            "раздел.ключ, например network.api.collector.psw", "section.key, as network.api.collector.psw"
        ),
    ),
]


@app.command("get", help=say("Напечатать одно значение как есть", "Print one value as it is"))
def get_one(key: Key) -> None:
    """Print the bare value and a newline, in UTF-8 whatever the terminal's locale is."""
    section, name = split_key(key)
    value = value_in_force(read_config(home_from_environment().config), section, name)
    sys.stdout.buffer.write(value.encode() + b"\n")
    sys.stdout.buffer.flush()


@app.command(
    "set",
    context_settings={"ignore_unknown_options": True},
    help=say(
        "Изменить одно значение; остальное в файле остаётся как было",
        "Change one value; the rest of the file stays as it is",
    ),
)
def set_one(
    key: Key,
    value: Annotated[str, typer.Argument(metavar="VALUE", help=say("новое значение", "the new value"))],
) -> None:
    """Change the file, and say what is worth knowing about the new value."""
    for warned in set_value(home_from_environment(), key, value):
        sys.stderr.write(f"netledger: {say(warned.ru, warned.en)}\n")


@app.command("list", help=say("Перечислить все значения, без паролей", "List all values, without passwords"))
def list_all() -> None:
    """Print a table on a terminal, lines of key, value and explanation between tabs elsewhere."""
    config = read_config(home_from_environment().config)
    rows = list(shown_settings(config, language()))
    if sys.stdout.isatty():
        _print_table(rows)
        return
    for row in rows:
        sys.stdout.write("\t".join(row) + "\n")


def _print_table(rows: list[Shown]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table()
    table.add_column(say("ключ", "key"), no_wrap=True)
    table.add_column(say("значение", "value"), overflow="fold")
    table.add_column(say("что это", "what it is"))
    for row in rows:
        table.add_row(*(Text(part) for part in row))
    Console().print(table)
