"""Subcommands that are imported when they are called, so that `config get` does not wait for Django."""

import importlib
from typing import TYPE_CHECKING, Any, NamedTuple

import typer
from typer.core import TyperCommand
from typer.main import get_command, get_group

from netledger.cli.language import say

if TYPE_CHECKING:
    from typer._click import (
        Context,
    )  # typer keeps its copy of click to itself; only the type's name is needed


class Subcommand(NamedTuple):
    """A subcommand's name, where it lies and what it does.

    `place` is `module:name`. A function is one command, a typer.Typer is a group of commands.
    """

    name: str
    place: str
    ru: str
    en: str


class LazyCommand(TyperCommand):
    """Stands in the list of commands with its one sentence; what is behind it is imported when it is called."""

    def __init__(self, subcommand: Subcommand) -> None:
        super().__init__(name=subcommand.name, help=say(subcommand.ru, subcommand.en))
        self.place = subcommand.place

    def make_context(
        self, info_name: str | None, args: list[str], parent: "Context | None" = None, **extra: Any
    ) -> "Context":
        """Hand the call on to the real command, which the context names from here on."""
        module, _, name = self.place.partition(":")
        found = getattr(importlib.import_module(module), name)
        if isinstance(found, typer.Typer):
            return get_group(found).make_context(info_name, args, parent, **extra)
        alone = typer.Typer(add_completion=False)
        alone.command(info_name, help=self.help)(found)
        return get_command(alone).make_context(info_name, args, parent, **extra)
