"""The files of the pages (styles, scripts): served as they lie in the rooms, below an address with their version in it.

So nothing is collected or copied, browsers keep what they have for a year, and after an update they ask for the new.
"""

from collections.abc import Callable, Iterator
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from whitenoise import WhiteNoise

import netledger

YEAR_S = 365 * 24 * 3600
VERSION_LENGTH = 12


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
    served = WhiteNoise(
        application, max_age=YEAR_S, immutable_file_test=lambda *_: True, allow_all_origins=False
    )
    for folder in folders():
        served.add_files(str(folder), prefix=url)
    return served


def _files() -> Iterator[tuple[Path, Path]]:
    for folder in folders():
        yield from ((folder, file) for file in sorted(folder.rglob("*")) if file.is_file())
