"""A toy application behind the real handler, in a process of its own: `toy.py HOME` prints its port."""

if __name__ == "__main__":
    from gevent import monkey

    monkey.patch_all()

import json
import socket
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from netledger.installation.home import Home
from netledger.server import handler, logs
from netledger.server.waiting import SHARE, Waiting
from netledger.server.worker import Server

SECRET = "toy-secret"
WAITING_MAX = 50
LIST = b"a line of a list\n" * 400_000
closed: list[str] = []


class Pieces:
    """An answer in pieces that breaks before its end, and notes that it was closed."""

    def __init__(self, *pieces: bytes, breaks: bool = False) -> None:
        self.pieces = pieces
        self.breaks = breaks

    def __iter__(self) -> Iterator[bytes]:
        yield from self.pieces
        if self.breaks:
            raise ValueError(SECRET)

    def close(self) -> None:
        closed.append("closed")


def echo(environ: dict[str, Any]) -> bytes:
    shown = {key: value for key, value in environ.items() if isinstance(value, str)}
    return json.dumps(shown | {"body": environ["wsgi.input"].read(70_000).decode("latin-1")}).encode()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answers as the path says."""

    def answer(body: Iterable[bytes], length: int | None) -> Iterable[bytes]:
        headers = [] if length is None else [("Content-Length", str(length))]
        start_response("200 OK", headers)
        return body

    if environ["PATH_INFO"] == "/fails" or environ["QUERY_STRING"].endswith("&fails"):
        raise ValueError(SECRET)
    match environ["PATH_INFO"]:
        case "/breaks":
            return answer(Pieces(b"half", breaks=True), 8)
        case "/breaks-without-length":
            return answer(Pieces(b"half", breaks=True), None)
        case "/short":
            return answer(Pieces(b"half"), 8)
        case "/long":
            return answer(Pieces(b"half", b"half", b"more"), 8)
        case "/list":
            return answer(Pieces(LIST), len(LIST))
        case "/closed":
            body = json.dumps(len(closed)).encode()
            return answer([body], len(body))
        case "/slow":
            time.sleep(1)
            return answer([b"slow"], 4)
    body = echo(environ)
    return answer([body], len(body))


def main() -> None:
    home = Home(Path(sys.argv[1]))
    home.log.mkdir(parents=True, exist_ok=True)
    logs.configure(home, "toy")
    handler.LINE_TIME_S = handler.HEADERS_TIME_S = handler.BODY_TIME_S = handler.SEND_TIME_S = 1
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(listener, application)
    server.waiting = Waiting(SHARE * WAITING_MAX)
    server.start()
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
