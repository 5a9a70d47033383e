"""`netledger serve` is all that a user types; a second one learns who runs there; SIGTERM ends it in order."""

import os
import pty
import signal
import socket
import time
from pathlib import Path

from netledger.installation.config_edit import set_value
from netledger.installation.home import Home
from server.conftest import FirstStart
from server.running import Service, eventually, free_port, is_ready, run, running, start
from server.wire import get, receive, send


def test_first_saying_where_it_is(first_start: FirstStart) -> None:
    assert "http://127.0.0.1:" in first_start.output
    assert str(first_start.home / "cfg" / "config") in first_start.output
    assert first_start.exit_code == 0


def test_and_a_second_one_is_told_who_runs_there(shared_service: Service) -> None:
    for words in (["serve"], ["service", "start"]):
        second = shared_service.cli(*words)

        assert second.returncode == 1
        assert f"process {shared_service.process.pid}" in second.stderr
        assert f"127.0.0.1:{shared_service.port}" in second.stderr


def test_and_status_says_who_where_and_since_when(shared_service: Service) -> None:
    told = shared_service.cli("service", "status")

    assert told.returncode == 0
    assert f"process {shared_service.process.pid}" in told.stdout
    assert f"127.0.0.1:{shared_service.port}" in told.stdout
    assert shared_service.state.since in told.stdout


def test_and_status_of_a_home_where_nothing_runs_is_a_failure(tmp_path: Path) -> None:
    told = run("service", "status", home=tmp_path / "home")

    assert told.returncode == 1
    assert "does not run" in told.stderr


def test_and_an_address_that_is_taken_is_named(own_home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        refused = run("serve", "--listen", f"127.0.0.1:{port}", home=own_home)

    assert refused.returncode == 1
    assert f"127.0.0.1:{port}" in refused.stderr


def test_and_a_config_that_is_wrong_is_refused_with_its_line(own_home: Path) -> None:
    config = own_home / "cfg" / "config"
    lines = config.read_text().splitlines()
    config.write_text("\n".join([*lines, "network['api.allowed_ip']='10.0.0.300'", ""]))

    refused = run("serve", home=own_home)

    assert refused.returncode == 1
    assert f"line {len(lines) + 1}" in refused.stderr


def test_and_sigterm_lets_a_request_in_flight_end(own_service: Service) -> None:
    with socket.create_connection(("127.0.0.1", own_service.port), timeout=10) as connection:
        connection.sendall(b"POST /system_api/ HTTP/1.1\r\nHost: a\r\nContent-Length: 13\r\n\r\ncontext=")
        time.sleep(0.3)
        own_service.process.send_signal(signal.SIGTERM)
        eventually(lambda: not _listens(own_service.port))
        connection.sendall(b"other")
        answer = receive(connection)

    assert answer.body == b"Context=other is not defined"
    assert own_service.process.wait(timeout=10) == 0
    assert own_service.processes() == []


def test_and_ctrl_c_ends_it_in_order_too(own_service: Service) -> None:
    os.killpg(own_service.process.pid, signal.SIGINT)

    assert own_service.process.wait(timeout=10) == 0
    assert own_service.processes() == []


def test_and_closing_its_terminal_ends_it(own_home: Path) -> None:
    master, terminal = pty.openpty()
    service = start(own_home, free_port(), stdin=terminal, stdout=terminal, stderr=terminal)
    os.close(terminal)
    eventually(lambda: is_ready(service.port) and service.state.phase == "ready")

    os.close(master)
    service.process.send_signal(signal.SIGHUP)

    assert service.process.wait(timeout=15) == 0


def test_and_stands_on_all_addresses_of_both_families(own_home: Path) -> None:
    with running(own_home, address="[::]") as service:
        by_ipv4 = get(service.port, "/system_api/?context=other")
        with socket.create_connection(("::1", service.port), timeout=10) as connection:
            connection.sendall(b"GET /system_api/?context=other HTTP/1.1\r\n\r\n")
            by_ipv6 = receive(connection)

    # Had the caller's address not been recognised as an allowed one, it would be 403.
    assert (by_ipv4.status, by_ipv6.status) == (400, 400)
    assert by_ipv4.body == by_ipv6.body == b"Context=other is not defined"


def test_and_service_restart_of_what_does_not_run_starts_it_in_the_background(own_home: Path) -> None:
    port = free_port()
    set_value(Home(own_home), "network.api.listen", f"127.0.0.1:{port}")

    started = run("service", "restart", home=own_home)
    answer = get(port, "/readyz")
    stopped = run("service", "stop", home=own_home)

    assert (started.returncode, stopped.returncode) == (0, 0)
    assert f"http://127.0.0.1:{port}" in started.stdout
    assert answer.body == b"ready\n"
    assert not _listens(port)
    assert run("service", "stop", home=own_home).returncode == 0


def test_and_service_start_says_why_it_did_not(own_home: Path) -> None:
    refused = run("service", "start", "--listen", "nowhere", home=own_home)

    assert refused.returncode == 1
    assert "ADDRESS:PORT" in refused.stderr


def _listens(port: int) -> bool:
    try:
        send(port, b"GET /healthz HTTP/1.1\r\n\r\n")
    except ConnectionRefusedError:
        return False
    except OSError:
        return True
    return True
