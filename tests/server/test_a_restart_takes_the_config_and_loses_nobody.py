"""A changed config takes effect at a restart and not before; who sends requests meanwhile notices nothing."""

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from netledger.installation.config_edit import set_value
from netledger.installation.home import Home
from server.conftest import FirstStart
from server.running import Service, copy_of, eventually, run, running
from server.wire import get, receive

ASK = "/system_api/?context=asr_cabinet"
NOT_ENABLED = b"Context=asr_cabinet is not defined"


@pytest.fixture(scope="module")
def service(first_start: FirstStart, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One for this file, whose tests restart it again and again."""
    with running(copy_of(first_start.home, tmp_path_factory.mktemp("restarted") / "home")) as service:
        yield service


def _enable(service: Service, contexts: str) -> None:
    set_value(Home(service.home), "network.api.context", contexts)


def test_when_a_context_is_added_and_taken_away(service: Service) -> None:
    before = service.config("network.api.context")

    _enable(service, f"{before} asr_cabinet")
    unchanged = service.get(ASK).body
    restarted = service.cli("service", "restart")
    enabled = service.get(ASK).body
    _enable(service, before)
    still_enabled = service.get(ASK).body
    service.cli("service", "restart")

    assert restarted.returncode == 0
    assert unchanged == service.get(ASK).body == NOT_ENABLED
    assert NOT_ENABLED not in (enabled, still_enabled)


def test_though_what_died_in_between_was_started_anew(service: Service) -> None:
    before = service.config("network.api.context")
    masters = service.processes("netledger.server.web")

    _enable(service, f"{before} asr_cabinet")
    for pid in masters:
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: bool(set(service.processes("netledger.server.web")) - set(masters)))
    answer = get(service.port, ASK)
    _enable(service, before)

    assert answer.body == NOT_ENABLED


def test_while_requests_flow_and_none_is_lost(service: Service) -> None:
    answers: list[bytes] = []
    slowest_s = [0.0]
    ended = threading.Event()

    def ask() -> None:
        while not ended.is_set():
            begun_s = time.monotonic()
            try:
                answers.append(get(service.port, ASK).body)
            except OSError as trouble:
                answers.append(str(trouble).encode())
            slowest_s[0] = max(slowest_s[0], time.monotonic() - begun_s)

    askers = [threading.Thread(target=ask) for _ in range(4)]
    for asker in askers:
        asker.start()
    restarts = [service.cli("service", "restart").returncode for _ in range(2)]
    eventually(lambda: len(service.processes("netledger.server.web")) <= 5)
    ended.set()
    for asker in askers:
        asker.join()

    assert restarts == [0, 0]
    assert len(answers) > 100
    assert set(answers) == {NOT_ENABLED}
    assert slowest_s[0] < 2


def test_and_what_is_in_flight_ends(service: Service) -> None:
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as connection:
        connection.sendall(b"POST /system_api/ HTTP/1.1\r\nHost: a\r\nContent-Length: 19\r\n\r\ncontext=")
        time.sleep(0.2)
        restarted = service.cli("service", "restart")
        connection.sendall(b"asr_cabinet")
        answer = receive(connection)

    assert restarted.returncode == 0
    assert answer.body == NOT_ENABLED


def test_but_a_broken_config_is_refused_by_its_line_and_the_old_one_serves_on(service: Service) -> None:
    config = service.home / "cfg" / "config"
    before = config.read_text()
    generation = service.state.generation
    config.write_text(
        before + "network['api.context']='asr_cabinet'\nnetwork['api.listen']='$(touch /tmp/x)\n"
    )

    refused = service.cli("service", "restart")
    answer = service.get(ASK)
    config.write_text(before)

    assert refused.returncode == 1
    assert f"line {before.count(chr(10)) + 2}" in refused.stderr
    assert answer.body == NOT_ENABLED
    assert service.state.generation == generation


def test_and_a_bare_signal_is_answered_in_the_state_file(service: Service) -> None:
    config = service.home / "cfg" / "config"
    before = config.read_text()
    config.write_text(before + "app['time_zone']='Europe/Nowhere'\n")

    service.process.send_signal(signal.SIGHUP)
    eventually(lambda: service.state.attempt is not None and service.state.attempt.failed_en != "")
    config.write_text(before)

    attempt = service.state.attempt
    assert attempt is not None
    assert f"line {before.count(chr(10)) + 1}" in attempt.failed_en
    assert service.get("/readyz").status == 200
    assert service.cli("service", "restart").returncode == 0
    assert (service.home / "run" / "config.active").read_text() == before


def test_and_the_address_stays_the_one_it_has(service: Service) -> None:
    before = service.config("network.api.listen")
    set_value(Home(service.home), "network.api.listen", "127.0.0.1:9")

    restarted = service.cli("service", "restart")
    set_value(Home(service.home), "network.api.listen", before)

    assert restarted.returncode == 0
    assert service.get("/readyz").status == 200
    assert service.state.address == f"127.0.0.1:{service.port}"


def test_and_a_restart_of_what_does_not_run_starts_it(
    first_start: FirstStart, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = copy_of(first_start.home, tmp_path_factory.mktemp("stopped") / "home")
    started = run("service", "restart", home=home)
    status = run("service", "status", home=home)
    run("service", "stop", home=home)

    assert (started.returncode, status.returncode) == (0, 0)
