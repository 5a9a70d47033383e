"""Where a connection's password comes from: typed in, or made up and printed once; never an argument."""

from getpass import getpass
from typing import Annotated, NamedTuple

import typer

from netledger.cli.language import say
from netledger.installation.made_up import made_up_password


class Chosen(NamedTuple):
    """A password, and what of it is printed: all of a made-up one, nothing of a typed one."""

    password: str
    printed: str | None


def chosen_password(*, from_stdin: bool) -> Chosen:
    """The first line of standard input (asked for, on a terminal, and not shown), or a made-up one."""
    if not from_stdin:
        made_up = made_up_password()
        return Chosen(made_up, made_up)
    stream = typer.get_text_stream("stdin")
    if stream.isatty():
        return Chosen(getpass(say("Пароль: ", "Password: ")), None)
    return Chosen(stream.readline().rstrip("\r\n"), None)


def told(sentence: str, chosen: Chosen) -> str:
    """The sentence, and the password that nobody else knows yet."""
    if chosen.printed is None:
        return sentence
    return sentence + say(f"\nПароль: {chosen.printed}", f"\nPassword: {chosen.printed}")


FromStdin = Annotated[
    bool,
    typer.Option(
        "--password-stdin",
        help=say(
            "пароль из первой строки ввода; без этого он придумывается и печатается один раз",
            "the password is the first line of the input; without it one is made up and printed once",
        ),
    ),
]
