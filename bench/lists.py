"""The collector's list over HTTP, against the same rows by COPY through psycopg."""

import time
from collections.abc import Iterator

import psycopg

from bench.client import ask
from bench.provider import Provider
from bench.result import Result
from netledger import sql

CONNECTIONS = """
    -- Static connections on a new NAS, spread over all open subscribers.
    WITH nas AS (
        INSERT INTO network_nas (name, address, created_at) VALUES ('bench', %(nas_ip)s, now()) RETURNING id
    ), payer AS MATERIALIZED (
        SELECT id, row_number() OVER (ORDER BY id) AS number FROM subscribers_subscriber WHERE closed_at IS NULL
    )
    INSERT INTO network_connection
           (subscriber_id, login, secret, address, nas_id, by_session, enabled, created_at)
    SELECT payer.id, %(nas_ip)s || '-' || one.number, '', inet '100.64.0.0' + one.number, nas.id, false, true, now()
      FROM generate_series(1, %(count)s) AS one (number)
     CROSS JOIN nas
      JOIN payer ON payer.number = 1 + one.number %% (SELECT count(*) FROM payer)
"""
GROWTH_MAX_MIB = 32


def connect_many(provider: Provider, *, nas_ip: str, count: int) -> None:
    """Give a new NAS so many connections."""
    with provider.owner() as owner:
        owner.execute(CONNECTIONS, {"nas_ip": nas_ip, "count": count})
        owner.execute("VACUUM (ANALYZE) network_connection, access_decision, tariffs_subscription")


def measure(provider: Provider, *, nas_ip: str, count: int, goal: float, rounds: int) -> Iterator[Result]:
    """Bytes a second of a list with so many lines, and what it takes of memory."""
    request = provider.list_of("logged", nas_ip)
    ask(provider.port, provider.list_of("logged", provider.facts["nas_ip"]), keep=False)
    before = provider.memory_peak_bytes()
    ours, floor = [], []
    for _ in range(rounds):
        answer = ask(provider.port, request, keep=False)
        assert answer.status == 200, answer
        ours.append(answer.body_bytes / answer.took_s / 2**20)
        floor.append(_copied_mib_a_second(provider, nas_ip))
    grown = [peak - before.get(pid, peak) for pid, peak in provider.memory_peak_bytes().items()]
    yield Result(
        what=f"list of {count:,} connections over HTTP",
        unit="MiB/s",
        goal=goal,
        at_least=True,
        rounds=ours,
        rival="the same rows by COPY through psycopg",
        rival_rounds=floor,
    )
    yield Result(
        what=f"memory of a web process that sends a list of {count:,}",
        unit="MiB",
        goal=GROWTH_MAX_MIB,
        at_least=False,
        rounds=[max(grown) / 2**20],
    )


def _copied_mib_a_second(provider: Provider, nas_ip: str) -> float:
    """The list's own statement by COPY: nothing between psycopg and the rows."""
    lines = sql.text_of("network/list_lines")
    statement = f"WITH entry AS (\n{sql.text_of('network/list_entries')})\n{lines}"
    with psycopg.connect(provider.conninfo()) as connection:
        connection.execute("SET jit = off")
        asked = connection.execute(
            "SELECT id, ledger_today(), ledger_now() - interval '900 s' FROM network_nas WHERE address = %s",
            [nas_ip],
        ).fetchone()
        assert asked is not None
        parameters = dict(zip(("nas_id", "today", "live_since"), asked, strict=True)) | {"state": "logged"}
        begun_s, received = time.perf_counter(), 0
        with connection.cursor() as cursor, cursor.copy(f"COPY ({statement}) TO STDOUT", parameters) as copy:
            for piece in copy:
                received += len(piece)
        return received / (time.perf_counter() - begun_s) / 2**20
