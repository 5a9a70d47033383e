"""Anybody may ask for the files of the pages and read them as slowly as he likes: who calls notices nothing of it."""

import re
import resource
import socket
from contextlib import ExitStack
from pathlib import Path

import pytest

from netledger.server.static_files import folders
from server.running import Service, running
from server.wire import get, receive

pytestmark = pytest.mark.faults
READERS = 100
BUFFER_BYTES, PACKET_BYTES = 1024, 536
"""So small that the kernel takes little of an answer; what it does not take waits in the file, or in our memory."""
WARM_UP = 20
FILES_MAX = 656
"""So few files may a process of the service have open here, that its 200 connections are taken soon."""
CONNECTIONS_MAX = 2 * 200
ANSWERED_WITHIN_S = 10


def test_they_take_no_memory(own_service: Service) -> None:
    target, length = _greatest_file(own_service)
    for _ in range(WARM_UP):
        assert len(own_service.get(target).body) == length
    before_kib = _held_kib(own_service)

    with ExitStack() as stack:
        readers = [stack.enter_context(_reader(own_service.port, target)) for _ in range(READERS)]
        begun = [reader.recv(12, socket.MSG_PEEK) for reader in readers]
        grown_kib = _held_kib(own_service) - before_kib
        answer = receive(readers[0])

    assert set(begun) == {b"HTTP/1.1 200"}
    assert grown_kib < READERS * length / 1024 / 4
    assert answer.ended_well and len(answer.body) == length


def test_they_do_not_take_all_connections(own_home: Path) -> None:
    few = resource.RLIMIT_NOFILE, (FILES_MAX, FILES_MAX)
    with running(own_home, preexec_fn=lambda: resource.setrlimit(*few)) as service, ExitStack() as stack:
        target, _ = _greatest_file(service)
        readers = [
            stack.enter_context(_reader(service.port, target)) for _ in range(CONNECTIONS_MAX + READERS)
        ]
        begun = readers[-1].recv(12, socket.MSG_PEEK)
        answer = get(service.port, "/healthz", timeout_s=ANSWERED_WITHIN_S)

    assert begun == b"HTTP/1.1 200"
    assert answer.status == 200


def _greatest_file(service: Service) -> tuple[str, int]:
    """Where the longest of the files is, and how long it is."""
    style = re.search(rb"/static/[^/]+/", service.get("/admin/sign-in/").body)
    assert style is not None
    lengths = {
        str(file.relative_to(folder)): file.stat().st_size
        for folder in folders()
        for file in folder.rglob("*.*")
    }
    name = max(lengths, key=lambda name: lengths[name])
    return style[0].decode() + name, lengths[name]


def _reader(port: int, target: str) -> socket.socket:
    """A client that has asked for it, and reads nothing yet."""
    reader = socket.socket()
    reader.settimeout(30)
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER_BYTES)
    reader.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, PACKET_BYTES)
    reader.connect(("127.0.0.1", port))
    reader.sendall(f"GET {target} HTTP/1.1\r\nHost: billing\r\n\r\n".encode())
    return reader


def _held_kib(service: Service) -> int:
    """The memory of all web processes."""
    status = [Path(f"/proc/{pid}/status").read_text() for pid in service.processes("netledger.server.web")]
    return sum(
        int(line.split()[1]) for text in status for line in text.splitlines() if line.startswith("VmRSS")
    )
