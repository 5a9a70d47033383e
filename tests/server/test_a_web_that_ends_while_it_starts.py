"""A web master that ends before the service has answered is a failed start, told at once and not after a minute."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from netledger.installation.home import Home, create_home
from netledger.server import supervisor as supervising
from netledger.server.errors import ChildFailed
from netledger.server.generation import Generation
from netledger.server.supervisor import Supervisor


def test_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create_home(Home(tmp_path))
    monkeypatch.setattr(supervising, "answers_ready", lambda listen: False)
    supervisor = Supervisor(Home(tmp_path), listen_at_first="127.0.0.1:1")
    with subprocess.Popen([sys.executable, "-c", ""]) as master:
        supervisor.web = Generation(master, workers=1, _pipe=-1)
        begun_s = time.monotonic()

        with pytest.raises(ChildFailed) as refused:
            supervisor._wait_for_an_answer()

    assert refused.value.program == "netledger.server.web"
    assert time.monotonic() - begun_s < 5
