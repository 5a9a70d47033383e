"""Behind nginx or HAProxy, set up as deploy/ shows, each client is answered as without, and no log holds a secret."""

import re
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Thread

import pytest

from demonstration import ACT_PAY, Demonstration, demonstration, payment, request_of
from deploy.proxies import Proxy, haproxy, nginx
from server.running import eventually, free_port
from server.wire import Answer, receive, send

Start = Callable[[Path, int], AbstractContextManager[Proxy]]

GATEWAY, STRANGER = "127.0.0.2", "127.0.0.4"
SECRET = "s3cret-of-the-gateway"
LINE_MAX_BYTES = 8191
MALFORMED = (
    b"GET %b x HTTP/1.1\r\n\r\n",
    b"GET %b HTTP/9.9\r\n\r\n",
    b"GET %b\x01 HTTP/1.1\r\n\r\n",
    b"%b\r\n\r\n",
)


@pytest.fixture(scope="module")
def demo() -> Iterator[Demonstration]:
    """One of these tests' own, which is told of the proxy."""
    config = {
        "network.api.allowed_ip": GATEWAY,
        "backoffice.allowed_ip": GATEWAY,
        "network.api.trusted_proxy": "127.0.0.1 ::1",
        "network.api.asr_fiscal.psw": SECRET,
    }
    with demonstration(config) as running:
        yield running


@pytest.fixture(scope="module", params=[nginx, haproxy], ids=["nginx", "haproxy"])
def start(request: pytest.FixtureRequest) -> Start:
    chosen: Start = request.param
    return chosen


@pytest.fixture(scope="module")
def proxy(demo: Demonstration, start: Start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with start(tmp_path_factory.mktemp("proxy"), demo.service.port) as running:
        yield running


def paid(demo: Demonstration, pay_id: str) -> bytes:
    """The query of a payment, its quotes, braces and Cyrillic letters raw."""
    return demo.query(
        "asr_fiscal", ACT_PAY, payment(demo.facts["contract_number"], "1.00", pay_id) | {"act": "PAY"}
    )


def through(proxy: Proxy, request: bytes, *, caller: str = GATEWAY) -> Answer:
    return send(proxy.api_port, request, caller=caller)


def posted(body: bytes) -> bytes:
    head = b"POST /system_api/ HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


WAYS: dict[str, Callable[[bytes], bytes]] = {
    "raw": request_of,
    "with a trailing &": lambda query: request_of(query + b"&"),
    "by HTTP/1.0 without Host": lambda query: b"GET /system_api/?" + query + b" HTTP/1.0\r\n\r\n",
    "by POST, raw": posted,
    "as long as a line may be": lambda query: request_of(
        query + b"&x=" + b"0" * (LINE_MAX_BYTES - len(b"GET /system_api/?&x= HTTP/1.1\r\n") - len(query))
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_however_a_client_writes_it(demo: Demonstration, proxy: Proxy, way: str) -> None:
    request = WAYS[way](paid(demo, f"чек №{list(WAYS).index(way)}".replace(" ", "_")))
    assert "чек".encode() in request and b'{"' in request

    answer = through(proxy, request)
    direct = send(demo.service.port, request, caller=GATEWAY)

    assert (answer.status, answer.body) == (200, direct.body), answer
    assert answer.ended_well


def test_a_list_comes_whole(demo: Demonstration, proxy: Proxy) -> None:
    query = demo.query("collector", "collector_manager.users_logged", {"nas_ip": demo.facts["nas_ip"]})

    answer = through(proxy, request_of(query))

    assert answer.status == 200 and answer.ended_well
    assert answer.body == send(demo.service.port, request_of(query), caller=GATEWAY).body != b""


def test_who_calls_is_whom_the_proxy_saw(demo: Demonstration, proxy: Proxy) -> None:
    query = demo.query(
        "asr_fiscal", ACT_PAY, {"contract_number": demo.facts["contract_number"], "act": "CHECK"}
    )
    claimed = request_of(query, b"X-Forwarded-For: %b\r\n" % GATEWAY.encode())

    answers = [through(proxy, claimed, caller=STRANGER), through(proxy, claimed)]

    assert [answer.status for answer in answers] == [403, 200]
    assert answers[0].json["code"] == "address_refused"


def test_a_request_has_one_id_in_both_logs(demo: Demonstration, proxy: Proxy) -> None:
    answer = through(proxy, request_of(paid(demo, "x"), b"X-Request-Id: chosen-by-the-client\r\n"))
    request_id = answer.headers["x-request-id"]

    eventually(lambda: request_id in proxy.written(), timeout_s=10)

    assert request_id != "chosen-by-the-client"
    assert request_id in (demo.service.home / "log" / "netledger.log").read_text()


def test_too_long_a_line_is_refused(demo: Demonstration, proxy: Proxy) -> None:
    for length in (LINE_MAX_BYTES + 1, 40_000):
        answer = through(proxy, request_of(paid(demo, "x") + b"&x=" + b"0" * length))

        assert answer.status in (400, 414)


def test_the_pages_are_there_by_https_alone(proxy: Proxy) -> None:
    sign_in = b"GET /admin/sign-in/ HTTP/1.1\r\nHost: billing.example.org\r\nConnection: close\r\n\r\n"
    claimed = sign_in.replace(b"Host", b"X-Forwarded-Proto: https\r\nHost")

    page = encrypted(proxy, sign_in)
    style = re.search(rb'href="(/static/[^"]+\.css)"', page.body)

    assert page.status == 200 and style is not None
    assert encrypted(proxy, sign_in.replace(b"/admin/sign-in/", style[1])).status == 200
    assert encrypted(proxy, sign_in, caller=STRANGER).status == 403
    assert [through(proxy, plain).status for plain in (sign_in, claimed)] == [403, 403]
    assert encrypted(proxy, sign_in.replace(b"/admin/sign-in/", b"/system_api/")).status in (403, 404)


def encrypted(proxy: Proxy, request: bytes, *, caller: str = GATEWAY) -> Answer:
    """What the proxy answers over TLS; whose certificate it is is not asked."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(
            ("127.0.0.1", proxy.pages_port), timeout=15, source_address=(caller, 0)
        ) as connection,
        context.wrap_socket(connection, server_hostname="billing.example.org") as wrapped,
    ):
        wrapped.sendall(request)
        return receive(wrapped)


def test_no_log_holds_what_was_asked(demo: Demonstration, proxy: Proxy) -> None:
    target = b"/system_api/?psw=%b&arg1=" % SECRET.encode()
    through(proxy, request_of(paid(demo, "written")))
    for malformed in MALFORMED:
        through(proxy, malformed % target)
    through(proxy, b"GET " + target + b"0" * 40_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n")

    eventually(lambda: "GET /system_api/" in proxy.written(), timeout_s=10)

    assert SECRET not in proxy.written()
    assert "contract_number" not in proxy.written()


def test_nor_where_the_billing_is_away(start: Start, tmp_path: Path) -> None:
    with start(tmp_path, free_port()) as proxy:
        answer = through(proxy, request_of(b"context=asr_fiscal&psw=" + SECRET.encode()))
        eventually(lambda: "GET /system_api/" in proxy.written(), timeout_s=10)

    assert answer.status in (502, 503)
    assert SECRET not in proxy.written()


def test_an_answer_that_is_cut_short_does_not_end_well(start: Start, tmp_path: Path) -> None:
    with cutting_billing() as port, start(tmp_path, port) as proxy:
        answer = through(proxy, request_of(b"context=collector"))

    assert answer.status in (200, 502)
    assert answer.status == 502 or not answer.ended_well


@contextmanager
def cutting_billing() -> Iterator[int]:
    """A server whose answers break off."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(65536)
                    connection.sendall(
                        b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + b"10.0.0.1\n" * 100
                    )

        thread = Thread(target=serve)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
