"""What holds for every file of the tree: its bytes, and what no file may hold."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from house.tree import Offence, text_lines

# Put together here, so that this file does not name what no file may name.
REGISTRY_HOSTS = tuple(
    ".".join(parts)
    for parts in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
        ("ftp", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("dl-cdn", "alpinelinux", "org"),
        ("conda", "anaconda", "org"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
    ]
)
_HOST = re.compile(
    "|".join(rf"(?<![\w-]){re.escape(host)}(?![\w-])" for host in REGISTRY_HOSTS), re.IGNORECASE
)
_MERGE_MARKER = re.compile(r"(?:<{7}|>{7}|\|{7}) |={7}$")


def registry_hosts(paths: Iterable[Path]) -> Iterator[Offence]:
    """Lines that name the host of a package registry: where packages come from is the machine's business."""
    for path, number, line in text_lines(paths):
        match = _HOST.search(line)
        if match is not None:
            yield Offence(path, number, f"names the registry {match.group()}")


def merge_markers(paths: Iterable[Path]) -> Iterator[Offence]:
    """Lines that git left where a merge did not end."""
    for path, number, line in text_lines(paths):
        if _MERGE_MARKER.match(line):
            yield Offence(path, number, "a merge marker")


def unclean_texts(paths: Iterable[Path]) -> Iterator[Offence]:
    """Text files that are not UTF-8 with LF and one newline at the end; an empty file is clean."""
    for path in paths:
        content = path.read_bytes()
        if b"\0" in content or not content:
            continue
        for what in _faults_of(content):
            yield Offence(path, content.count(b"\n"), what)


def _faults_of(content: bytes) -> Iterator[str]:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        yield "is not UTF-8"
    if content.startswith(b"\xef\xbb\xbf"):
        yield "starts with a BOM"
    if b"\r" in content:
        yield "holds a carriage return"
    if not content.endswith(b"\n"):
        yield "does not end with a newline"
    if content.endswith(b"\n\n"):
        yield "ends with an empty line"
