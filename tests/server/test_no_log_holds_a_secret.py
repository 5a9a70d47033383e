"""After good, bad and malformed requests no file that is a log holds a password, nor anything else that was sent."""

from pathlib import Path
from urllib.parse import quote

import pytest

from server.running import Service
from server.test_a_malformed_request_is_refused_in_silence import MALFORMED
from server.wire import send

CONTEXTS = ("collector", "asr_fiscal", "api_1c", "webcash", "base")
SENT = "sent-and-secret"


@pytest.fixture
def secrets(shared_service: Service) -> list[str]:
    return [shared_service.config(f"network.api.{context}.psw") for context in CONTEXTS]


def _requests(secret: str) -> list[bytes]:
    """Requests of all kinds, each with the secret somewhere."""
    arg1 = '{"nas_ip":"192.0.2.1"}'
    query = (
        f"model=Abonents&method1=collector_manager.users_negbal&arg1={arg1}&context=collector&psw={secret}"
    )
    payment = (
        f'{{"contract_number":"{SENT}","sum_in":"1","pay_operator":"{SENT}","pay_id_str":"1","act":"PAY"}}'
    )
    pay = f"model=Abonents&method1=asr_fiscal_manager.act_pay&arg1={payment}&context=asr_fiscal&psw={secret}"
    cabinet = "/system_api/?format=json&context=web&model=users&method1=web_cabinet"
    lines = [
        f'GET {cabinet}.login&arg1={{"login":"{secret}","passwd":"{secret}"}}& HTTP/1.1',
        f'GET {cabinet}.login&arg1={{"login":"ivanov","passwd":"{secret}"}}& HTTP/1.1',
        f'GET {cabinet}.login&arg1={{"login":"ivanov","passwd":["{secret}"]}}& HTTP/1.1',
        f'GET {cabinet}.try_auto_login&arg1={{"src_ip":"{secret}"}}& HTTP/1.1',
        f'GET {cabinet}.try_auto_login&arg1={{"src_ip":"192.0.2.1"}}& HTTP/1.1',
        *(
            f'GET {cabinet}.{name}&arg1={{"suid":"{secret}"}}& HTTP/1.1'
            for name in ("user_info", "get_user", "logout")
        ),
        f"GET /system_api/?{query} HTTP/1.1",
        f"GET /system_api/?{pay} HTTP/1.1",
        f"GET /system_api/?{quote(pay, safe='=&')} HTTP/1.0",
        f"GET /system_api/?{query}x HTTP/1.1",
        f"GET /system_api/?context=nowhere&psw={secret} HTTP/1.1",
        f"PUT /system_api/?psw={secret} HTTP/1.1",
        f"GET /{secret}?psw={secret} HTTP/1.1",
        f"GET /system_api/%3Fpsw={secret} HTTP/1.1",
        f"GET /system_api/?psw=%FF{secret} HTTP/1.1",
        f"BREW /system_api/?psw={secret} HTTP/1.1",
        f"GET /system_api/?psw={secret} HTTP/9.9",
        f"GET /system_api/?psw={secret} and more HTTP/1.1",
        f"GET /system_api/?psw={secret}{'a' * 9000} HTTP/1.1",
        f"{secret}",
    ]
    head = f"Host: {secret}\r\nCookie: {secret}\r\nAuthorization: Basic {secret}\r\n".encode()
    body = f"{pay}".encode()
    post = b"POST /system_api/ HTTP/1.1\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
    return [line.encode() + b"\r\n" + head + b"\r\n" for line in lines] + [post]


def test_of_whoever_called(shared_service: Service, secrets: list[str]) -> None:
    statuses = [
        send(shared_service.port, request).status
        for secret in [*secrets, SENT]
        for request in _requests(secret)
    ]
    statuses += [send(shared_service.port, request).status for request, _ in MALFORMED.values()]

    written = _written(shared_service.home)

    assert {400, 403, 404, 414, 505} <= set(statuses)
    assert statuses.count(503) == 0
    for secret in (*secrets, SENT, "very-secret-word", "192.0.2.1"):
        assert [str(path) for path, content in written.items() if secret.encode() in content] == []


def test_though_the_log_says_what_happened(shared_service: Service) -> None:
    send(shared_service.port, b"GET /nowhere HTTP/1.1\r\n\r\n")

    assert b'"status":404' in (shared_service.home / "log" / "netledger.log").read_bytes()


def test_and_that_somebody_failed_to_sign_in(shared_service: Service) -> None:
    arg1 = '{"login":"sidorov","passwd":"wrong"}'
    target = f"/system_api/?context=web&model=users&method1=web_cabinet.login&arg1={arg1}"
    codes = [shared_service.get(target).json["code"] for _ in range(6)]

    written = (shared_service.home / "log" / "netledger.log").read_bytes()

    assert codes == ["sign_in_refused"] * 5 + ["sign_in_delayed"]
    assert b'"event":"sign-in failed"' in written
    assert b'"cause":"login"' in written
    assert b"sidorov" not in written


def test_and_only_its_owner_reads_it(shared_service: Service) -> None:
    folder = shared_service.home / "log"

    modes = {path.stat().st_mode & 0o777 for path in folder.iterdir()}

    assert modes == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def _written(home: Path) -> dict[Path, bytes]:
    """Every file of the home but its configuration and its database, and what the service printed."""
    kept = {home / "cfg", home / "postgres"}
    files = [
        path
        for path in home.rglob("*")
        if path.is_file() and not kept & set(path.parents) and path.name != "config.active"
    ]
    files.append(home.parent / f"{home.name}.output")
    assert home / "log" / "netledger.log" in files
    return {path: path.read_bytes() for path in files}
