"""`act_pay` over HTTP, against pgbench calling the same function, beside slow readers, and with much stored."""

import random
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg

from bench.client import Load, ask, load, slow_reader
from bench.provider import FIRST_CONTRACT, Provider
from bench.result import Result
from netledger.installation.postgres_binaries import postgres_folder

CLIENTS = 8
READERS = 10
READ_BYTES_A_SECOND = 256 * 1024
BEGUN_WITHIN_S = 600
PGBENCH = postgres_folder() / "pgbench"
SCRIPT = """\\set number random(1, {subscribers})
\\set first random(1, 1000000000)
\\set second random(1, 1000000000)
SELECT outcome, operation_id, subscriber_id, amount, balance_after, taken_at
  FROM payments_take((SELECT id FROM payments_operator WHERE code = 'osmp'), 'pgbench-' || :first || '-' || :second,
                     lpad(({first} + :number)::text, 8, '0'),
                     (SELECT subscriber_id FROM subscribers_identifier
                       WHERE key = lpad(({first} + :number)::text, 8, '0')),
                     10.00, ledger_now());
"""
TRANSACTIONS_A_SECOND = re.compile(r"tps = ([0-9.]+)")


def throughput(provider: Provider, *, rounds: int, seconds: float) -> Iterator[Result]:
    """Payments a second of eight clients, in turn by HTTP and by pgbench."""
    pay, ours, rival, cost = payer(provider), [], [], []
    load(provider.port, pay, clients=CLIENTS, seconds=2, is_right=b'"pk"')
    for _ in range(rounds):
        done = load(provider.port, pay, clients=CLIENTS, seconds=seconds, is_right=b'"pk"')
        ours.append(done.per_s)
        cost.append(done.cpu_s / done.took_s)
        rival.append(_pgbench(provider, seconds))
    yield Result(
        what=f"act_pay over HTTP, {CLIENTS} clients",
        unit="payments/s",
        goal=0.4,
        at_least=True,
        rounds=ours,
        rival=f"pgbench calling the same function, {CLIENTS} clients",
        rival_rounds=rival,
        note=f"the HTTP client itself takes {max(cost):.2f} of a core",
    )


def beside_slow_readers(
    provider: Provider, *, nas_ip: str, count: int, rounds: int, seconds: float
) -> Iterator[Result]:
    """The slowest hundredth of payments while ten routers read a long list slowly, and while nobody does."""
    pay, beside, alone = payer(provider), [], []
    for _ in range(rounds):
        alone.append(_p99_ms(provider, pay, seconds))
        with _slow_readers(provider, nas_ip):
            beside.append(_p99_ms(provider, pay, seconds))
    yield Result(
        what=f"act_pay p99 while ten lists of {count:,} are read by slow clients",
        unit="ms",
        goal=1.5,
        at_least=False,
        rounds=beside,
        rival="without them",
        rival_rounds=alone,
    )


def with_much_stored(large: Provider, small: Provider, *, rounds: int, seconds: float) -> Iterator[Result]:
    """How long a payment takes with many transfers stored and with few, in turn."""
    much: list[float] = []
    little: list[float] = []
    for _ in range(rounds):
        for provider, times in ((large, much), (small, little)):
            done = load(provider.port, payer(provider), clients=1, seconds=seconds, is_right=b'"pk"')
            times.append(done.quantile_s(0.5) * 1000)
    yield Result(
        what=f"act_pay with {transfers(large):,} transfers stored",
        unit="ms",
        goal=1.2,
        at_least=False,
        rounds=much,
        rival=f"with {transfers(small):,}",
        rival_rounds=little,
    )


def payer(provider: Provider) -> Callable[[int, int], bytes]:
    """What makes the next payment's request: of any subscriber not closed, with an id that nobody has used."""
    psw = provider.psw("asr_fiscal")
    with psycopg.connect(provider.conninfo()) as connection:
        found = connection.execute(
            "SELECT contract_number FROM subscribers_subscriber WHERE closed_at IS NULL"
        )
        contracts = [contract for (contract,) in found]

    def pay(_client: int, _number: int) -> bytes:
        arg1 = {
            "contract_number": random.choice(contracts),
            "sum_in": "10.00",
            "pay_operator": "osmp",
            "pay_id_str": f"bench-{random.getrandbits(80)}",
            "act": "PAY",
        }
        return provider.call("asr_fiscal", "asr_fiscal_manager.act_pay", arg1, psw=psw)

    return pay


def transfers(provider: Provider) -> int:
    """How many are stored."""
    with provider.owner() as owner:
        return int(owner.execute("SELECT count(*) FROM ledger_transfer").fetchone()[0])  # type: ignore[index]


def _p99_ms(provider: Provider, pay: Callable[[int, int], bytes], seconds: float) -> float:
    done: Load = load(provider.port, pay, clients=2, seconds=seconds, is_right=b'"pk"')
    return done.quantile_s(0.99) * 1000


@contextmanager
def _slow_readers(provider: Provider, nas_ip: str) -> Iterator[None]:
    """Ten routers that have begun to read, each slower than the list is long."""
    request = provider.list_of("logged", nas_ip)
    readers = [
        slow_reader(provider.port, request, bytes_a_second=READ_BYTES_A_SECOND) for _ in range(READERS)
    ]
    try:
        for _process, begun in readers:
            assert begun.wait(BEGUN_WITHIN_S), "no list began"  # type: ignore[attr-defined]
        yield
    finally:
        for process, _begun in readers:
            process.kill()  # type: ignore[attr-defined]
            process.join()  # type: ignore[attr-defined]
        ask(provider.port, provider.list_of("negbal", provider.facts["nas_ip"]), keep=False)
        time.sleep(1)


def _pgbench(provider: Provider, seconds: float) -> float:
    """Transactions a second of pgbench with the same clients on the same database."""
    script = provider.home / "tmp" / "pay.pgbench"
    script.write_text(SCRIPT.format(subscribers=provider.subscribers, first=FIRST_CONTRACT))
    argv = [
        PGBENCH,
        "-n",
        "-M",
        "prepared",
        "-c",
        CLIENTS,
        "-j",
        "2",
        "-T",
        max(1, round(seconds)),
        "-f",
        script,
    ]
    told = subprocess.run(
        [*map(str, argv), provider.conninfo()],
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds + 120,
    ).stdout
    found = TRANSACTIONS_A_SECOND.search(told)
    assert found is not None, told
    return float(found[1])
