"""`netledger group add|list`: the folders that subscribers stand in: towns, streets, houses."""

from typing import Annotated

import msgspec
import typer

from netledger.cli.django_setup import set_up_django
from netledger.cli.language import say
from netledger.cli.options import JsonOption
from netledger.cli.tables import print_records, tell

app = typer.Typer(
    help=say("Группы абонентов: завести, перечислить", "Groups of subscribers: add, list"),
    no_args_is_help=True,
)


class GroupRow(msgspec.Struct, frozen=True):
    """A group with the names of those above it."""

    group_id: int
    parent_id: int | None
    path: str
    subscribers: int


@app.command("add", help=say("Завести группу", "Add a group"))
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help=say("имя группы", "the group's name"))],
    parent: Annotated[
        str | None,
        typer.Option(
            "--parent", metavar="GROUP", help=say("внутри какой: имя или номер", "below which: name or id")
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Add a group, at the top or below another, and say its id."""
    set_up_django()
    from netledger.subscribers.groups import group_named, group_path
    from netledger.subscribers.services import add_group

    parent_id = None if parent is None else group_named(parent).id
    group = add_group(name=name, parent_id=parent_id)
    row = GroupRow(group.id, parent_id, group_path(group.id), 0)
    sentence = say(f"Группа {group.id} заведена: {row.path}", f"Group {group.id} is added: {row.path}")
    tell(sentence, row, as_json=as_json)


@app.command("list", help=say("Перечислить все группы деревом", "List all groups in the order of the tree"))
def list_all(as_json: JsonOption = False) -> None:
    """Print id, the id of the group above, the whole path and how many subscribers are directly in it."""
    set_up_django()
    from netledger.subscribers.groups import group_places

    columns = [
        say("номер", "id"), say("внутри", "below"), say("группа", "group"), say("абонентов", "subscribers"),
    ]  # fmt: skip
    print_records(columns, [GroupRow(*place) for place in group_places()], as_json=as_json)
