"""The metrics are at a port of their own; who has it already keeps it, and netledger starts all the same."""

import re
import socket
import time
from pathlib import Path

import pytest

from netledger.installation.config_edit import set_value
from netledger.installation.home import Home, create_home
from netledger.installation.setting_values import Listen
from netledger.server.exposition import CLIENT_TIME_S, Exposition
from netledger.server.metrics_folder import folder_of
from scrape import scraped
from server.running import free_port, running


def test_where_the_config_says(own_home: Path) -> None:
    port = free_port()
    set_value(Home(own_home), "network.metrics.listen", f"127.0.0.1:{port}")

    with running(own_home):
        text = scraped(f"http://127.0.0.1:{port}/metrics")

    assert re.search(r"^netledger_build\{.*version=", text, re.MULTILINE)


def test_and_another_program_there_is_no_reason_not_to_start(own_home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"127.0.0.1:{other.getsockname()[1]}"
        set_value(Home(own_home), "network.metrics.listen", address)

        with running(own_home) as service:
            status = service.get("/readyz").status

    log = (own_home / "log" / "netledger.log").read_text()
    assert status == 200
    assert any(f'"address":"{address}"' in line for line in log.splitlines() if "metrics are not" in line)


@pytest.mark.faults
def test_and_a_client_who_sends_slowly_holds_no_other_up_and_is_cut_off(tmp_path: Path) -> None:
    home = Home(tmp_path)
    create_home(home)
    folder_of(home).mkdir()
    exposition = Exposition(home)
    assert exposition.serve(Listen("127.0.0.1", free_port()), or_nearby=True)
    assert exposition.listen is not None
    address = (exposition.listen.address, exposition.listen.port)

    with socket.create_connection(address, timeout=CLIENT_TIME_S * 2) as slow:
        slow.sendall(b"GET /metrics HTTP/1.1\r\n")
        begun_s = time.monotonic()
        text = scraped(f"http://127.0.0.1:{address[1]}/metrics")
        answered_s = time.monotonic() - begun_s
        slow.sendall(b"X-")

        assert "netledger_build" in text
        assert answered_s < CLIENT_TIME_S
        assert slow.recv(1) == b""
