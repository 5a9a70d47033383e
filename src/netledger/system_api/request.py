"""What the caller sent: parameters of the query and of a form body, bytes at first, text when asked for.

Clients send raw quotes, braces and UTF-8 in the query, or percent-encode them; a WSGI server hands both on
as latin-1 text. Source: clients.md, «How requests arrive».
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

from netledger.errors import Language
from netledger.system_api.errors import BodyMalformed, BodyNotForm, BodyTooLarge, NulRefused, TextNotUtf8

Environ = Mapping[str, Any]
"""What a WSGI server tells of one request."""
Parameters = dict[bytes, bytes]
"""Parameters by name, both decoded from percent signs; of a name given twice the last value."""

BODY_MAX_BYTES = 64 * 1024
LENGTH_MAX_DIGITS = 19
CONTEXT_OF_1C = "api_1c"
OPENAPI = "/system_api/openapi.json"
DOCS = "/system_api/docs"
LANGUAGE_COOKIE = "language"
FORM = "application/x-www-form-urlencoded"


def query_of(environ: Environ) -> Parameters:
    """The parameters of the query."""
    return _split(environ.get("QUERY_STRING", "").encode("latin-1"))


def body_of(environ: Environ) -> Parameters:
    """The parameters of a form body.

    Raises:
        BodyTooLarge: it is longer than 64 KiB; no more than that is read.
        BodyMalformed: it ends before its own length, or the length is not a number.
        BodyNotForm: it is something else than a form.
    """
    body = _read_body(environ)
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    if body and kind not in ("", FORM):
        raise BodyNotForm
    return _split(body)


def text_of(parameters: Parameters, name: str, *, context: str = "") -> str:
    """The text of a parameter, empty where it is missing.

    Editions of 1C's processing percent-encode in windows-1251, so in their context text may be that.

    Raises:
        TextNotUtf8: the bytes are text in no encoding that this context knows.
        NulRefused: the text holds a NUL.
    """
    raw = parameters.get(name.encode(), b"")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = _in_windows_1251(raw, name, context)
    if "\0" in text:
        raise NulRefused(name)
    return text


def language_of(environ: Environ) -> Language:
    """English for a caller whose Accept-Language prefers it to Russian, else Russian."""
    weights = {"ru": 0.0, "en": 0.0}
    for choice in environ.get("HTTP_ACCEPT_LANGUAGE", "").split(","):
        tag, _, parameter = choice.partition(";")
        language = tag.strip().lower().partition("-")[0]
        if language in weights:
            weights[language] = max(weights[language], _weight(parameter))
    return "en" if weights["en"] > weights["ru"] else "ru"


def language_of_reader(environ: Environ) -> Language:
    """The language that somebody has chosen on a page of ours, else the one that his browser prefers."""
    for crumb in environ.get("HTTP_COOKIE", "").split(";"):
        name, _, chosen = crumb.strip().partition("=")
        if name == LANGUAGE_COOKIE and chosen in ("ru", "en"):
            return "en" if chosen == "en" else "ru"
    return language_of(environ)


def _split(encoded: bytes) -> Parameters:
    pairs = (part.replace(b"+", b" ").partition(b"=") for part in encoded.split(b"&") if part)
    return {_unquoted(name): _unquoted(value) for name, _, value in pairs}


def _unquoted(part: bytes) -> bytes:
    return unquote_to_bytes(part) if b"%" in part else part


def _in_windows_1251(raw: bytes, name: str, context: str) -> str:
    if context != CONTEXT_OF_1C:
        raise TextNotUtf8(name)
    try:
        return raw.decode("windows-1251")
    except UnicodeDecodeError:
        raise TextNotUtf8(name) from None


def _read_body(environ: Environ) -> bytes:
    """The body as it came, chunked or with its length; a request that tells neither has none."""
    length = _body_length(environ)
    if length is None and not environ.get("wsgi.input_terminated"):
        # Only a server that ends the stream itself may be read without a length, else we would wait for ever.
        return b""
    try:
        body: bytes = environ["wsgi.input"].read(BODY_MAX_BYTES + 1 if length is None else length)
    except OSError:
        raise BodyMalformed from None
    if len(body) > BODY_MAX_BYTES:
        raise BodyTooLarge
    if length is not None and len(body) < length:
        raise BodyMalformed
    return body


def _body_length(environ: Environ) -> int | None:
    """The length that the request tells, if it does."""
    told = environ.get("CONTENT_LENGTH", "")
    if not told:
        return None
    if not (told.isascii() and told.isdigit()) or environ.get("HTTP_TRANSFER_ENCODING"):
        raise BodyMalformed
    if len(told) > LENGTH_MAX_DIGITS or int(told) > BODY_MAX_BYTES:
        raise BodyTooLarge
    return int(told)


def _weight(parameter: str) -> float:
    """The weight in `q=0.8`; 1 where it is not told, 0 where it is no number."""
    name, _, number = parameter.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(number)
    except ValueError:
        return 0.0
