"""Numbers that were given out do not come back: what a restore takes back, others still know by its number."""

import psycopg
from psycopg import sql

READ = """
    SELECT sequencename::text, last_value FROM pg_sequences
     WHERE schemaname = 'public' AND last_value IS NOT NULL
"""
LEAP = 1_000_000
"""So far sequences go on where nobody can say how far they were."""


def sequences_of(superuser: psycopg.Connection) -> dict[str, int]:
    """How far each sequence of ours is."""
    return dict(superuser.execute(READ).fetchall())


def go_on_from(superuser: psycopg.Connection, given: dict[str, int] | None) -> None:
    """Let each sequence go on after the last number that was given out before the restore.

    Args:
        given: how far they were; None where that could not be read.
    """
    for name, last in sequences_of(superuser).items():
        target = last + LEAP if given is None else max(last, given.get(name, last))
        if target > last:
            superuser.execute("SELECT setval(%s::regclass, %s)", [sql.Identifier(name).as_string(), target])
