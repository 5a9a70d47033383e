"""`netledger staff add|list|set|set-password|disable|enable|…`: who may sign in to staff's pages at /admin/."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from netledger.backoffice.roles import Role
from netledger.cli.django_setup import set_up_django
from netledger.cli.language import say
from netledger.cli.options import JsonOption
from netledger.cli.passwords import FromStdin, chosen_password, told
from netledger.cli.tables import print_records, tell

if TYPE_CHECKING:
    from netledger.backoffice.models import Staff

app = typer.Typer(
    help=say("Сотрудники: кто входит на страницы /admin/", "Staff: who may sign in to the pages at /admin/"),
    no_args_is_help=True,
)


Login = Annotated[str, typer.Argument(metavar="LOGIN", help=say("логин", "the login"))]
RoleOption = Annotated[Role, typer.Option("--role", help=say("что ему можно", "what he may do"))]


class StaffRow(msgspec.Struct, frozen=True):
    """A member of staff, and when he last signed in."""

    login: str
    name: str
    role: str
    active: bool
    signed_in_at: datetime | None


class StaffPassword(msgspec.Struct, frozen=True):
    """Somebody's login, and his password if it was made up."""

    login: str
    password: str | None


class EndedSessions(msgspec.Struct, frozen=True):
    """How many sessions of somebody were ended."""

    login: str
    ended: int


@app.command("add", help=say("Завести сотрудника", "Add a member of staff"))
def add(
    login: Login,
    role: RoleOption,
    name: Annotated[
        str,
        typer.Option("--name", metavar="NAME", help=say("имя; без него логин", "the name; else the login")),
    ] = "",
    from_stdin: FromStdin = False,
    as_json: JsonOption = False,
) -> None:
    """Add somebody, and say the password where it was made up."""
    set_up_django()
    from netledger.backoffice.services import add_staff

    chosen = chosen_password(from_stdin=from_stdin)
    staff = add_staff(login=login, name=name or login, role=role, password=chosen.password, by=None)
    sentence = say(f"Сотрудник {staff.login} заведён: {staff.role}", f"{staff.login} is added: {staff.role}")
    tell(told(sentence, chosen), StaffPassword(staff.login, chosen.printed), as_json=as_json)


@app.command("list", help=say("Перечислить сотрудников, отключённых тоже", "List staff, the disabled too"))
def list_all(as_json: JsonOption = False) -> None:
    """Print login, name, role, whether active, and the last signing in."""
    set_up_django()
    from netledger.backoffice.queries import list_staff

    columns = [
        say("логин", "login"), say("имя", "name"), say("роль", "role"), say("работает", "active"),
        say("последний вход", "last signed in"),
    ]  # fmt: skip
    print_records(columns, [_row(staff) for staff in list_staff()], as_json=as_json)


@app.command("set", help=say("Изменить имя или роль", "Change the name or the role"))
def change(
    login: Login,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help=say("новое имя", "a new name"))
    ] = None,
    role: Annotated[Role | None, typer.Option("--role", help=say("новая роль", "a new role"))] = None,
    as_json: JsonOption = False,
) -> None:
    """Give another name or role, and say so."""
    set_up_django()
    from netledger.backoffice.services import change_staff

    staff = change_staff(login=login, name=name, role=role, by=None)
    sentence = say(
        f"Сотрудник {staff.login}: {staff.name}, {staff.role}", f"{staff.login}: {staff.name}, {staff.role}"
    )
    tell(sentence, _row(staff), as_json=as_json)


@app.command(
    "set-password",
    help=say("Дать новый пароль; все сеансы заканчиваются", "Give a new password, which ends all sessions"),
)
def change_password(login: Login, from_stdin: FromStdin = False, as_json: JsonOption = False) -> None:
    """Give another password, and say it where it was made up."""
    set_up_django()
    from netledger.backoffice.services import set_password

    chosen = chosen_password(from_stdin=from_stdin)
    staff = set_password(login=login, password=chosen.password, by=None)
    sentence = say(f"Пароль сотрудника {staff.login} изменён", f"{staff.login} has a new password")
    tell(told(sentence, chosen), StaffPassword(staff.login, chosen.printed), as_json=as_json)


@app.command("disable", help=say("Больше не пускать", "Let somebody sign in no longer"))
def disable(login: Login, as_json: JsonOption = False) -> None:
    """Disable somebody, which ends his sessions, and say so."""
    set_up_django()
    from netledger.backoffice.services import set_active

    staff = set_active(login=login, is_active=False, by=None)
    sentence = say(f"Сотрудник {staff.login} отключён", f"{staff.login} is disabled")
    tell(sentence, _row(staff), as_json=as_json)


@app.command("enable", help=say("Снова пускать", "Let somebody sign in again"))
def enable(login: Login, as_json: JsonOption = False) -> None:
    """Undo `disable`, and say so."""
    set_up_django()
    from netledger.backoffice.services import set_active

    staff = set_active(login=login, is_active=True, by=None)
    sentence = say(f"Сотрудник {staff.login} снова может войти", f"{staff.login} may sign in again")
    tell(sentence, _row(staff), as_json=as_json)


@app.command(
    "reset-second-factor",
    help=say(
        "Снять второй фактор, если телефон потерян; все сеансы заканчиваются",
        "Take the second factor off, if the telephone is lost, which ends all sessions",
    ),
)
def reset_second_factor(login: Login, as_json: JsonOption = False) -> None:
    """Have somebody sign in by password alone, and say so."""
    set_up_django()
    from netledger.backoffice.services import reset_factor

    staff = reset_factor(login=login, by=None)
    sentence = say(
        f"Второй фактор сотрудника {staff.login} снят", f"The second factor of {staff.login} is off"
    )
    tell(sentence, _row(staff), as_json=as_json)


@app.command("end-sessions", help=say("Закончить все сеансы сотрудника", "Sign somebody out everywhere"))
def end_all(login: Login, as_json: JsonOption = False) -> None:
    """End the sessions, and say how many there were."""
    set_up_django()
    from netledger.backoffice.services import end_sessions

    ended = end_sessions(login=login, by=None)
    sentence = say(f"Закончено сеансов: {ended}", f"Sessions ended: {ended}")
    tell(sentence, EndedSessions(login, ended), as_json=as_json)


def _row(staff: "Staff") -> StaffRow:
    return StaffRow(staff.login, staff.name, staff.role, staff.is_active, staff.last_login)
