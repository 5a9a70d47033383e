"""The caller behind a proxy, and characters that a URL takes for something else. Cases V14 and V15 of cases.md."""

import socket
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from netledger.installation.config_edit import set_value
from netledger.installation.home import Home
from server.conftest import FirstStart
from server.running import Service, copy_of, running
from server.wire import Answer, receive

PROXY = "127.0.0.2"
STRANGER = "198.51.100.7"
PASSWORD = "pa%98s&w#d+1"
ACT_PAY = (
    "model=Abonents&method1=asr_fiscal_manager.act_pay&"
    'arg1={"contract_number":"1","sum_in":"10","pay_operator":"osmp","pay_id_str":"1","act":"PAY"}&context=asr_fiscal&psw='
)


@pytest.fixture(scope="module")
def service(first_start: FirstStart, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One that trusts a proxy and has a password full of traps."""
    home = copy_of(first_start.home, tmp_path_factory.mktemp("proxied") / "home")
    set_value(Home(home), "network.api.allowed_ip", "127.0.0.1 192.0.2.10")
    set_value(Home(home), "network.api.trusted_proxy", PROXY)
    set_value(Home(home), "network.api.asr_fiscal.psw", PASSWORD)
    with running(home) as service:
        yield service


def _ask(service: Service, peer: str, *forwarded: str) -> Answer:
    """Ask as that peer, with headers X-Forwarded-For of these texts."""
    headers = "".join(f"X-Forwarded-For: {text}\r\n" for text in forwarded)
    address = ("127.0.0.1", service.port)
    with socket.create_connection(address, timeout=10, source_address=(peer, 0)) as connection:
        connection.sendall(f"GET /system_api/?context=other HTTP/1.1\r\n{headers}\r\n".encode())
        return receive(connection)


@pytest.mark.parametrize(
    ("peer", "forwarded"),
    [
        ("127.0.0.3", []),
        ("127.0.0.3", ["127.0.0.1"]),
        (PROXY, []),
        (PROXY, [f"127.0.0.1, {STRANGER}"]),
        (PROXY, ["127.0.0.1", STRANGER]),
        (PROXY, [f"192.0.2.10, {STRANGER}, {PROXY}"]),
        (PROXY, ["192.0.2.10:4000"]),
    ],
)
def test_so_that_nobody_borrows_an_allowed_address(service: Service, peer: str, forwarded: list[str]) -> None:
    assert _ask(service, peer, *forwarded).status == 403


@pytest.mark.parametrize(
    ("peer", "forwarded"),
    [
        ("127.0.0.1", []),
        ("127.0.0.1", [STRANGER]),
        (PROXY, ["192.0.2.10"]),
        (PROXY, [f"{STRANGER}, 192.0.2.10"]),
        (PROXY, [STRANGER, "::ffff:192.0.2.10"]),
    ],
)
def test_so_that_an_allowed_caller_is_served(service: Service, peer: str, forwarded: list[str]) -> None:
    answer = _ask(service, peer, *forwarded)

    assert (answer.status, answer.body) == (400, b"Context=other is not defined")


def test_so_that_a_password_works_encoded_and_never_breaks_us_raw(service: Service) -> None:
    encoded = service.get(f"/system_api/?{ACT_PAY}{quote(PASSWORD, safe='')}")
    raw = service.get(f"/system_api/?{ACT_PAY}{PASSWORD}")

    assert encoded.status == 200
    assert raw.status in (400, 403)


def test_so_that_curl_without_g_is_told_of_g(service: Service) -> None:
    before, _, rest = ACT_PAY.partition("{")
    parts, _, after = rest.partition("}")

    # So curl 7.88 takes braces: a request for each part between commas, without them.
    answers = [
        service.get(f"/system_api/?{before}{part}{after}{quote(PASSWORD, safe='')}")
        for part in parts.split(",")
    ]

    assert len(answers) == 5
    for answer in answers:
        assert (answer.status, answer.json["field"]) == (400, "arg1")
        assert "-g" in answer.json["error"]
