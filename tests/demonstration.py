"""A demonstration provider that was started as a user starts it, and how its clients speak to it.

It is made once for a run of the tests, by whichever worker is first; each who needs one runs a copy of it.
"""

import fcntl
import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, LiteralString
from uuid import uuid4

import psycopg

from calls import query_of
from netledger.installation.config_edit import set_value
from netledger.installation.home import Home, home_from_environment
from netledger.installation.roles import ROLES, SUPERUSER
from origin import address_of_home, rename_database
from server.running import Service, copy_of, environment, running
from server.wire import Answer, send

SUBSCRIBERS = 200
ACT_PAY = "asr_fiscal_manager.act_pay"


@dataclass
class Demonstration:
    """A running demonstration provider."""

    service: Service
    timeout_s: float = 15

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What HOME/demo.json tells."""
        facts: dict[str, Any] = json.loads(Home(self.service.home).demo_json.read_bytes())
        return facts

    def psw(self, context: str) -> str:
        """The context's password as the configuration file has it."""
        return self.service.config(f"network.api.{context}.psw")

    def query(self, context: str, method: str, arg1: dict[str, Any] | str, **more: str) -> bytes:
        """The query of a call as the specification writes it, its quotes, braces and UTF-8 raw."""
        return query_of(context, method, arg1, **({"psw": self.psw(context)} | more))

    def ask(self, query: bytes, *, caller: str = "", head: bytes = b"") -> Answer:
        """GET that query, from that address if any, with those further lines of the head."""
        return send(self.service.port, request_of(query, head), timeout_s=self.timeout_s, caller=caller)

    def list_of(self, state: str, nas_ip: str | None = None, **more: str) -> Answer:
        """One of the three lists, of the NAS that demo.json names unless another is."""
        arg1 = {"nas_ip": nas_ip or self.facts["nas_ip"]}
        return self.ask(self.query("collector", f"collector_manager.users_{state}", arg1, **more))

    def listed(self, state: str, nas_ip: str | None = None) -> list[str]:
        """The addresses in one of the lists."""
        answer = self.list_of(state, nas_ip)
        assert answer.status == 200, answer
        assert answer.ended_well
        return [line.split()[0] for line in answer.body.decode().splitlines()]

    def act(self, arg1: dict[str, Any] | str) -> Answer:
        """Call act_pay."""
        return self.ask(self.query("asr_fiscal", ACT_PAY, arg1))

    def pay(self, who: str, sum_in: str, pay_id: str, operator: str = "osmp") -> Any:
        """PAY; the JSON of the answer."""
        return self.told(act="PAY", **payment(who, sum_in, pay_id, operator))

    def told(self, **arg1: str) -> Any:
        """The JSON that act_pay answers with status 200."""
        answer = self.act(arg1)
        assert answer.status == 200, answer
        return answer.json

    def cli(self, *arguments: str) -> str:
        """What a command that succeeds prints."""
        done = self.service.cli(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def set_value(self, key: str, value: str) -> str:
        """Run `netledger config set`; what it warns of."""
        done = self.service.cli("config", "set", key, value)
        assert done.returncode == 0, done.stderr
        return done.stderr

    def restart(self) -> None:
        """Run HOME/service restart, as the specification says."""
        home = self.service.home
        done = subprocess.run(
            [home / "service", "restart"], env=environment(home), capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr

    def rows(self, statement: LiteralString, *parameters: object) -> list[tuple[Any, ...]]:
        """What a statement of the database's owner, committed at once, answers."""
        return rows_of(Home(self.service.home), statement, *parameters)

    def value(self, statement: LiteralString, *parameters: object) -> Any:
        """The one value that a statement answers."""
        ((answered,),) = self.rows(statement, *parameters)
        return answered

    def balance(self, contract_number: str) -> Any:
        """The cached balance of a contract's account."""
        return self.value(
            """SELECT a.balance FROM ledger_account a JOIN subscribers_subscriber s ON s.account_id = a.id
                WHERE s.contract_number = %s""",
            contract_number,
        )

    def payments_by(self, pay_id: str) -> int:
        """How many payments there are with that id of any operator."""
        return int(self.value("SELECT count(*) FROM payments_payment WHERE operator_payment_id = %s", pay_id))

    def contract_at(self, address: str) -> str:
        """The contract whose connection or open session has that address."""
        return str(
            self.value(
                """SELECT s.contract_number FROM network_connection c
                     LEFT JOIN network_session o ON o.connection_id = c.id AND o.stopped_at IS NULL
                     JOIN subscribers_subscriber s ON s.id = c.subscriber_id
                    WHERE c.ended_at IS NULL AND coalesce(c.address, o.address) = %s""",
                address,
            )
        )

    def debtor(self) -> tuple[str, str]:
        """Address and contract of somebody in users_negbal who is not blocked."""
        blocked = self.listed("blocked")
        address = next(address for address in self.listed("negbal") if address not in blocked)
        return address, self.contract_at(address)


def payment(who: str, sum_in: str, pay_id: str, operator: str = "osmp") -> dict[str, str]:
    """The fields of a PAY."""
    return {"contract_number": who, "sum_in": sum_in, "pay_operator": operator, "pay_id_str": pay_id}


def request_of(query: bytes, head: bytes = b"") -> bytes:
    """A GET of the System API with that query and those further lines of the head."""
    return b"GET /system_api/?" + query + b" HTTP/1.1\r\nHost: billing\r\n" + head + b"\r\n"


def rows_of(home: Home, statement: LiteralString, *parameters: object) -> list[tuple[Any, ...]]:
    """What a statement of the owner of the home's database answers."""
    with connected(home, ROLES["owner"]) as connection:
        cursor = connection.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


def connected(home: Home, user: str = SUPERUSER) -> psycopg.Connection:
    """A connection to the home's database; each statement is committed at once."""
    return psycopg.connect(address_of_home(home, user), autocommit=True)


@contextmanager
def demonstration(config: Mapping[str, str] | None = None) -> Iterator[Demonstration]:
    """A demonstration provider of one's own, running with those settings; at the end it is stopped and taken away."""
    with copy_of_made_home() as home:
        for key, value in (config or {}).items():
            set_value(home, key, value)
        with running(home.path, command=("demo",)) as service:
            yield Demonstration(service)


@contextmanager
def copy_of_made_home() -> Iterator[Home]:
    """A stopped home with the demonstration provider, taken away at the end."""
    made = _made_home()
    folder = made.path.with_name(f"demo-{uuid4().hex[:8]}")
    folder.mkdir()
    try:
        yield Home(copy_of(made.path, folder / "home"))
    finally:
        shutil.rmtree(folder)


def _made_home() -> Home:
    """The stopped home that all copies are made of, in the folder that the run takes away at its end."""
    folder = home_from_environment().path
    made, making = Home(folder / "demo"), folder / "demo-making"
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.path.exists():
            with running(making, command=("demo", "--subscribers", str(SUBSCRIBERS))) as service:
                assert service.stop() == 0
            making.rename(made.path)
            rename_database(making, made.path)
    return made
