"""Starts `netledger demo` as a user does, in a process of its own, and stops it with a real signal."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.running import COMMAND, Service, environment, eventually, free_port, is_ready


@dataclass
class Demonstration(Service):
    """A demonstration that runs, and HOME/demo.json as it was in the moment when it was ready."""

    facts_when_ready: dict[str, Any] | None = None

    @property
    def said(self) -> str:
        """What it has printed."""
        return self.output.read_text()


@contextmanager
def demonstration(home: Path, *options: str, lang: str = "C.UTF-8") -> Iterator[Demonstration]:
    """A demonstration that is ready; in the end it is stopped."""
    port, output = free_port(), home.parent / f"{home.name}.output"
    argv = [COMMAND, "demo", "--home", str(home), "--listen", f"127.0.0.1:{port}", *options]
    with output.open("wb") as out:
        process = subprocess.Popen(
            argv,
            env=environment(home) | {"LANG": lang},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    demo = Demonstration(home, port, process, output)
    try:
        eventually(lambda: is_ready(port) or process.poll() is not None)
        assert process.poll() is None, demo.said
        demo.facts_when_ready = json.loads((home / "demo.json").read_bytes())
        eventually(lambda: demo.state.phase == "ready" and "Ctrl-C" in demo.said)
        yield demo
    finally:
        if process.poll() is None:
            demo.stop()
    assert not demo.processes()


def pasted(line: str) -> str:
    """What a line answers that is pasted into bash; that it says nothing of a failure."""
    answer = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=30)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout
