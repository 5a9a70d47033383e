"""Django for the subcommands that need the database: imported late, as the serving role."""

import os


def load_django() -> None:
    """Set Django up, for whoever needs what is declared beside the models and no database."""
    os.environ["NETLEDGER_ROLE"] = "server"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netledger.server.settings")
    import django  # takes a second, which nobody waits for who needs none of it

    django.setup()


def set_up_django() -> None:
    """Set Django up and reach the database.

    Raises: NotRunning: nothing runs on the home. DatabaseUnreachable: the provider's own database does not answer.
    """
    load_django()
    from django.db import OperationalError, connection

    from netledger.installation.database import is_external
    from netledger.installation.home import home_from_environment
    from netledger.server.errors import DatabaseUnreachable, NotRunning

    try:
        connection.ensure_connection()
    except OperationalError as trouble:
        if is_external():
            raise DatabaseUnreachable(why=_first_line(trouble)) from None
        raise NotRunning(path=str(home_from_environment().path)) from None


def _first_line(trouble: Exception) -> str:
    return next(iter(str(trouble).splitlines()), type(trouble).__name__)
