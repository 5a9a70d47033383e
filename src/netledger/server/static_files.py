"""The files of the pages (styles, scripts): served as they lie in the rooms, below an address with their version in it.

So nothing is collected or copied, browsers keep what they have for a year, and after an update they ask for the new.
Whoever takes gzip gets that: all of them are texts, a quarter as long then.
"""

import gzip
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from whitenoise import WhiteNoise

import netledger

YEAR_S = 365 * 24 * 3600
VERSION_LENGTH = 12
_TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")
_ASKS_FOR_LESS = ("HTTP_RANGE", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
"""Headers of who wants a part, or nothing where nothing changed."""
_OF_PLAIN_BYTES = ("Content-Length", "ETag")
"""Headers of a file that are not true of its gzip: whoever goes on with half of one would mix the two."""


def folders() -> list[Path]:
    """Where the files lie: ours, and those of django-htmx."""
    htmx = find_spec("django_htmx")
    assert htmx is not None and htmx.submodule_search_locations is not None
    places = [Path(netledger.__file__).parent / "backoffice", Path(htmx.submodule_search_locations[0])]
    return [place / "static" for place in places]


def version() -> str:
    """A text that is another one whenever any file is."""
    digest = sha256()
    for folder, file in _files():
        digest.update(f"{file.relative_to(folder)}\0{file.stat().st_size}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:VERSION_LENGTH]


def with_static_files(application: Callable[..., Any], url: str) -> WhiteNoise:
    """The application with the files before it, below that URL."""
    served = _Squeezing(
        application,
        max_age=YEAR_S,
        immutable_file_test=lambda *_: True,
        allow_all_origins=False,
        add_headers_function=lambda headers, *_: headers.add_header("Vary", "Accept-Encoding"),
    )
    for folder in folders():
        served.add_files(str(folder), prefix=url)
    return served


class _Squeezing(WhiteNoise):  # type: ignore[misc]
    """WhiteNoise, which by itself would need a second file beside each."""

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer whoever takes gzip with that, everybody else as WhiteNoise does."""
        file = self.files.get(environ["PATH_INFO"])
        takes = _TAKES_GZIP.search(environ.get("HTTP_ACCEPT_ENCODING", ""))
        is_read = environ["REQUEST_METHOD"] in ("GET", "HEAD")
        is_plain = is_read and not any(name in environ for name in _ASKS_FOR_LESS)
        if file is None or takes is None or not is_plain:
            answer: Iterable[bytes] = super().__call__(environ, start_response)
            return answer
        path, headers = file.get_path_and_headers(environ)
        body = _squeezed(path)
        kept = [(name, text) for name, text in headers if name not in _OF_PLAIN_BYTES]
        start_response("200 OK", [*kept, ("Content-Encoding", "gzip"), ("Content-Length", str(len(body)))])
        return [body]


@cache
def _squeezed(path: str) -> bytes:
    """A file in gzip: made when it is asked for first, as most that django-htmx brings never are."""
    return gzip.compress(Path(path).read_bytes(), compresslevel=6, mtime=0)


def _files() -> Iterator[tuple[Path, Path]]:
    for folder in folders():
        yield from ((folder, file) for file in sorted(folder.rglob("*")) if file.is_file())
