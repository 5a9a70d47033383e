"""Routers that read long lists slowly, all at once, however long that takes."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from demonstration import Demonstration, request_of
from server.wire import Answer

PIECE_BYTES = 16 * 1024
BUFFER_BYTES = 16 * 1024
WAIT_S = 120


class Downloads:
    """So many of one NAS's list, each read drop by drop until it is told to hurry."""

    def __init__(self, demo: Demonstration, nas_ip: str, count: int) -> None:
        self.answers: list[Answer | None] = [None] * count
        self._port = demo.service.port
        arg1 = {"nas_ip": nas_ip}
        self._request = request_of(demo.query("collector", "collector_manager.users_logged", arg1))
        self._hurry = Event()
        self._begun = [Event() for _ in self.answers]

    @contextmanager
    def running(self) -> Iterator[None]:
        """All have begun to read before what is in here, and read to their end after it."""
        threads = [Thread(target=self._read, args=[number]) for number in range(len(self.answers))]
        for thread in threads:
            thread.start()
        for begun in self._begun:
            assert begun.wait(WAIT_S)
        try:
            yield
        finally:
            self._hurry.set()
            for thread in threads:
                thread.join(WAIT_S)

    def _read(self, number: int) -> None:
        received, reset = bytearray(), False
        with socket.socket() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER_BYTES)
            connection.settimeout(WAIT_S)
            connection.connect(("127.0.0.1", self._port))
            connection.sendall(self._request)
            try:
                while piece := connection.recv(PIECE_BYTES):
                    received += piece
                    self._begun[number].set()
                    if not self._hurry.is_set():
                        time.sleep(0.2)
            except ConnectionResetError:
                reset = True
        head, _, body = bytes(received).partition(b"\r\n\r\n")
        pairs = (line.partition(":") for line in head.decode("latin-1").split("\r\n")[1:])
        headers = {name.lower(): text.strip() for name, _, text in pairs}
        self.answers[number] = Answer(int(head.split()[1]), headers, body, reset)
