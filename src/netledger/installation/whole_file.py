"""Files that are there whole or not at all, whatever moment the machine stops at."""

import contextlib
import os
import secrets
from pathlib import Path

from netledger.installation.errors import FileNotWritten


def write_whole(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Put the content in the place of the file, which other processes see either as before or as after.

    A link is followed. Written by root, the file belongs to the owner of its folder, so that the user whose
    home it is can go on reading it.

    Raises: FileNotWritten.
    """
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        write_new(beside, content, mode=mode)
        beside.replace(target)
        sync_folder(target.parent)
    except OSError as trouble:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise FileNotWritten(path=str(path), why=trouble.strerror or str(trouble)) from trouble


def write_over(path: Path, content: bytes) -> None:
    """Write over the beginning of a file that is there, which needs no room where files are not copied on write.

    Who reads meanwhile may find half of it; it is for what is short, and better told so than not at all.

    Raises: OSError.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.pwrite(descriptor, content, 0)
    finally:
        os.close(descriptor)


def write_new(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write a file that is not there yet (FileExistsError) and wait until the disk has it. Raises: OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(descriptor, mode)
        if os.geteuid() == 0:
            folder = path.parent.stat()
            os.fchown(descriptor, folder.st_uid, folder.st_gid)
        file.write(content)
        file.flush()
        os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names of the folder's files."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
