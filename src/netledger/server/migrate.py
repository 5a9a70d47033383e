"""Brings the database to this version's tables and rights: `python -m netledger.server.migrate`, as the owner."""

import os

import django
from django.core.management import call_command
from django.db import connection, transaction
from psycopg.conninfo import conninfo_to_dict

from netledger import sql
from netledger.installation.database import conninfo


def migrate_and_grant() -> None:
    """Run the migrations that are missing and give the serving role its rights, no more: append-only stays so."""
    call_command("migrate", verbosity=0, interactive=False)
    server_role = conninfo_to_dict(conninfo("server"))["user"]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('netledger.server_role', %s, true)", [server_role])
        cursor.execute(sql.text_of("server/grant"))


def main() -> None:
    """The command."""
    os.environ["NETLEDGER_ROLE"] = "owner"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netledger.server.settings")
    django.setup()
    migrate_and_grant()


if __name__ == "__main__":
    main()
