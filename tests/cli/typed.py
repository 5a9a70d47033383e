"""Runs the command in this process on the test's database, as what a user typed."""

import json
from typing import Any

from typer.testing import CliRunner

from netledger.cli.main import app
from netledger.errors import Refusal


def done(*words: str, typed: str | None = None) -> str:
    """What a command prints that does as it is told."""
    ran = CliRunner().invoke(app, words, input=typed, catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    return ran.stdout


def rows(*words: str) -> list[list[str]]:
    """The cells of the lines that it prints where no terminal is."""
    return [line.split("\t") for line in done(*words).splitlines()]


def answered(*words: str, typed: str | None = None) -> Any:
    """The one JSON document that it prints."""
    return json.loads(done(*words, "--json", typed=typed))


def refused(*words: str, typed: str | None = None) -> str:
    """The sentence of the refusal that it meets; nothing is printed but that."""
    ran = CliRunner().invoke(app, words, input=typed)
    assert isinstance(ran.exception, Refusal), ran.output
    assert ran.stdout == ""
    return ran.exception.sentence("en")


def misused(*words: str) -> str:
    """What it says of words that it does not understand."""
    ran = CliRunner().invoke(app, words)
    assert ran.exit_code == 2, ran.output
    return ran.stderr
