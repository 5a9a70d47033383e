"""The one file that makes bytes: of values, of the business's refusals, of wrong requests, of our troubles.

A refusal of the business is 200 with `error`, because cabinets and gateways look for it only there. The
routers' context speaks text, and whatever goes wrong is 4xx or 503: a router must not take it for a list.
Source: design.md, «The wire of the System API»; clients.md.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from http import HTTPStatus
from io import BytesIO
from typing import IO, Any, Self

import msgspec

from netledger.cabinet.errors import SessionEnded
from netledger.errors import Language, Refusal
from netledger.system_api.errors import ContextNotDefined, VerbRefused, WrongRequest
from netledger.system_api.traffic import LongAnswer

JSON = "application/json; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
CONTEXTS_OF_TEXT = frozenset({"collector"})
COMPARED_IN_RUSSIAN = (SessionEnded,)
"""Refusals whose Russian sentence clients compare, letter for letter."""
BLOCK_BYTES = 64 * 1024
RETRY_AFTER_S = 5
TROUBLE_CODE = "temporary_trouble"


@dataclass(frozen=True)
class Spooled:
    """A long answer that waits in a file, from its beginning, for however slow a client."""

    file: IO[bytes]
    content_type: str
    rows: int | None = None
    """How many records, where that is to be known."""
    place: LongAnswer | None = None
    """Is free again when the file is closed."""
    tag: str = ""
    """Its ETag, where editions of it are told apart."""
    is_known: bool = False
    """The caller has this edition already, so nothing of it is sent."""

    @classmethod
    def known(cls, tag: str) -> Self:
        """That the caller has it already."""
        return cls(BytesIO(), "", tag=tag, is_known=True)


@dataclass(frozen=True)
class Answer:
    """Status, headers and body of one answer."""

    status: HTTPStatus
    content_type: str
    body: bytes | IO[bytes]
    more_headers: list[tuple[str, str]] = field(default_factory=list)
    place: LongAnswer | None = None
    tag: str = ""
    """Its ETag. What has one may be kept by whoever asked, and is asked for anew each time."""

    def headers(self) -> list[tuple[str, str]]:
        """The headers in WSGI's form; each answer tells its length and closes its connection."""
        return [
            *([] if self.status is HTTPStatus.NOT_MODIFIED else self._of_the_body()),
            ("Connection", "close"),
            ("Cache-Control", "private, no-cache" if self.tag else "no-store"),
            *([("ETag", self.tag)] if self.tag else []),
            ("X-Content-Type-Options", "nosniff"),
            *self.more_headers,
        ]

    def _of_the_body(self) -> list[tuple[str, str]]:
        return [("Content-Type", self.content_type), ("Content-Length", str(length_of(self.body)))]

    def blocks(self) -> Iterable[bytes]:
        """The body for the server to send, which calls its `close` also when the client vanished."""
        return [self.body] if isinstance(self.body, bytes) else _Blocks(self.body, self.place)

    def without_body(self) -> Iterable[bytes]:
        """Nothing, for a HEAD; what waited to be sent is let go."""
        if not isinstance(self.body, bytes):
            _Blocks(self.body, self.place).close()
        return []


class _Blocks:
    """A file in blocks. It breaks where the file does, so that a list cut short never ends cleanly."""

    def __init__(self, file: IO[bytes], place: LongAnswer | None) -> None:
        self.file = file
        self.place = place

    def __iter__(self) -> Iterator[bytes]:
        while block := self.file.read(BLOCK_BYTES):
            yield block

    def close(self) -> None:
        self.file.close()
        if self.place:
            self.place.close()


def answer_of(value: Any) -> Answer:
    """A method's own value, without a wrapper."""
    if isinstance(value, Spooled):
        status = HTTPStatus.NOT_MODIFIED if value.is_known else HTTPStatus.OK
        return Answer(status, value.content_type, value.file, place=value.place, tag=value.tag)
    return Answer(HTTPStatus.OK, JSON, _ENCODER.encode(value))


def answer_of_refusal(refusal: Refusal, context: str, language: Language) -> Answer:
    """The business says no: 200 with `error`; to a router 404, since there a refusal is an unknown NAS."""
    sentence = refusal.sentence("ru" if isinstance(refusal, COMPARED_IN_RUSSIAN) else language)
    if context in CONTEXTS_OF_TEXT:
        return _line(HTTPStatus.NOT_FOUND, sentence)
    return _error(HTTPStatus.OK, sentence, refusal.code)


def answer_of_wrong_request(wrong: WrongRequest, context: str, language: Language) -> Answer:
    """The request must not be repeated as it is: 4xx."""
    sentence = wrong.sentence(language)
    if isinstance(wrong, ContextNotDefined):
        return Answer(wrong.status, TEXT, sentence.encode())
    more_headers = [("Allow", wrong.allowed)] if isinstance(wrong, VerbRefused) else []
    if "wait_s" in wrong.facts:
        more_headers.append(("Retry-After", wrong.facts["wait_s"]))
    if context in CONTEXTS_OF_TEXT:
        return _line(wrong.status, sentence, more_headers)
    return _error(wrong.status, sentence, wrong.code, wrong.field, more_headers)


def answer_of_trouble(context: str, language: Language) -> Answer:
    """A trouble of ours: 503, to be repeated. What it was stands in the log."""
    sentence = trouble_sentence(language)
    more_headers = [("Retry-After", str(RETRY_AFTER_S))]
    if context in CONTEXTS_OF_TEXT:
        return _line(HTTPStatus.SERVICE_UNAVAILABLE, sentence, more_headers)
    return _error(HTTPStatus.SERVICE_UNAVAILABLE, sentence, TROUBLE_CODE, None, more_headers)


def trouble_sentence(language: Language) -> str:
    """That it is our fault and will pass."""
    return "Временная ошибка, повторите запрос" if language == "ru" else "Temporary trouble, please repeat"


def error_members(sentence: str, code: str, wrong_field: str | None = None) -> bytes:
    """The JSON form of an error: cabinets look for `error`, 1C for `error_text`."""
    members = {"error": sentence, "error_text": sentence, "code": code, "field": wrong_field}
    return msgspec.json.encode(members)


def _error(
    status: HTTPStatus,
    sentence: str,
    code: str,
    wrong_field: str | None = None,
    more_headers: list[tuple[str, str]] | None = None,
) -> Answer:
    return Answer(status, JSON, error_members(sentence, code, wrong_field), more_headers or [])


def _line(status: HTTPStatus, sentence: str, more_headers: list[tuple[str, str]] | None = None) -> Answer:
    """The text form of an error: one line."""
    return Answer(status, TEXT, " ".join(sentence.split()).encode() + b"\n", more_headers or [])


def _plain(value: Any) -> str:
    """Our own kinds of text and sums as the text that they are."""
    if isinstance(value, str | Decimal):
        return str(value)
    raise TypeError(f"no form on the wire for {type(value)}")


_ENCODER = msgspec.json.Encoder(enc_hook=_plain, decimal_format="number")
"""A plain Decimal becomes a JSON number with its own digits; no float arises."""


def length_of(body: bytes | IO[bytes]) -> int:
    """How many bytes it has; a file is at its beginning afterwards."""
    if isinstance(body, bytes):
        return len(body)
    length = body.seek(0, 2)
    body.seek(0)
    return length
