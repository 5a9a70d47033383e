"""Signs the shown subscriber in to the cabinet, has an administrator of staff's pages, and writes demo.json anew:
`python -m netledger.cli.demo.sign_in URL METRICS_URL`.

A process of its own, because the supervisor that waits for it knows no Django. The lines follow the address and the
passwords that are in force now.
"""

import os
import sys
from dataclasses import replace

import django

from netledger.cli.demo.facts import Facts, read_facts, write_facts
from netledger.cli.passwords import chosen_password
from netledger.errors import Refusal
from netledger.installation.home import home_from_environment
from netledger.installation.settings import Settings, read_settings

LOGIN, NAME = "admin", "Администратор"


def main() -> None:
    """The command."""
    (url, metrics_url), home = sys.argv[1:3], home_from_environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netledger.server.settings")
    django.setup()
    settings, facts = read_settings(home.active_config), read_facts(home)
    fresh = replace(facts, suid=_signed_in(facts, settings), staff=facts.staff or _new_administrator())
    write_facts(home, fresh, url=url, metrics_url=metrics_url, settings=settings)


def _signed_in(facts: Facts, settings: Settings) -> str:
    """The token of a new session; empty, where whoever played with the demonstration has changed the password."""
    from netledger.cabinet.services import sign_in  # models need Django set up

    try:
        return sign_in(login=facts.login, secret=facts.passwd, limits=settings.cabinet).token
    except Refusal:
        return ""


def _new_administrator() -> dict[str, str]:
    """Login and password of one that is made now; nothing, where somebody keeps the staff already."""
    from netledger.backoffice.queries import is_anybody_here
    from netledger.backoffice.roles import Role
    from netledger.backoffice.services import add_staff

    if is_anybody_here():
        return {}
    password = chosen_password(from_stdin=False).password
    add_staff(login=LOGIN, name=NAME, role=Role.ADMINISTRATOR, password=password, by=None)
    return {"login": LOGIN, "passwd": password}


if __name__ == "__main__":
    main()
