"""The head of an HTTP request, parsed on bytes: what the standard allows, and raw quotes and UTF-8 besides.

gevent's own parser decodes to latin-1 and splits on white space, and to it two bytes of Cyrillic letters are
white space (0xA0 of «Р», 0x85 of «х»). Nothing here ends in a log: a refusal never quotes what it refuses.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from netledger.errors import Language
from netledger.system_api.request import language_of

SYSTEM_API = "/system_api/"
LINE_MAX_BYTES = 8191
HEADERS_MAX = 100
HEADERS_MAX_BYTES = 32 * 1024
METHODS = frozenset({b"GET", b"HEAD", b"POST", b"PUT", b"PATCH", b"DELETE", b"OPTIONS"})

_REQUEST_LINE = re.compile(rb"([A-Z]+) ([^\x00-\x20\x7f]+) HTTP/1\.([01])")
_OTHER_VERSION = re.compile(rb"[^ ]+ [^ ]+ HTTP/(?!1\.[01]$)\d\.\d")
_ABSOLUTE = re.compile(rb"https?://[^/?]*", re.IGNORECASE)
_HEADER = re.compile(rb"([!#$%&'*+\-.^_`|~0-9A-Za-z]+):([^\x00-\x08\x0a-\x1f\x7f]*)")
_OF_ROUTERS = re.compile(rb"(?:^|&)context=collector(?![^&\s])")
_LENGTH = re.compile(r"[0-9]{1,19}")


class Part(NamedTuple):
    """A part of a request, as a refusal names it."""

    ru: str
    """In the accusative."""
    en: str


REQUEST_LINE = Part("строку запроса", "request line")
ADDRESS = Part("адрес", "address")
HEADER = Part("заголовок", "header")
HEADERS = Part("заголовки", "headers")
BODY = Part("тело запроса", "body")
BODY_LENGTH = Part("длину тела", "length of the body")


class RequestRefused(Exception):
    """A request that is answered before the application sees it; its sentences quote nothing of it."""

    def __init__(self, status: str, ru: str, en: str) -> None:
        super().__init__(status)
        self.status = status
        self.ru = ru
        self.en = en

    def sentence(self, language: Language) -> str:
        """Why, in that language."""
        return self.ru if language == "ru" else self.en


class RequestLine(NamedTuple):
    """What the first line of a request asks for; texts are latin-1, as WSGI wants them."""

    method: str
    path: str
    query: str
    protocol: str


def parse_request_line(line: bytes) -> RequestLine:
    """Read the first line, given with its end.

    Raises:
        RequestRefused: 414 for too long a line, 505 for another version of HTTP, else 400.
    """
    if len(line) > LINE_MAX_BYTES:
        raise RequestRefused(
            "414 URI Too Long",
            f"В строке запроса может быть не больше {LINE_MAX_BYTES} байт",
            f"The request line may have {LINE_MAX_BYTES} bytes at most",
        )
    bare = _without_end(line)
    found = _REQUEST_LINE.fullmatch(bare)
    if found is None and _OTHER_VERSION.fullmatch(bare):
        raise RequestRefused(
            "505 HTTP Version Not Supported",
            "Здесь говорят на HTTP/1.0 и HTTP/1.1",
            "HTTP/1.0 and HTTP/1.1 are spoken here",
        )
    if found is None or found[1] not in METHODS:
        raise malformed(REQUEST_LINE)
    path, _, query = _without_authority(found[2]).partition(b"?")
    if not path.startswith(b"/"):
        raise malformed(ADDRESS)
    return RequestLine(
        method=found[1].decode("ascii"),
        path=unquote_to_bytes(path).decode("latin-1"),
        query=query.decode("latin-1"),
        protocol="HTTP/1." + found[3].decode("ascii"),
    )


def is_parsed_as_json(line: bytes) -> bool:
    """Whether the sender of that first line, malformed or cut off as it may be, looks for an error in JSON.

    All callers of the System API do but the routers, whose context is to stand in the query.
    """
    target = _without_authority(_without_end(line).partition(b" ")[2])
    path = re.split(rb"[?\s]", target, maxsplit=1)[0]
    query = target.partition(b"?")[2]
    return unquote_to_bytes(path) == SYSTEM_API.encode() and not _OF_ROUTERS.search(unquote_to_bytes(query))


def parse_headers(lines: Iterable[bytes]) -> dict[str, str]:
    """Read header lines into WSGI's names; those sent several times are joined in their order.

    A name with an underscore is dropped, since WSGI could not tell it from one with a hyphen.

    Raises:
        RequestRefused: 400 for a line that is no header, and for a second Host or Content-Length.
    """
    environ: dict[str, str] = {}
    for line in lines:
        found = _HEADER.fullmatch(_without_end(line))
        if found is None:
            raise malformed(HEADER)
        if b"_" in found[1]:
            continue
        _add(
            environ,
            found[1].decode("ascii").upper().replace("-", "_"),
            found[2].strip(b" \t").decode("latin-1"),
        )
    return environ


def body_length(environ: dict[str, str]) -> int | None:
    """How long the body is told to be: 0 without one, None if it comes in chunks.

    Raises:
        RequestRefused: 400 for a length that is no number or stands beside chunks, 501 for another encoding.
    """
    length = environ.get("CONTENT_LENGTH")
    encoding = environ.get("HTTP_TRANSFER_ENCODING")
    if encoding is not None and encoding.lower() != "chunked":
        raise RequestRefused(
            "501 Not Implemented",
            "Из способов передачи тела здесь знают только chunked",
            "Of the transfer encodings only chunked is known here",
        )
    if length is not None and (encoding is not None or not _LENGTH.fullmatch(length)):
        raise malformed(BODY_LENGTH)
    return None if encoding is not None else int(length or 0)


def malformed(part: Part) -> RequestRefused:
    """The refusal of a part that is not as the standard has it."""
    return RequestRefused("400 Bad Request", f"Не удалось разобрать {part.ru}", f"The {part.en} is malformed")


def too_slow(part: Part) -> RequestRefused:
    """The refusal of a part that did not come in time."""
    return RequestRefused(
        "408 Request Timeout", f"Слишком долго пришлось ждать {part.ru}", f"The {part.en} took too long"
    )


def let_go() -> RequestRefused:
    """The refusal of who waited longest with his request while others needed a place."""
    return RequestRefused(
        "408 Request Timeout",
        "Соединений без запроса слишком много, это закрыто как самое старое из них",
        "Too many connections wait for their request; this one, the oldest of them, is closed",
    )


def language_in(lines: Iterable[bytes]) -> Language:
    """The language that header lines, all of them or the first few, malformed or not, ask for."""
    for line in lines:
        name, _, choices = line.partition(b":")
        if name.strip().lower() == b"accept-language":
            return language_of({"HTTP_ACCEPT_LANGUAGE": choices.decode("latin-1")})
    return language_of({})


def _add(environ: dict[str, str], name: str, text: str) -> None:
    key = name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
    if key not in environ:
        environ[key] = text
        return
    if key in ("HTTP_HOST", "CONTENT_LENGTH", "CONTENT_TYPE", "HTTP_TRANSFER_ENCODING"):
        raise malformed(HEADER)
    environ[key] += ("; " if key == "HTTP_COOKIE" else ", ") + text


def _without_end(line: bytes) -> bytes:
    return line.removesuffix(b"\n").removesuffix(b"\r")


def _without_authority(target: bytes) -> bytes:
    """The path and query of `http://host/path?query`, which a client sends to a proxy."""
    authority = _ABSOLUTE.match(target)
    if authority is None:
        return target
    rest = target[authority.end() :]
    return rest if rest.startswith(b"/") else b"/" + rest
