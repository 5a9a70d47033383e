"""Where the embedded PostgreSQL listens: a socket in HOME/run/pg, by a short link where that is too long.

A socket's path has at most 107 bytes. The link lies in a folder of its own (0700, an unpredictable name), and
HOME/run/pg.short tells where: both are looked at again before they are used.
"""

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from netledger.installation.home import Home

PORT = 5432
"""Only a part of the socket's name: nothing listens on TCP."""
NAMES = (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock")
PATH_BYTES_MAX = 107
LINK = "pg"


def socket_folder(home: Home) -> Path:
    """The folder that the socket lies in."""
    return home.run / "pg"


def address_of(home: Home) -> Path:
    """The folder as servers and clients have to name it: itself, or the short link to it."""
    folder = socket_folder(home)
    if _can_be_named(folder):
        return folder
    return _checked_link(home) or folder


def prepare_socket_folder(home: Home) -> Path:
    """Make the folder, and the short link if it needs one; answers the name to use."""
    folder = socket_folder(home)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    if not _can_be_named(folder) and _checked_link(home) is None:
        _make_link(home)
    return address_of(home)


def remove_socket_files(home: Home) -> None:
    """Take away what a server that was killed has left in the folder; the caller knows that none runs."""
    for name in NAMES:
        (socket_folder(home) / name).unlink(missing_ok=True)


def remove_link(home: Home) -> None:
    """Take away the short link, if there is one."""
    link = _checked_link(home)
    if link is not None:
        link.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            link.parent.rmdir()
    _record_of(home).unlink(missing_ok=True)


def _can_be_named(folder: Path) -> bool:
    """Whether both the server's list of folders and a client's `host` take the path as it is."""
    length = len(os.fsencode(folder / NAMES[0]))
    return length <= PATH_BYTES_MAX and not set(str(folder)) & set(",\"'\\\n\r")


def _record_of(home: Home) -> Path:
    return home.run / "pg.short"


def _checked_link(home: Home) -> Path | None:
    """The recorded link, if it still is what was made: in a closed folder of our own, and leading home."""
    try:
        link = _record_of(home).readlink()
        keeper = link.parent.lstat()
        target = link.readlink()
    except OSError:
        return None
    is_ours = keeper.st_uid == home.run.stat().st_uid and stat.S_ISDIR(keeper.st_mode)
    is_closed = not keeper.st_mode & 0o077
    return link if is_ours and is_closed and target == socket_folder(home) else None


def _make_link(home: Home) -> None:
    """Make the link in the first place whose path is short and where we may write, and record it."""
    own = "/run" if os.geteuid() == 0 else os.environ.get("XDG_RUNTIME_DIR", "")
    places = (own, tempfile.gettempdir(), "/tmp")  # noqa: S108 - the name below is unpredictable
    base = next(place for place in places if _suits(place))
    link = Path(tempfile.mkdtemp(prefix="netledger-", dir=base)) / LINK
    link.symlink_to(socket_folder(home))
    record = _record_of(home)
    record.unlink(missing_ok=True)
    record.symlink_to(link)


def _suits(place: str) -> bool:
    return (
        bool(place)
        and os.access(place, os.W_OK | os.X_OK)
        and _can_be_named(Path(place, "netledger-12345678", LINK))
    )
