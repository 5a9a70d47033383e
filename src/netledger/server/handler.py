"""One connection, one request: gevent's WSGI handler, with limits on all that it reads, and discreet.

gevent's own has no time limits, prints the raw line of a malformed request (password included) and the
environment of a failed one, and ends an answer that broke half-way as if it were whole. Case V16 of cases.md.
"""

import contextlib
import socket
import struct
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from io import BytesIO
from typing import Any

from gevent import GreenletExit, Timeout
from gevent.pywsgi import Input, WSGIHandler

from netledger.server import metrics
from netledger.server.logs import log, log_trouble
from netledger.server.request_head import (
    BODY,
    HEADERS,
    HEADERS_MAX,
    HEADERS_MAX_BYTES,
    LINE_MAX_BYTES,
    REQUEST_LINE,
    SYSTEM_API,
    RequestLine,
    RequestRefused,
    body_length,
    is_parsed_as_json,
    language_in,
    let_go,
    malformed,
    parse_headers,
    parse_request_line,
    too_slow,
)
from netledger.server.request_ids import HEADER as REQUEST_ID_HEADER
from netledger.server.request_ids import IN_ENVIRON as REQUEST_ID
from netledger.server.request_ids import new_request_id
from netledger.system_api.answers import (
    JSON,
    RETRY_AFTER_S,
    TEXT,
    TROUBLE_CODE,
    error_members,
    trouble_sentence,
)
from netledger.system_api.request import BODY_MAX_BYTES, DOCS, OPENAPI

LINE_TIME_S = 5
HEADERS_TIME_S = 5
BODY_TIME_S = 10
SEND_TIME_S = 60
"""How long a client may take no byte of a slice of an answer before it counts as gone."""
SEND_SLICE_BYTES = 64 * 1024
LINGER_S = 1
LINGER_MAX_BYTES = 1024 * 1024
RESET_ON_CLOSE = struct.pack("ii", 1, 0)
ROUTES = frozenset({"/", SYSTEM_API, "/healthz", "/readyz", "/page.css", DOCS, OPENAPI})
PAGES = "/admin/"


class ClientGone(Exception):
    """The client closed its connection, or took nothing for too long."""


class AnswerBroken(Exception):
    """The application sent another number of bytes than it announced: a fault of ours."""


class Handler(WSGIHandler):  # type: ignore[misc]
    """Serves the one request of a connection and closes it."""

    line = b""
    """The first line as it came; it holds secrets, and only the form of our own answers depends on it."""
    header_lines: Sequence[bytes] = ()
    """Those that have come, malformed or not; the language of our own answers depends on them."""
    request: RequestLine | None = None
    unread = False
    """Whether bytes of the client may be left that nobody read."""
    whole = False
    """Whether all of the answer was sent."""
    head = b""
    """Of the answer, until it is sent."""
    body_sent = 0
    environ: dict[str, Any] | None = None
    is_let_go = False

    def handle(self) -> None:
        """Serve the request; whatever happens, the connection is closed."""
        self.time_start = time.time()
        self.request_id = new_request_id()
        try:
            self._serve()
        except RequestRefused as refused:
            self.unread = True
            code = HTTPStatus(int(refused.status[:3])).name.lower()
            self._answer_error(refused.status, refused.sentence(language_in(self.header_lines)), code)
        except (ClientGone, OSError, GreenletExit):
            pass
        except Exception as trouble:
            log_trouble("request failed", trouble, route=self.route)
            self._answer_trouble()
        finally:
            self._hang_up()

    @property
    def route(self) -> str:
        """The path, or the beginning of it, if it is one of ours: any other text could hold a secret."""
        path = self.request.path if self.request else ""
        if path in ROUTES:
            return path
        return PAGES if path.startswith(PAGES) else "other"

    def start_response(
        self, status: str, headers: list[tuple[str, str]], exc_info: Any = None
    ) -> Callable[..., None]:
        """Take the status and headers of the application; each answer closes its connection."""
        kept = [header for header in headers if header[0].lower() != "connection"]
        if self.environ:
            self.request_id = self.environ[REQUEST_ID]
        own = [("Connection", "close"), (REQUEST_ID_HEADER, self.request_id)]
        written: Callable[..., None] = super().start_response(status, [*kept, *own], exc_info)
        return written

    def finalize_headers(self) -> None:
        """Complete the headers; an answer to HEAD has those of GET, and no chunks."""
        super().finalize_headers()
        if self.command == "HEAD":
            self.response_use_chunked = False

    def process_result(self) -> None:
        """Send what the application answers, all of it and no more."""
        super().process_result()
        announced = self.provided_content_length
        if announced is not None and self.command != "HEAD" and self.body_sent != int(announced):
            raise AnswerBroken("shorter than its Content-Length")
        self.whole = True

    def log_error(self, msg: str, *args: object) -> None:
        """Say that gevent had a complaint, without its words, which hold the raw line."""
        log.warning("server complained", route=self.route)

    def log_request(self) -> None:
        """Write a line about the request that holds nothing of its query, headers or body.

        The System API logs its own calls; of those only the answers that were not sent whole are told here.
        """
        metrics.of(metrics.answers, self.route, str(abs(self.code or 0))).inc()
        if self.route == SYSTEM_API and self.whole:
            return
        log.info(
            "request",
            address=str(self.client_address[0]),
            method=self.command,
            route=self.route,
            status=abs(self.code or 0),
            sent=self.body_sent,
            whole=self.whole,
            took_ms=round((time.time() - self.time_start) * 1000, 1),
        )

    def let_go(self) -> None:
        """Stop waiting for the rest of the request: others need the place."""
        self.is_let_go = True
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RD)

    def cut_off(self) -> None:
        """Send no more of the answer: others need the place."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)

    def _serve(self) -> None:
        """Read a request and let the application answer it."""
        try:
            with self.server.waiting.holding(self.let_go):
                self._read_request()
        except (
            ClientGone,
            OSError,
            RequestRefused,
        ):  # what came of it is malformed, or its reading was broken off
            if self.is_let_go:
                raise let_go() from None
            raise
        self.application = self.server.application
        if self.route == SYSTEM_API:
            self.run_application()  # who may call it is known there, and how many lists are sent
            return
        with self.server.looking.holding(self.cut_off):
            self.run_application()

    def _read_request(self) -> None:
        """Read all of it, so that what the application does waits for no client."""
        with Timeout(LINE_TIME_S, too_slow(REQUEST_LINE)):
            self.line = self.rfile.readline(LINE_MAX_BYTES + 1)
        if not self.line:
            raise ClientGone
        self.request = parse_request_line(self.line)
        self.command = self.request.method
        self.request_version = self.request.protocol
        with Timeout(HEADERS_TIME_S, too_slow(HEADERS)):
            headers = parse_headers(self._read_headers())
        self.environ = self._environ_of(self.request, headers)
        self.environ["wsgi.input"] = self._read_body(headers)

    def _read_headers(self) -> list[bytes]:
        self.header_lines = lines = []
        left = HEADERS_MAX_BYTES
        while (line := self.rfile.readline(left + 1)) not in (b"\r\n", b"\n"):
            if not line.endswith(b"\n") and len(line) <= left:
                raise ClientGone
            left -= len(line)
            lines.append(line)
            if left < 0 or len(lines) > HEADERS_MAX:
                raise RequestRefused(
                    "431 Request Header Fields Too Large",
                    "Заголовков слишком много, или они слишком длинные",
                    "Too many headers, or too long ones",
                )
        return lines

    def _environ_of(self, request: RequestLine, headers: dict[str, str]) -> dict[str, Any]:
        environ: dict[str, Any] = self.server.get_environ()
        environ.update(
            REQUEST_METHOD=request.method,
            SCRIPT_NAME="",
            PATH_INFO=request.path,
            QUERY_STRING=request.query,
            SERVER_PROTOCOL=request.protocol,
            REMOTE_ADDR=str(self.client_address[0]),
            REMOTE_PORT=str(self.client_address[1]),
            **headers,
        )
        environ["wsgi.input_terminated"] = True
        environ[REQUEST_ID] = self.request_id
        return environ

    def _read_body(self, headers: dict[str, str]) -> BytesIO:
        """The body, read before the application begins, so that a slow client holds nothing of it.

        Of a longer one than anybody takes here nothing is read (of chunks, one byte more than the limit):
        the application sees its length and refuses it in its own words.
        """
        length = body_length(headers)
        if length is not None and length > BODY_MAX_BYTES:
            self.unread = True
        if length == 0 or self.unread:
            return BytesIO()
        with Timeout(BODY_TIME_S, too_slow(BODY)):
            return BytesIO(self._read_bytes(length, headers))

    def _read_bytes(self, length: int | None, headers: dict[str, str]) -> bytes:
        if headers.get("HTTP_EXPECT", "").lower() == "100-continue":
            self._sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        if length is None:
            chunks = _read_chunks(self.rfile)
            self.unread = len(chunks) > BODY_MAX_BYTES
            return chunks
        body: bytes = self.rfile.read(length)
        if len(body) < length:
            raise ClientGone
        return body

    def _write_with_headers(self, piece: bytes) -> None:
        """Send the head, and the first piece of the body with it: most answers are one packet."""
        self.finalize_headers()
        lines = [b"HTTP/1.1 " + self.status, *map(b": ".join, self.response_headers)]
        self.head = b"\r\n".join(lines) + b"\r\n\r\n"
        self._write(piece)
        if self.head:
            self._sendall(b"")

    def _write(self, piece: bytes) -> None:
        """Send a piece of the body; none of an answer to HEAD, and no more than was announced."""
        if self.command == "HEAD":
            return
        announced = self.provided_content_length
        if announced is not None and self.body_sent + len(piece) > int(announced):
            raise AnswerBroken("longer than its Content-Length")
        super()._write(piece)
        self.body_sent += len(piece)

    def _sendall(self, sent: bytes) -> None:
        """Send bytes in slices, so that the time limit asks for a speed and not for a size."""
        if self.head:
            self.headers_sent = True
        sent, self.head = self.head + sent, b""
        self.socket.settimeout(SEND_TIME_S)
        for start in range(0, len(sent), SEND_SLICE_BYTES):
            try:
                self.socket.sendall(sent[start : start + SEND_SLICE_BYTES])
            except OSError:
                raise ClientGone from None

    def _answer_trouble(self) -> None:
        """Tell that we failed, if no byte of another answer went out; else the cut tells it."""
        sentence = trouble_sentence(language_in(self.header_lines))
        retry_after = [("Retry-After", str(RETRY_AFTER_S))]
        self._answer_error("503 Service Unavailable", sentence, TROUBLE_CODE, retry_after)

    def _answer_error(
        self, status: str, sentence: str, code: str, more_headers: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Answer ourselves, in the form that whoever asks looks for."""
        if self.headers_sent:
            return
        if is_parsed_as_json(self.line):
            content_type, body = JSON, error_members(sentence, code)
        else:
            content_type, body = TEXT, sentence.encode() + b"\n"
        headers = [("Content-Type", content_type), ("Content-Length", str(len(body))), *more_headers]
        try:
            self.body_sent = 0
            self.start_response(status, headers)
            self.write(body)
            self.whole = True
        except ClientGone:
            pass

    def _hang_up(self) -> None:
        """Close the connection; an answer that was begun and not ended is cut off by a reset."""
        if self.code:
            self.log_request()
        try:
            if self.headers_sent and not self.whole:
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
            elif self.unread or self.command == "POST":
                self._linger()
        except OSError:
            pass
        finally:
            self.rfile.close()
            self.socket.close()

    def _linger(self) -> None:
        """Let the client read the answer: closing with unread bytes would reset the connection under it.

        After a POST some may come late: old clients end its body with a line end that its length does not count.
        """
        self.socket.shutdown(socket.SHUT_WR)
        left = LINGER_MAX_BYTES
        with Timeout(LINGER_S, False):
            while left > 0 and (read := self.socket.recv(SEND_SLICE_BYTES)):
                left -= len(read)


def _read_chunks(rfile: Any) -> bytes:
    try:
        body: bytes = Input(rfile, None, chunked_input=True).read(BODY_MAX_BYTES + 1)
    except (OSError, ValueError):
        raise malformed(BODY) from None
    return body
