"""netledger check: whether the books tie and what is stored is what the rules say."""

from collections.abc import Iterator
from importlib import import_module

import typer

from netledger.cli.django_setup import set_up_django
from netledger.cli.language import say

CHECKED_ROOMS = ("ledger", "subscribers", "access", "payments", "network")


def check() -> None:
    """Name each difference in the books, payments, access and network; exit status 1 where there is one."""
    set_up_django()
    found = 0
    for sentence in differences():
        typer.echo(sentence)
        found += 1
    ties = say("check: всё сходится", "check: everything ties")
    typer.echo(say(f"расхождений: {found}", f"{found} difference(s)") if found else ties)
    raise typer.Exit(1 if found else 0)


def differences() -> Iterator[str]:
    """A sentence for each difference that all rooms find in one snapshot; Django is set up."""
    from django.db import connection, transaction

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for room in CHECKED_ROOMS:
            yield from import_module(f"netledger.{room}.check").differences()
