"""A changed config takes effect at a restart and not before; who sends requests meanwhile notices nothing."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from netledger.installation.config_edit import set_value
from netledger.installation.home import Home
from server.running import COMMAND, Service, children_of, environment, eventually
from server.wire import get, receive

ASK = "/system_api/?context=asr_cabinet"
AT_ONCE_S = 0.5
NOT_ENABLED = b"Context=asr_cabinet is not defined"


@pytest.fixture(autouse=True)
def _config_is_put_back(restless_service: Service) -> Iterator[None]:
    """A test that fails half-way leaves the others the config that they expect."""
    config = restless_service.home / "cfg" / "config"
    before = config.read_text()
    yield
    config.write_text(before)


def _enable(restless_service: Service, contexts: str) -> None:
    set_value(Home(restless_service.home), "network.api.context", contexts)


def test_when_a_context_is_added_and_taken_away(restless_service: Service) -> None:
    before = restless_service.config("network.api.context")

    _enable(restless_service, f"{before} asr_cabinet")
    unchanged = restless_service.get(ASK).body
    restarted = restless_service.cli("service", "restart")
    enabled = restless_service.get(ASK).body
    _enable(restless_service, before)
    still_enabled = restless_service.get(ASK).body
    restless_service.cli("service", "restart")

    assert restarted.returncode == 0
    assert unchanged == restless_service.get(ASK).body == NOT_ENABLED
    assert NOT_ENABLED not in (enabled, still_enabled)


def _workers_of_one_generation(service: Service) -> set[int]:
    """Its web workers, once those that were replaced have left."""
    eventually(lambda: len(service.web_masters()) == 1)
    (master,) = service.web_masters()
    return children_of(master)


def _is_told_to_stop(pid: int) -> bool:
    """Whether a process that stands still has SIGTERM before it."""
    told = re.search(r"^ShdPnd:\s*(\w+)$", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    return told is not None and bool(int(told[1], 16) >> (signal.SIGTERM - 1) & 1)


def test_and_it_is_not_told_as_done_while_an_old_process_may_take_a_call(restless_service: Service) -> None:
    before = restless_service.config("network.api.context")
    _enable(restless_service, f"{before} asr_cabinet")
    workers = _workers_of_one_generation(restless_service)
    for pid in workers:
        os.kill(pid, signal.SIGSTOP)

    with subprocess.Popen(
        [COMMAND, "service", "restart"], env=environment(restless_service.home), stdout=subprocess.DEVNULL
    ) as restart:
        try:
            eventually(lambda: all(_is_told_to_stop(pid) for pid in workers))
            with pytest.raises(subprocess.TimeoutExpired):
                restart.wait(timeout=AT_ONCE_S)
        finally:
            for pid in workers:
                os.kill(pid, signal.SIGCONT)
        done = restart.wait(timeout=10)
    answers = {restless_service.get(ASK).body for _ in range(20)}
    _enable(restless_service, before)
    restless_service.cli("service", "restart")

    assert done == 0
    assert NOT_ENABLED not in answers


def test_though_what_died_in_between_was_started_anew(restless_service: Service) -> None:
    before = restless_service.config("network.api.context")
    masters = restless_service.processes("netledger.server.web")

    _enable(restless_service, f"{before} asr_cabinet")
    for pid in masters:
        with contextlib.suppress(ProcessLookupError):  # one of a generation that was just leaving
            os.kill(pid, signal.SIGKILL)
    eventually(lambda: bool(set(restless_service.processes("netledger.server.web")) - set(masters)))
    answer = get(restless_service.port, ASK)
    _enable(restless_service, before)

    assert answer.body == NOT_ENABLED


def test_while_requests_flow_and_none_is_lost(restless_service: Service) -> None:
    answers: list[bytes] = []
    slowest_s = [0.0]
    ended = threading.Event()

    def ask() -> None:
        while not ended.is_set():
            begun_s = time.monotonic()
            try:
                answers.append(get(restless_service.port, ASK).body)
            except OSError as trouble:
                answers.append(str(trouble).encode())
            slowest_s[0] = max(slowest_s[0], time.monotonic() - begun_s)
            time.sleep(0.005)

    askers = [threading.Thread(target=ask) for _ in range(2)]
    for asker in askers:
        asker.start()
    restarts = [restless_service.cli("service", "restart").returncode for _ in range(2)]
    eventually(lambda: len(restless_service.processes("netledger.server.web")) <= 5)
    ended.set()
    for asker in askers:
        asker.join()

    assert restarts == [0, 0]
    assert len(answers) > 50
    assert set(answers) == {NOT_ENABLED}
    assert slowest_s[0] < 2


def test_and_what_is_in_flight_ends(restless_service: Service) -> None:
    with socket.create_connection(("127.0.0.1", restless_service.port), timeout=10) as connection:
        connection.sendall(b"POST /system_api/ HTTP/1.1\r\nHost: a\r\nContent-Length: 19\r\n\r\ncontext=")
        time.sleep(0.2)
        restarted = restless_service.cli("service", "restart")
        connection.sendall(b"asr_cabinet")
        answer = receive(connection)

    assert restarted.returncode == 0
    assert answer.body == NOT_ENABLED


@pytest.mark.parametrize("spoilt", ["gone", "no file", "no key"])
def test_but_without_its_key_of_secrets_it_would_not_start_again_so_it_is_refused(
    restless_service: Service, spoilt: str
) -> None:
    key = Home(restless_service.home).secret_key
    aside = key.with_name("aside")
    key.rename(aside)
    if spoilt == "no file":
        key.mkdir()
    elif spoilt == "no key":
        key.write_text("x\n")
    generation = restless_service.state.generation

    try:
        refused = restless_service.cli("service", "restart")
    finally:
        if spoilt == "no file":
            key.rmdir()
        aside.rename(key)

    assert refused.returncode == 1
    assert str(key) in refused.stdout + refused.stderr
    assert restless_service.get(ASK).body == NOT_ENABLED
    assert restless_service.state.generation == generation
    assert restless_service.cli("service", "restart").returncode == 0


def test_but_a_broken_config_is_refused_by_its_line_and_the_old_one_serves_on(
    restless_service: Service,
) -> None:
    config = restless_service.home / "cfg" / "config"
    before = config.read_text()
    generation = restless_service.state.generation
    config.write_text(
        before + "network['api.context']='asr_cabinet'\nnetwork['api.listen']='$(touch /tmp/x)\n"
    )

    refused = restless_service.cli("service", "restart")
    answer = restless_service.get(ASK)
    config.write_text(before)

    assert refused.returncode == 1
    assert f"line {before.count(chr(10)) + 2}" in refused.stderr
    assert answer.body == NOT_ENABLED
    assert restless_service.state.generation == generation


def test_and_a_bare_signal_is_answered_in_the_state_file(restless_service: Service) -> None:
    config = restless_service.home / "cfg" / "config"
    before = config.read_text()
    config.write_text(before + "app['time_zone']='Europe/Nowhere'\n")

    restless_service.process.send_signal(signal.SIGHUP)
    eventually(
        lambda: restless_service.state.attempt is not None and restless_service.state.attempt.failed_en != ""
    )
    config.write_text(before)

    attempt = restless_service.state.attempt
    assert attempt is not None
    assert f"line {before.count(chr(10)) + 1}" in attempt.failed_en
    assert restless_service.get("/readyz").status == 200
    assert restless_service.cli("service", "restart").returncode == 0
    assert (restless_service.home / "run" / "config.active").read_text() == before


def test_and_the_address_stays_the_one_it_has(restless_service: Service) -> None:
    before = restless_service.config("network.api.listen")
    set_value(Home(restless_service.home), "network.api.listen", "127.0.0.1:9")

    restarted = restless_service.cli("service", "restart")
    set_value(Home(restless_service.home), "network.api.listen", before)

    assert restarted.returncode == 0
    assert restless_service.get("/readyz").status == 200
    assert restless_service.state.address == f"127.0.0.1:{restless_service.port}"
