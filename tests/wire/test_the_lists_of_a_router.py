"""A router gets its own connections in one state, a line of sixteen fields each, or an error it cannot mistake."""

import tracemalloc
from collections.abc import Callable
from contextlib import closing
from itertools import repeat
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from calls import Application, Reply, environ_of, query_of, send
from given import a_customer, a_plan, a_subscriber, published
from given_cluster import Database
from netledger.access.services import place_block
from netledger.charging.services import subscribe
from netledger.installation.spools import IN_MEMORY_BYTES
from netledger.network.lists import ListEntry
from netledger.network.models import Connection, Nas
from netledger.network.services import add_connection, add_nas, retire_nas
from netledger.system_api.answers import Answer
from netledger.system_api.contexts import collector
from netledger.system_api.records import ListRow
from netledger.system_api.spools import spool_json
from netledger.tariffs.services import Speeds

NAS_IP = "10.0.0.1"
ListOf = Callable[..., Reply]
SPEEDS = Speeds(
    rate_in_kbps=1000, ceil_in_kbps=2000, burst_in_bytes=30, cburst_in_bytes=40,
    rate_out_kbps=500, ceil_out_kbps=600, burst_out_bytes=70, cburst_out_bytes=80,
)  # fmt: skip


@pytest.fixture
def list_of(api: Application) -> ListOf:
    """Ask for a list by its name, as a router does."""

    def list_of(name: str, nas_ip: str = NAS_IP, **more: str) -> Reply:
        query = query_of("collector", f"collector_manager.users_{name}", {"nas_ip": nas_ip}, **more)
        return send(api, environ_of(query))

    return list_of


@pytest.fixture
def nas(db: None) -> Nas:
    return add_nas(name="Узел", address=NAS_IP)


def connected(nas: Nas, address: str, *, balance: str = "0.00", login: str | None = None) -> Connection:
    subscriber = a_customer(balance)
    return add_connection(
        subscriber_id=subscriber.pk,
        login=login or f"u{address}",
        secret="s3cret",
        nas_id=nas.pk,
        address=address,
    )


def addresses(reply: Reply) -> list[str]:
    assert reply.status == 200, reply.text
    return [line.split()[0] for line in reply.text.splitlines()]


def test_has_the_specifications_line(list_of: ListOf, nas: Nas) -> None:
    subscriber = a_subscriber()
    subscribe(
        subscriber_id=subscriber.pk, plan_id=a_plan(speeds=SPEEDS).pk, from_on=subscriber.created_at.date()
    )
    add_connection(
        subscriber_id=subscriber.pk, login="Жук", secret="s3cret", nas_id=nas.pk, address="10.0.0.5",
        mac="AA-BB-CC-DD-EE-FF", snat_address="198.51.100.5",
    )  # fmt: skip
    published()

    reply = list_of("logged")

    assert reply.text == (
        "10.0.0.5 Жук 198.51.100.5 aa:bb:cc:dd:ee:ff 1 0 0 1000 2000 30  500 600 70 10.0.0.1 40 80\n"
    )
    assert reply.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert reply.headers["Content-Length"] == str(len(reply.body))


def test_has_exactly_the_connections_in_that_state(list_of: ListOf, nas: Nas) -> None:
    other_nas = add_nas(name="Другой", address="10.0.0.2")
    connected(nas, "10.1.0.1")
    connected(nas, "10.1.0.2", balance="-0.01")
    blocked = connected(nas, "10.1.0.3")
    both = connected(nas, "10.1.0.10", balance="-5.00")
    connected(other_nas, "10.1.0.4", balance="-5.00")
    for connection_ in (blocked, both):
        place_block(subscriber_id=connection_.subscriber_id, placed_by="admin")
    published()

    assert addresses(list_of("negbal")) == ["10.1.0.2", "10.1.0.10"]
    assert addresses(list_of("blocked")) == ["10.1.0.3", "10.1.0.10"]
    assert addresses(list_of("logged")) == ["10.1.0.1", "10.1.0.2", "10.1.0.3", "10.1.0.10"]


def test_is_empty_where_nobody_is_in_that_state(list_of: ListOf, nas: Nas) -> None:
    reply = list_of("negbal")

    assert (reply.status, reply.body, reply.headers["Content-Length"]) == (200, b"", "0")
    assert list_of("negbal", format="json").json == []


def test_gives_the_same_rows_as_objects_for_json(list_of: ListOf, nas: Nas) -> None:
    connected(nas, "10.1.0.1", balance="-1.00")
    connected(nas, "10.1.0.2", balance="-1.00")
    published()
    first = "ip login snatip mac logged negbal blocked rate_in ceil_in burst_in"
    names = f"{first} rate_out ceil_out burst_out nas_ip cburst_in cburst_out".split()

    lines, objects = list_of("negbal"), list_of("negbal", format="json")

    assert objects.headers["Content-Type"] == "application/json; charset=utf-8"
    assert objects.json == [dict(zip(names, line.split(), strict=True)) for line in lines.text.splitlines()]
    assert len(objects.json) == 2


@pytest.mark.parametrize("more", [{}, {"format": "json"}])
def test_of_an_unknown_or_retired_nas_is_not_an_empty_list(
    list_of: ListOf, nas: Nas, more: dict[str, str]
) -> None:
    retire_nas(address=NAS_IP)

    for nas_ip in (NAS_IP, "10.0.0.9"):
        reply = list_of("negbal", nas_ip, **more)
        assert (reply.status, reply.text.count("\n")) == (404, 1)
        assert reply.headers["Content-Type"].startswith("text/plain")


def test_of_what_is_no_address_is_a_wrong_request(api: Application, list_of: ListOf) -> None:
    missing = send(api, environ_of(query_of("collector", "collector_manager.users_negbal", {})))

    assert (list_of("negbal", "router").status, "nas_ip" in list_of("negbal", "router").text) == (400, True)
    assert (missing.status, "nas_ip" in missing.text) == (400, True)


def test_asked_for_by_curl_without_g_is_an_error_with_a_hint(api: Application) -> None:
    query = query_of("collector", "collector_manager.users_negbal", f'"nas_ip":"{NAS_IP}"')

    reply = send(api, environ_of(query))

    assert (reply.status, "-g" in reply.text, reply.text.count("\n")) == (400, True, 1)


@pytest.mark.django_db
def test_that_the_database_breaks_off_is_an_error_and_no_short_list(
    list_of: ListOf, nas: Nas, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*edition: object, **asked: object) -> None:
        raise OperationalError("terminating connection due to administrator command")

    monkeypatch.setattr(collector, "spool_list", broken)

    reply = list_of("negbal")

    assert (reply.status, reply.text.count("\n")) == (503, 1)
    assert int(reply.headers["Retry-After"]) > 0


def test_that_breaks_on_its_way_out_does_not_end_cleanly(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_bytes(b"10.0.0.5 ...\n" * 100_000)
    file = path.open("rb")
    blocks = iter(Answer(200, "text/plain", file).blocks())  # type: ignore[arg-type]
    next(blocks)
    file.close()

    with pytest.raises(ValueError):
        next(blocks)


def test_waits_for_a_slow_router_without_a_database_connection(
    committed_db: Database, api: Application
) -> None:
    connected(add_nas(name="Узел", address=NAS_IP), "10.1.0.1")
    query = query_of("collector", "collector_manager.users_logged", {"nas_ip": NAS_IP})

    with closing(api(environ_of(query), lambda status, headers: None)) as blocks:  # type: ignore[type-var]
        assert connection.connection is None
        assert b"".join(blocks).startswith(b"10.1.0.1 ")


def test_lets_its_file_go_when_the_router_vanishes(
    api: Application, nas: Nas, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected(nas, "10.1.0.1")
    published()
    spools = []
    spool_list = collector.spool_list
    monkeypatch.setattr(
        collector,
        "spool_list",
        lambda *edition, **asked: spools.append(spool_list(*edition, **asked)) or spools[-1],
    )
    query = query_of("collector", "collector_manager.users_logged", {"nas_ip": NAS_IP})

    blocks = api(environ_of(query), lambda status, headers: None)
    next(iter(blocks))
    blocks.close()  # type: ignore[attr-defined]

    assert spools[0].closed


def test_of_objects_takes_no_more_memory_for_being_long(
    list_of: ListOf, nas: Nas, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    entry = ListEntry("10.1.0.1", "u", None, None, True, False, False, *[-1] * 8, NAS_IP)

    tracemalloc.start()
    spool = spool_json((ListRow.of(entry) for entry in repeat(entry, 100_000)), tmp_path)
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak_bytes < 3 * IN_MEMORY_BYTES < spool.seek(0, 2)
    spool.close()
