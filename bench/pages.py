"""The cabinet's user_info against an empty view, and staff's pages at their size."""

import random
import re
from collections.abc import Iterator
from statistics import quantiles
from urllib.parse import quote, urlencode

from bench.client import ask, load, request_of
from bench.provider import Provider
from bench.result import Result

CLIENTS = 4
PAGES_ROUND = 60
WHILE_TYPING = "HX-Request: true\r\n"
"""As the search box asks; without it, whoever is the only one found is shown at once."""
SURNAMES = ("иванов", "петров", "ел", "кузнец", "смирнов")
TOTAL_MS = re.compile(r"total;dur=([0-9.]+)")
CSRF = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


def user_info(provider: Provider, *, rounds: int, seconds: float) -> Iterator[Result]:
    """Answers a second of user_info and of /healthz, in turn."""
    info = provider.call("web", "web_cabinet.user_info", {"suid": provider.facts["suid"]}, model="users")
    empty = request_of("/healthz")
    ours, rival = [], []
    for _ in range(rounds):
        ours.append(
            load(provider.port, lambda *_: info, clients=CLIENTS, seconds=seconds, is_right=b'"').per_s
        )
        rival.append(
            load(provider.port, lambda *_: empty, clients=CLIENTS, seconds=seconds, is_right=b"alive").per_s
        )
    yield Result(
        what="web_cabinet.user_info",
        unit="answers/s",
        goal=0.5,
        at_least=True,
        rounds=ours,
        rival="an empty view on the same server (/healthz)",
        rival_rounds=rival,
    )


def of_staff(provider: Provider, *, rounds: int) -> Iterator[Result]:
    """Server time of the pages that staff uses most, p95; and their number of queries, which is to be fixed."""
    cookie = _signed_in(provider)
    subscribers, operations = _samples(provider)
    addresses = {
        "home": ["/admin/"],
        "search by a name": [f"/admin/search/?q={quote(name)}" for name in SURNAMES],
        "search by a contract": [f"/admin/search/?q={contract}" for _id, contract in subscribers],
        "card": [f"/admin/subscribers/{number}/" for number, _contract in subscribers],
        "a further page of a statement": [
            f"/admin/subscribers/{number}/?before={operation}" for number, operation in operations
        ],
    }
    for name, targets in addresses.items():
        p95s, queries = [], set()
        head = f"Cookie: {cookie}\r\n" + WHILE_TYPING * name.startswith("search")
        for _ in range(rounds):
            times = []
            for target in random.choices(targets, k=PAGES_ROUND):
                answer = ask(provider.port, request_of(target, head=head))
                assert answer.status == 200, (target, answer.status)
                times.append(float(TOTAL_MS.search(answer.headers["server-timing"])[1]))  # type: ignore[index]
                queries.add(int(answer.headers["x-query-count"]))
            p95s.append(quantiles(times, n=20)[-1])
        yield Result(
            what=f"staff's page: {name}, p95 of server time",
            unit="ms",
            goal=200,
            at_least=False,
            rounds=p95s,
            note=f"{min(queries)} to {max(queries)} queries a page",
        )


def _samples(provider: Provider) -> tuple[list[tuple[int, str]], list[tuple[int, int]]]:
    """Subscribers, and operations in the middle of statements."""
    with provider.owner() as owner:
        chosen = [f"{1_000_000 + random.randint(1, provider.subscribers):08d}" for _ in range(200)]
        subscribers = owner.execute(
            "SELECT id, contract_number FROM subscribers_subscriber WHERE contract_number = ANY (%s)",
            [chosen],
        ).fetchall()
        operations = owner.execute(
            """SELECT s.id, max(t.id) FROM subscribers_subscriber s
                 JOIN ledger_transfer t ON t.account_id = s.account_id
                WHERE s.contract_number = ANY (%s) GROUP BY s.id""",
            [chosen],
        ).fetchall()
    return subscribers, operations


def _signed_in(provider: Provider) -> str:
    """The cookies of an administrator who has signed in by the page."""
    address = "/admin/sign-in/"
    form = ask(provider.port, request_of(address))
    token = CSRF.search(form.body)
    assert token is not None, "the page of signing in has no form"
    staff = provider.facts["staff"]
    fields = {"csrfmiddlewaretoken": token[1].decode(), "login": staff["login"], "password": staff["passwd"]}
    body = urlencode(fields)
    kind = "Content-Type: application/x-www-form-urlencoded"
    head = f"Cookie: {_sent(form.cookies)}\r\n{kind}\r\nContent-Length: {len(body)}\r\n"
    answer = ask(provider.port, request_of(address, head=head).replace(b"GET", b"POST", 1) + body.encode())
    assert answer.status == 302, answer
    return _sent(form.cookies | answer.cookies)


def _sent(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
