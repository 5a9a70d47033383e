"""The metrics are at a port of their own; who has it already keeps it, and netledger starts all the same."""

import re
import socket
from pathlib import Path

from netledger.installation.config_edit import set_value
from netledger.installation.home import Home
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
    assert any(f'"address": "{address}"' in line for line in log.splitlines() if "metrics are not" in line)
